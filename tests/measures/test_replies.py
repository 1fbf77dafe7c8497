"""A reply clock starts once, stops once, and forgets nobody who still waits."""

from datetime import UTC, date, datetime, timedelta
from statistics import mean, median
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.measures.replies import Clock, Ended, Said, clocks, due, summary, summary_of
from kept.measures.survival import Spell, survival
from kept.measures.working_time import Calendar

LONDON = ZoneInfo("Europe/London")
CALENDAR = Calendar(
    zone="Europe/London",
    windows={day: [("09:00", "17:30")] for day in ("mon", "tue", "wed", "thu", "fri")},
    holidays={date(2025, 5, 5)},
)
FOUR_HOURS = timedelta(hours=4)
ANSWERED = [timedelta(hours=each) for each in (1, 2, 2, 3, 5)]
WAITING = [timedelta(hours=each) for each in (4, 30, 40)]


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2025, 5, day, hour, minute, tzinfo=LONDON)


def theirs(row: int, when: datetime, *, automatic: bool = False, closes: bool = False) -> Said:
    return Said(row=row, at=when, ours=False, automatic=automatic, closes=closes)


def ours(row: int, when: datetime, *, automatic: bool = False, closes: bool = False) -> Said:
    return Said(row=row, at=when, ours=True, automatic=automatic, closes=closes)


def test_a_question_answered_is_one_ended_clock() -> None:
    (clock,) = clocks([theirs(1, at(1, 9)), ours(2, at(1, 10))])
    assert (clock.started_by, clock.answered_by, clock.ended) == (1, 2, Ended.REPLY)


def test_a_nudge_does_not_restart_the_clock() -> None:
    (clock,) = clocks([theirs(1, at(1, 9)), theirs(2, at(1, 12)), theirs(3, at(2, 9))])
    assert clock == Clock(started_by=1, started_at=at(1, 9), nudges=(2, 3))
    assert clock.running


def test_after_an_answer_the_next_question_starts_a_new_clock() -> None:
    found = clocks([theirs(1, at(1, 9)), ours(2, at(1, 10)), ours(3, at(1, 11)), theirs(4, at(2, 9))])
    assert [(clock.started_by, clock.answered_by) for clock in found] == [(1, 2), (4, None)]


def test_machines_neither_start_nor_stop_a_clock() -> None:
    assert clocks([theirs(1, at(1, 9), automatic=True)]) == ()
    (clock,) = clocks([theirs(1, at(1, 9)), ours(2, at(1, 9, 1), automatic=True)])
    assert clock.running


def test_our_own_first_words_start_no_clock() -> None:
    assert clocks([ours(1, at(1, 9))]) == ()


def test_a_mark_of_ours_ends_the_wait_without_a_reply() -> None:
    (clock,) = clocks([theirs(1, at(1, 9)), ours(7, at(1, 10), closes=True)])
    assert (clock.ended, clock.answered_by) == (Ended.CLOSED, 7)


def test_a_thank_you_marked_as_such_asks_for_nothing_and_settles_nothing() -> None:
    assert clocks([theirs(1, at(1, 9), closes=True)]) == ()
    (clock,) = clocks([theirs(1, at(1, 9)), theirs(2, at(1, 10), closes=True)])
    assert clock.running
    assert clock.started_by == 1


def test_history_has_no_clock_but_what_follows_it_has() -> None:
    said = [theirs(1, at(1, 9)), theirs(2, at(6, 9))]
    (clock,) = clocks(said, quiet_before=at(6, 0))
    assert clock.started_by == 2
    assert clocks([Said(row=1, at=at(1, 9), ours=False, quiet=True)]) == ()


def test_mail_that_comes_out_of_order_gives_the_same_clocks() -> None:
    said = [theirs(1, at(1, 9)), ours(2, at(1, 10)), theirs(3, at(2, 9))]
    assert clocks(said[::-1]) == clocks(said)


@given(st.lists(st.tuples(st.integers(0, 5000), st.booleans(), st.booleans()), max_size=30))
def test_somebody_waits_exactly_when_the_last_person_to_write_is_theirs(
    entries: list[tuple[int, bool, bool]],
) -> None:
    said = [
        Said(row=row, at=at(1, 9) + timedelta(minutes=minutes), ours=ours_, automatic=automatic)
        for row, (minutes, ours_, automatic) in enumerate(entries)
    ]
    people = sorted((each for each in said if not each.automatic), key=lambda each: (each.at, each.ours))
    waits = bool(people) and not people[-1].ours
    found = clocks(said)
    assert bool(found and found[-1].running) == waits
    assert not any(clock.running for clock in found[:-1])


def test_a_bank_holiday_weekend_leaves_the_pledge_kept() -> None:
    (clock,) = clocks([theirs(1, at(2, 16, 30)), ours(2, at(6, 10))])
    wait = due(clock, calendar=CALENDAR, pledge=FOUR_HOURS, at=at(20, 9))
    assert wait.passed == timedelta(hours=2)
    assert wait.due == at(6, 12)
    assert not wait.late


