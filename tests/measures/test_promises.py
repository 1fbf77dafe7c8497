"""A promise is what the facts make of it, and the share kept is what the promises make of us."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kept.measures.belief import Confidence, Prior
from kept.measures.promises import Move, Promised, State, judge, kept_share, state
from kept.measures.working_time import Calendar

LONDON = ZoneInfo("Europe/London")
CALENDAR = Calendar(
    zone="Europe/London",
    windows={day: [("09:00", "17:30")] for day in ("mon", "tue", "wed", "thu", "fri")},
    holidays={date(2025, 5, 5)},
)


def may(day: int, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(2025, 5, 1, hour, minute, tzinfo=LONDON) + timedelta(days=day - 1)


MADE, DUE = may(1, 9), may(9, 17, 30)  # a Friday evening


def promise(**facts: Any) -> Promised:
    told: dict[str, Any] = {"row": 1, "made_at": MADE, "due": DUE} | facts
    return Promised(**told)


def worth(**facts: Any) -> tuple[State, float | None]:
    found = judge(promise(**facts), at=may(60), calendar=CALENDAR)
    return found.state, found.worth


def at(day: int, hour: int = 12, **facts: Any) -> State:
    return state(promise(**facts), at=may(day, hour), calendar=CALENDAR)


def test_an_open_promise_becomes_soon_then_late_then_broken() -> None:
    assert at(6) is State.OPEN
    assert at(8) is State.SOON
    assert at(9, 17) is State.SOON
    assert at(12, 9) is State.LATE
    assert at(23, 17) is State.LATE
    assert at(24) is State.BROKEN


def test_a_promise_kept_by_its_due_moment_is_kept() -> None:
    assert worth(kept_at=DUE) == (State.KEPT, 1.0)


def test_kept_by_the_same_time_next_working_day_is_worth_half() -> None:
    assert worth(kept_at=may(12, 17, 30)) == (State.KEPT_LATE, 0.5)
    assert worth(kept_at=may(12, 18)) == (State.KEPT_LATE, 0.25)


def test_a_holiday_is_no_day_late() -> None:
    before_holiday = may(2, 12)
    assert worth(due=before_holiday, kept_at=may(6, 11)) == (State.KEPT_LATE, 0.5)


def test_a_day_moved_in_time_with_consent_stands() -> None:
    moves = (Move(at=may(8), new_due=may(16), agreed=True),)
    assert worth(moves=moves, kept_at=may(15)) == (State.MOVED, 0.8)
    assert at(12, moves=moves) is State.OPEN
    assert judge(promise(moves=moves), at=may(12), calendar=CALENDAR).due == may(16)


def test_a_move_without_consent_moves_nothing() -> None:
    moves = (Move(at=may(8), new_due=may(16), agreed=False),)
    assert at(12, moves=moves) is State.LATE
    assert worth(moves=moves, kept_at=may(15)) == (State.KEPT_LATE, 0.25)


def test_a_move_after_the_due_moment_counts_as_late() -> None:
    moves = (Move(at=may(12), new_due=may(16), agreed=True),)
    assert worth(moves=moves, kept_at=may(15)) == (State.KEPT_LATE, 0.25)


def test_a_moved_promise_kept_late_is_late() -> None:
    moves = (Move(at=may(8), new_due=may(15, 17), agreed=True),)
    assert worth(moves=moves, kept_at=may(16, 9)) == (State.KEPT_LATE, 0.5)


def test_a_move_that_comes_later_is_not_known_yet() -> None:
    moves = (Move(at=may(8), new_due=may(16), agreed=True),)
    assert judge(promise(moves=moves), at=may(7), calendar=CALENDAR).due == DUE


def test_a_released_promise_counts_neither_way() -> None:
    assert worth(released_at=may(6)) == (State.RELEASED, None)


def test_what_has_broken_stays_broken() -> None:
    assert worth(kept_at=may(26)) == (State.BROKEN, 0.0)
    assert worth(released_at=may(26)) == (State.BROKEN, 0.0)
    assert worth(broken_at=may(6), kept_at=may(12)) == (State.BROKEN, 0.0)


def test_a_word_said_to_be_broken_after_it_was_kept_changes_nothing() -> None:
    assert worth(kept_at=may(8), broken_at=may(12)) == (State.KEPT, 1.0)


def test_the_past_is_judged_by_what_was_known_then() -> None:
    assert at(6, kept_at=may(8)) is State.OPEN
    assert at(8, kept_at=may(8)) is State.KEPT


def kept_promises(count: int, first_row: int = 1) -> list[Promised]:
    return [promise(row=first_row + number, kept_at=may(8)) for number in range(count)]


@pytest.mark.parametrize(("count", "expected"), [(3, (0.913, 0.800, 0.991)), (30, (0.975, 0.941, 0.997))])
def test_all_kept_of_a_few_is_less_sure_than_all_kept_of_many(count: int, expected: tuple[float, float, float]) -> None:
    found = kept_share(kept_promises(count), at=may(8), calendar=CALENDAR, prior=Prior(mean=0.88))
    assert (found.share, found.interval.low, found.interval.high) == pytest.approx(expected, abs=1e-3)
    assert (found.n, found.effective_n) == (count, count)


def test_three_are_thin_evidence_and_thirty_are_firm() -> None:
    three, thirty = (kept_share(kept_promises(n), at=may(8), calendar=CALENDAR) for n in (3, 30))
    assert (three.evidence, thirty.evidence) == (Confidence.THIN, Confidence.FIRM)


def test_twenty_eight_of_thirty_one_reads_82_to_95() -> None:
    late = [promise(row=row, kept_at=may(12, 10)) for row in (101, 102)]
    open_, released = promise(row=104, due=may(50)), promise(row=105, released_at=may(7))
    broken = promise(row=103, broken_at=may(7))
    found = kept_share([*kept_promises(28), *late, broken, open_, released], at=may(13), calendar=CALENDAR)
    assert found.plain == "28 of 31"
    assert [round(100 * end) for end in (found.kept_interval.low, found.kept_interval.high)] == [82, 95]


def test_the_worst_promise_is_the_first_reason() -> None:
    broken = promise(row=99, size="major", broken_at=may(8))
    found = kept_share([*kept_promises(5), broken], at=may(9), calendar=CALENDAR)
    assert found.reasons[0].row == 99
    assert sum(each.by for each in found.reasons) == pytest.approx(found.share - 0.85)


def test_a_broken_word_fades_half_as_fast_as_a_kept_one() -> None:
    later = may(8) + timedelta(days=90)
    kept = kept_share([promise(kept_at=may(8))], at=later, calendar=CALENDAR)
    broken = kept_share([promise(broken_at=may(8))], at=later, calendar=CALENDAR)
    assert kept.effective_n == pytest.approx(0.5)
    assert broken.effective_n == pytest.approx(0.7071, abs=1e-4)


@pytest.mark.parametrize(("size", "weight"), [("small", 0.5), ("normal", 1.0), ("major", 2.0)])
def test_a_larger_promise_weighs_more(size: str, weight: float) -> None:
    found = kept_share([promise(size=size, kept_at=may(8))], at=may(8), calendar=CALENDAR)
    assert found.effective_n == weight


def test_a_promise_made_just_before_it_is_delivered_weighs_little() -> None:
    easy = promise(made_at=may(8, 9), kept_at=may(8, 12), size="major")
    assert kept_share([easy], at=may(8), calendar=CALENDAR).effective_n == 0.25


def test_without_promises_the_firm_s_average_stands() -> None:
    found = kept_share([], at=may(8), calendar=CALENDAR)
    assert found.share == pytest.approx(0.85)
    assert (found.n, found.evidence) == (0, Confidence.THIN)


def test_taking_a_broken_promise_out_of_the_ledger_changes_the_share() -> None:
    broken = promise(row=99, broken_at=may(8))
    with_it = kept_share([*kept_promises(5), broken], at=may(9), calendar=CALENDAR)
    assert with_it.share < kept_share(kept_promises(5), at=may(9), calendar=CALENDAR).share
