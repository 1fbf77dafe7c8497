"""The small words of a review: quarters, counts of one and many, spans of working time."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kept.readings.review_pledge import span, vouched, within
from kept.readings.review_quarter import Quarter, named, quarter_before, read_quarter, short, this_quarter

LONDON = ZoneInfo("Europe/London")
THIRD = date(2026, 7, 1)


def at(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 9, tzinfo=UTC)


@pytest.mark.parametrize(("typed", "first"), [("2026Q3", THIRD), (" 2026q1 ", date(2026, 1, 1)), ("2026-07-01", THIRD)])
def test_a_quarter_is_read_as_people_type_it(typed: str, first: date) -> None:
    assert read_quarter(typed) == first
    assert read_quarter(short(first)) == first


@pytest.mark.parametrize(
    "typed", ["", "2026", "2026Q5", "2026Q0", "Q3", "2026-07-02", "0000Q1", "２０２６Ｑ³", "soon", "0001Q1", "9999Q4"]
)
def test_what_is_no_quarter_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValueError, match="Write it like 2026Q3"):
        read_quarter(typed)


@pytest.mark.parametrize(
    ("day", "this", "before"),
    [
        (date(2026, 10, 1), date(2026, 10, 1), THIRD),
        (date(2026, 9, 30), THIRD, date(2026, 4, 1)),
        (date(2026, 1, 31), date(2026, 1, 1), date(2025, 10, 1)),
    ],
)
def test_the_newest_quarter_that_is_over(day: date, this: date, before: date) -> None:
    assert (this_quarter(day), quarter_before(day)) == (this, before)


def test_a_quarter_ends_with_its_last_day_where_the_client_is() -> None:
    over, running = Quarter(THIRD, LONDON, at(10, 16)), Quarter(THIRD, LONDON, at(8, 15))
    assert over.end == datetime(2026, 9, 30, 23, tzinfo=UTC)
    assert over.holds(datetime(2026, 9, 30, 22, 59, tzinfo=UTC))
    assert not over.holds(over.end)
    assert (over.span, running.span) == ("1 July to 30 September 2026", "1 July to 15 August 2026")
    assert [month.month for month in running.months] == [7, 8]
    assert named(date(2026, 10, 1)) == "October to December 2026"


@pytest.mark.parametrize(
    ("hours", "said"),
    [(1, "one working hour"), (4, "four working hours"), (0.5, "30 working minutes"), (40, "40 working hours")],
)
def test_a_pledge_is_said_in_working_time(hours: float, said: str) -> None:
    assert within(timedelta(hours=hours)) == said


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "a minute"), (20, "20 minutes"), (60, "an hour"), (300, "five hours"), (960, "two working days")],
)
def test_how_late_is_said_as_people_say_it(minutes: int, said: str) -> None:
    assert span(timedelta(minutes=minutes)) == said


def test_strokes_stay_on_their_line_however_many() -> None:
    for many in (1, 2, 34, 90):
        places = [float(place.rstrip("%")) for place, _ in vouched("We answer.", [True] * many, "").strokes]
        assert places == sorted(places)
        assert 0 < places[0] <= places[-1] < 100
    assert vouched("We answer.", [True] * 91, "All 91.").strokes == ()