def test_who_still_waits_is_late_only_past_the_pledge() -> None:
    (clock,) = clocks([theirs(1, at(6, 9))])
    on_time = due(clock, calendar=CALENDAR, pledge=FOUR_HOURS, at=at(6, 13))
    late = due(clock, calendar=CALENDAR, pledge=FOUR_HOURS, at=at(6, 13, 38))
    assert (on_time.late, on_time.left) == (False, timedelta(0))
    assert (late.late, late.left) == (True, timedelta(minutes=-38))


def test_a_question_asked_at_night_is_due_from_the_next_opening() -> None:
    (clock,) = clocks([theirs(1, at(6, 22))])
    assert due(clock, calendar=CALENDAR, pledge=FOUR_HOURS, at=at(6, 23)).due == at(7, 13)


def test_a_pledge_that_ends_with_the_day_is_due_that_evening() -> None:
    (clock,) = clocks([theirs(1, at(9, 13, 30))])
    assert due(clock, calendar=CALENDAR, pledge=FOUR_HOURS, at=at(9, 14)).due == at(9, 17, 30)


def test_a_pledge_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="above zero"):
        due(Clock(1, at(6, 9)), calendar=CALENDAR, pledge=timedelta(0), at=at(6, 10))


def test_those_still_waiting_move_the_median_from_two_hours_to_three() -> None:
    found = summary(ANSWERED, WAITING, pledge=FOUR_HOURS)
    naive = [each.total_seconds() / 3600 for each in ANSWERED]
    assert (median(naive), mean(naive)) == (2.0, 2.6)  # what it would be without them
    assert found.median == timedelta(hours=3)
    assert found.p90 is None
    assert (found.n, found.waiting, found.oldest_waiting) == (8, 3, timedelta(hours=40))


def test_the_curve_has_the_worked_steps_and_range() -> None:
    steps = survival([Spell(each) for each in ANSWERED] + [Spell(each, ended=False) for each in WAITING])
    assert [step.share for step in steps] == pytest.approx([0.875, 0.625, 0.5, 1 / 3])
    assert [step.at_risk for step in steps] == [8, 7, 5, 3]
    at_three = steps[2].interval
    assert (at_three.low, at_three.high) == pytest.approx((0.152, 0.775), abs=1e-3)


def test_without_anybody_waiting_the_curve_is_the_plain_one() -> None:
    found = summary(ANSWERED, pledge=FOUR_HOURS)
    assert found.median == timedelta(hours=2)
    assert found.p90 == timedelta(hours=5)


def test_a_young_wait_is_neither_kept_nor_missed_and_an_old_one_is_missed() -> None:
    found = summary(ANSWERED, [timedelta(hours=1), timedelta(hours=4), timedelta(hours=30)], pledge=FOUR_HOURS)
    assert (found.within, found.judged) == (4, 6)
    assert found.within_share == pytest.approx(4 / 6)
    assert found.within_interval.low < 4 / 6 < found.within_interval.high


def test_with_nobody_judged_there_is_no_share() -> None:
    found = summary([], [timedelta(hours=1)], pledge=FOUR_HOURS)
    assert found.within_share is None
    assert found.median is None
    assert (found.within_interval.low, found.within_interval.high) == (0.0, 1.0)


def test_nobody_at_all_is_an_empty_summary() -> None:
    found = summary([], pledge=FOUR_HOURS)
    assert (found.n, found.median, found.oldest_waiting) == (0, None, None)


def test_the_median_has_a_range_that_may_be_open_above() -> None:
    found = summary(ANSWERED, WAITING, pledge=FOUR_HOURS)
    assert found.median_from is not None
    assert found.median_from <= timedelta(hours=3)
    assert found.median_until is None


def test_a_wait_closed_by_a_mark_is_left_out_of_the_summary() -> None:
    said = [theirs(1, at(6, 9)), ours(2, at(6, 10)), theirs(3, at(7, 9)), ours(4, at(9, 17), closes=True)]
    waits = [due(each, calendar=CALENDAR, pledge=FOUR_HOURS, at=at(20, 9)) for each in clocks(said)]
    found = summary_of(waits, pledge=FOUR_HOURS)
    assert (found.n, found.within, found.judged) == (1, 1, 1)


@given(st.lists(st.integers(1, 100), min_size=1, max_size=40))
def test_with_all_answered_the_median_is_the_least_that_half_have_reached(minutes: list[int]) -> None:
    answered = [timedelta(minutes=each) for each in minutes]
    expected = sorted(answered)[(len(answered) - 1) // 2]
    assert summary(answered, pledge=FOUR_HOURS).median == expected


def test_utc_moments_serve_as_well() -> None:
    (clock,) = clocks([theirs(1, datetime(2025, 5, 6, 8, tzinfo=UTC))])
    assert due(clock, calendar=CALENDAR, pledge=FOUR_HOURS, at=at(6, 10)).due == at(6, 13)


@pytest.mark.parametrize(
    ("hour", "minute", "last"), [(11, 59, False), (12, 0, True), (13, 0, True), (13, 1, False), (16, 0, False)]
)
def test_the_last_hour_of_the_pledge_is_told_apart_and_what_is_late_is_past_it(
    hour: int, minute: int, last: bool
) -> None:
    (clock,) = clocks([theirs(1, at(1, 9))])
    assert due(clock, calendar=CALENDAR, pledge=FOUR_HOURS, at=at(1, hour, minute)).last_hour is last
