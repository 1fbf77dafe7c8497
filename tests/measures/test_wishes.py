"""By when they want it: a named day, or a word that hurries, whichever comes before our pledge."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kept.measures.replies import Said, Wait, clocks, due
from kept.measures.wishes import Wanted, Wish, left_until, soonest
from kept.measures.working_time import Calendar

LONDON = ZoneInfo("Europe/London")
WEEK = {day: [("09:00", "17:30")] for day in ("mon", "tue", "wed", "thu", "fri")}
CALENDAR = Calendar(zone="Europe/London", windows=WEEK)


def on(day: int, clock: str = "09:40") -> datetime:
    """A moment of October 2026; the 20th is a Tuesday."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 10, day, hour, minute, tzinfo=LONDON)


def wait(*, since: datetime, pledge: int = 24) -> Wait:
    (clock,) = clocks([Said(row=1, at=since, ours=False)])
    return due(clock, calendar=CALENDAR, pledge=timedelta(hours=pledge), at=on(20))


def test_of_several_days_the_first_counts() -> None:
    wishes = [Wish(on(20), by=on(23, "17:30")), Wish(on(20), by=on(21, "12:00")), Wish(on(20))]
    assert soonest(wishes, calendar=CALENDAR) == Wanted(on(21, "12:00"))
    assert soonest(wishes[:1], calendar=CALENDAR) == Wanted(on(23, "17:30"), whole_day=True)


def test_nothing_named_is_nothing_wanted() -> None:
    assert soonest([], calendar=CALENDAR) is None
    assert soonest([Wish(on(20))], calendar=CALENDAR) is None


@pytest.mark.parametrize(
    ("said", "close"),
    [
        (on(20, "09:40"), on(20, "17:30")),
        (on(20, "17:30"), on(21, "17:30")),
        (on(23, "20:00"), on(26, "17:30")),
        (on(24, "11:00"), on(26, "17:30")),
    ],
)
def test_a_word_that_hurries_means_the_close_of_the_working_day(said: datetime, close: datetime) -> None:
    assert soonest([Wish(said, word="asap")], calendar=CALENDAR) == Wanted(close, "asap")


def test_a_day_before_the_message_itself_was_read_wrongly() -> None:
    assert soonest([Wish(on(20), by=on(19))], calendar=CALENDAR) is None


def test_the_sooner_of_the_pledge_and_their_day_is_what_is_left() -> None:
    one = wait(since=on(20, "09:10"))
    hour = timedelta(hours=1)
    assert left_until(one, None, calendar=CALENDAR, at=on(20)) == one.left
    assert left_until(one, Wanted(on(30)), calendar=CALENDAR, at=on(20)) == one.left
    assert left_until(one, Wanted(on(20, "10:40")), calendar=CALENDAR, at=on(20)) == hour
    assert left_until(one, Wanted(on(19, "17:00")), calendar=CALENDAR, at=on(20)) == -(hour / 2 + timedelta(minutes=40))


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="names no time zone"):
        soonest([Wish(datetime(2026, 10, 20, 9, 40), word="asap")], calendar=CALENDAR)  # noqa: DTZ001
