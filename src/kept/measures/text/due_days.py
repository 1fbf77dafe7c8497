"""Which day a date, a "14th" or a weekday means, seen from the moment the mail was sent."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kept.measures.text import due_words as words
from kept.measures.text.workdays import Workdays

# A date this recent without a year was meant as past ("as I wrote on 5 October"), not as next year's.
_STILL_PAST = timedelta(days=120)
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """One reading of some words. on: None when they can be read in two ways, and somebody must ask.

    at: a moment when the words name one ("in an hour"), else the day closes or a time beside it says when.
    """

    on: date | None
    at: datetime | None = None
    vague: bool = False
    exact: bool = False  # a date of the calendar, before which a weekday only repeats it
    evening: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """From where a day is looked for. day_first: how the firm writes 03/04; None when nobody has said."""

    sent_at: datetime
    work: Workdays
    day_first: bool | None = None

    @property
    def today(self) -> date:
        return self.sent_at.date()


def iso(found: re.Match[str], seen: Seen) -> Day | None:
    """2026-10-16, 16.10. and their like."""
    return _dated(seen, int(found["date"]), int(found["month"]), found["year"])


def day_month(found: re.Match[str], seen: Seen) -> Day | None:
    """16 October, October 16; "may" without its capital is the verb."""
    if found["month"] == "may":
        return None
    return _dated(seen, int(found["date"]), words.month(found["month"]), found["year"])


def slashed(found: re.Match[str], seen: Seen) -> Day | None:
    """03/04 is nobody's day until the firm says how it writes."""
    one, two = int(found["one"]), int(found["two"])
    first = _dated(seen, one, two, found["year"]) if two <= 12 else None
    second = _dated(seen, two, one, found["year"]) if one <= 12 else None
    if one <= 12 and two <= 12 and one != two:
        if seen.day_first is None:
            return Day(None)
        return first if seen.day_first else second
    return first or second


def _dated(seen: Seen, day: int, month: int, year: str | None) -> Day | None:
    try:
        on = date(_year(year) if year else seen.today.year, month, day)
        if not year and on < seen.today - _STILL_PAST:
            on = date(on.year + 1, month, day)
    except ValueError:
        return None
    return Day(on, exact=True) if on >= seen.today else None


def _year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == 2 else 0)


def ordinal(found: re.Match[str], seen: Seen) -> Day | None:
    """The 14th is the next one to come."""
    day, first = int(found["date"]), seen.today.replace(day=1)
    for _ in range(3):
        try:
            on = first.replace(day=day)
        except ValueError:
            on = date.min
        if on > seen.today:
            return Day(on, exact=True)
        first = (first + timedelta(days=32)).replace(day=1)
    return None


def weekday(found: re.Match[str], seen: Seen) -> Day | None:
    """Such a day strictly after the sent one; open where people differ."""
    if found["day"].lower() in {"sat", "sun", "mar", "mon"} and found["day"].islower():
        return None  # "he sat", "the sun"
    wanted, now = words.weekday(found["day"]), seen.today.weekday()
    on = seen.today + timedelta(days=(wanted - now) % 7 or 7)
    which, then = (found["which"] or "").lower(), (found["then"] or "").lower()
    if "week" in then and "next" not in then:
        return Day(on + 7 * _A_DAY)
    monday = seen.today - now * _A_DAY
    if then == "next week" or "of next" in then:
        return Day(monday + (7 + wanted) * _A_DAY)
    if which == "next" and on < monday + 7 * _A_DAY:
        return Day(None)  # said on Monday, "next Friday" is this week's to some and the other's to the rest
    if wanted == now and not then and seen.sent_at.time() < time(12):
        return Day(None)  # "Friday", said on a Friday morning, may be today
    return Day(on)
