"""What jobs and budgets seem to show of free choice: bought again, renewed early, cut."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from kept.measures.choosing_sold import (
    EARLY,
    RENEWS_WITHIN,
    WRITTEN_WITHIN,
    Bought,
    Job,
    Stretch,
    bought,
    continued,
    cuts,
    prolonged,
    smaller,
    takes_away,
)

DAY = timedelta(days=1)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def stretch(
    row: int, starts: date, ends: date | None = None, *, hours: float | None = 40.0, **facts: object
) -> Stretch:
    made = Stretch(row, starts, ends, hours, 4000.0, "GBP", at(starts))
    return replace(made, **facts)  # type: ignore[arg-type]


def job(row: int, starts: date, *, over: date | None = None, lasting: bool = False, **facts: object) -> Job:
    made = Job(row, starts, over, over, lasting, None, at(starts), (stretch(row, starts, over),))
    return replace(made, **facts)  # type: ignore[arg-type]


OLD = job(1, date(2025, 9, 1), over=date(2026, 3, 31))
NEW = job(2, date(2026, 9, 1))
YEAR = job(1, date(2025, 10, 1), over=date(2026, 9, 30), lasting=True)
NEXT = job(2, date(2026, 10, 1), over=date(2027, 9, 30), lasting=True)


def test_another_job_after_all_others_were_over_is_coming_back() -> None:
    assert bought(NEW, [OLD]) == (Bought.AGAIN, None)


def test_another_job_beside_one_that_runs_is_buying_more() -> None:
    runs = job(3, date(2026, 1, 1), lasting=True)
    assert bought(NEW, [OLD, runs]) == (Bought.MORE, runs)


def test_the_first_job_and_those_that_begin_with_it_are_no_choice_to_come_back() -> None:
    assert bought(NEW, []) is None
    assert bought(NEW, [job(1, NEW.starts - 30 * DAY)]) is None


def test_what_was_brought_in_tells_nothing_of_when_it_was_agreed() -> None:
    assert bought(replace(NEW, agreed=None), [OLD]) is None


def test_what_was_written_down_long_after_it_began_tells_nothing() -> None:
    last = NEW.starts + WRITTEN_WITHIN
    assert bought(replace(NEW, agreed=at(last)), [OLD]) is not None
    assert bought(replace(NEW, agreed=at(last + DAY)), [OLD]) is None


def test_jobs_written_down_on_one_day_as_a_firm_begins_with_kept_are_none() -> None:
    assert bought(NEW, [replace(OLD, agreed=NEW.agreed)]) is None


def test_a_cheaper_hour_is_a_discount_and_no_sign() -> None:
    cheaper = replace(NEW, stretches=(stretch(2, NEW.starts, fee=3900.0),))
    assert bought(cheaper, [OLD]) is None
    other_money = replace(NEW, stretches=(stretch(2, NEW.starts, fee=3900.0, currency="EUR"),))
    assert bought(other_money, [OLD]) == (Bought.AGAIN, None)


@pytest.mark.parametrize(
    ("notice", "days", "early"),
    [(None, EARLY.days + 1, True), (None, EARLY.days, False), (90, 91, True), (90, 90, False)],
)
def test_a_retainer_is_renewed_early_while_they_could_still_have_left(
    notice: int | None, days: int, *, early: bool
) -> None:
    former = replace(YEAR, notice=notice)
    following = replace(NEXT, agreed=at(date(2026, 9, 30) - days * DAY))
    assert bought(following, [former]) == ((Bought.EARLY, former) if early else None)


def test_renewed_at_the_end_without_a_choice_is_no_sign() -> None:
    assert bought(replace(NEXT, agreed=at(date(2026, 9, 29))), [YEAR]) is None


def test_one_piece_of_work_goes_on_from_nothing() -> None:
    assert continued(replace(NEXT, lasting=False), [YEAR]) is None
    assert continued(NEXT, [replace(YEAR, lasting=False)]) is None
    assert continued(NEXT, [YEAR]) == YEAR
    assert continued(replace(NEXT, starts=date(2026, 9, 30) + RENEWS_WITHIN + DAY), [YEAR]) is None


def test_renewed_early_for_less_is_cut_and_not_renewed() -> None:
    less = replace(NEXT, agreed=at(date(2026, 7, 1)), stretches=(stretch(2, NEXT.starts, hours=30.0, fee=3000.0),))
    assert bought(less, [YEAR]) is None
    assert [(was.row, now.row) for was, now in cuts(less, YEAR)] == [(1, 2)]


def two(*, hours: float | None = 40.0, agreed: date = date(2026, 5, 1), **facts: object) -> Job:
    """A retainer of two stretches, the second agreed two months before the first ends."""
    first = stretch(1, date(2025, 7, 1), date(2026, 6, 30))
    second = stretch(2, date(2026, 7, 1), hours=hours, agreed=at(agreed), **facts)
    return job(7, date(2025, 7, 1), lasting=True, stretches=(first, second))


def rows(found: object) -> list[tuple[int, int]]:
    return [(was.row, now.row) for was, now in found]  # type: ignore[attr-defined]


def test_a_stretch_agreed_before_the_end_of_the_one_before_prolongs_it_early() -> None:
    assert rows(prolonged(two())) == [(1, 2)]
    assert rows(prolonged(two(agreed=date(2026, 6, 20)))) == []
    assert rows(prolonged(two(agreed=date(2025, 7, 1)))) == []  # both at once
    assert rows(prolonged(two(fee=3000.0))) == []  # at a discount
    assert rows(prolonged(two(hours=30.0))) == []  # for less
    assert rows(prolonged(replace(two(), notice=90))) == []  # the notice was due


def test_stretches_that_run_at_once_add_up_and_cut_nothing() -> None:
    first = stretch(1, date(2025, 7, 1))
    second = stretch(2, date(2026, 7, 1), hours=10.0)
    assert rows(cuts(job(7, date(2025, 7, 1), stretches=(first, second)), None)) == []


def test_fewer_hours_cut_the_scope_and_as_many_for_less_do_not() -> None:
    assert rows(cuts(two(hours=30.0), None)) == [(1, 2)]
    assert rows(cuts(two(fee=1000.0), None)) == []


def test_a_tenth_less_is_rounding() -> None:
    before = stretch(1, date(2026, 1, 1))
    assert smaller(before, stretch(2, date(2026, 2, 1), hours=36.0)) is None
    assert smaller(before, stretch(2, date(2026, 2, 1), hours=35.0)) == (40.0, 35.0, True)


def test_where_nobody_said_how_many_hours_the_fee_tells() -> None:
    before = stretch(1, date(2026, 1, 1), hours=None)
    assert smaller(before, stretch(2, date(2026, 2, 1), hours=None, fee=3000.0)) == (4000.0, 3000.0, False)
    assert smaller(before, stretch(2, date(2026, 2, 1), fee=3000.0)) == (4000.0, 3000.0, False)
    assert smaller(before, stretch(2, date(2026, 2, 1), hours=None, fee=3000.0, currency="EUR")) is None


@pytest.mark.parametrize(
    ("hours", "fee", "takes"),
    [(-8, None, True), (8, -100, False), (None, -100, True), (0, -100, True), (None, None, False), (-8, 100, True)],
)
def test_a_change_takes_away_hours_or_where_it_names_none_the_fee(
    hours: int | None, fee: int | None, *, takes: bool
) -> None:
    assert takes_away(*(None if each is None else Decimal(each) for each in (hours, fee))) is takes
