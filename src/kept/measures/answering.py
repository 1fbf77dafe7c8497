"""When to write again: how long a contact usually takes to answer us, and the open moment after that."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kept.kit.words import count
from kept.measures.survival import Quantile, Spell, quantile, survival
from kept.measures.working_time import Calendar

PART = 0.9  # nine of ten answers have come by then
ENOUGH = 5  # answers from which a contact's own rhythm stands alone
DEFAULT_DAYS, LEAST_DAYS, MOST_DAYS = 3, 1, 15  # working days; reasoned, not measured

_WEEK = 5
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`at`: when to write again, inside open hours; `after`: the working time until then.

    `n` answers and `waiting` open letters stand behind it. `usual` is the contact's own 90th percentile with its 95 %
    range, in working time, each None where it is not reached. `why` is a sentence.
    """

    at: datetime
    after: timedelta
    n: int
    waiting: int
    usual: Quantile
    why: str


@dataclass(frozen=True, slots=True)
class Bounds:
    """In working days: what is taken while we know nothing of a contact, and the least and most for anyone."""

    default: int = DEFAULT_DAYS
    least: int = LEAST_DAYS
    most: int = MOST_DAYS


FIRM_WIDE = Bounds()


def comes_back(
    spells: Sequence[Spell], *, sent_at: datetime, calendar: Calendar, name: str = "", at: datetime | None = None,
    bounds: Bounds = FIRM_WIDE,
) -> Suggestion:  # fmt: skip
    """When to write to a contact again who was written to at `sent_at` (aware) and has not answered.

    `spells` are the contact's answer times to us in working time of `calendar`, open letters of before as not ended.
    From five answers on it is their Kaplan-Meier 90th percentile, at fewer drawn towards the firm's default by
    (n own + (5 - n) default) / 5; never below or above the bounds. `name` is what one calls the contact; with `at`,
    the moment of reading, the sentence also says how long it has been. ValueError for a calendar never open that long.
    """
    n = sum(spell.ended for spell in spells)
    usual = quantile(survival(spells), PART)
    day = _days(_WEEK, sent_at, calendar) / _WEEK  # single days differ
    default = _days(bounds.default, sent_at, calendar)
    own = _own(spells, usual, default)
    known = min(n, ENOUGH)
    blend = (known * own + (ENOUGH - known) * default) / ENOUGH
    after = min(max(blend, _days(bounds.least, sent_at, calendar)), _days(bounds.most, sent_at, calendar))
    why = _why(name or "this reader", n=n, own=own, usual=usual, default=bounds.default, day=day)
    if at is not None and at > sent_at:
        passed = _passed(calendar.between(sent_at, at), day)
        # "within a working day; it has been three": the unit was just said
        why += (
            f"; it has been {passed.removesuffix('s').removesuffix(' working day') if 'working day' in why else passed}"
        )
    back = calendar.add(sent_at, after)
    return Suggestion(back, after, n, len(spells) - n, usual, f"{why[0].upper()}{why[1:]}.")


def _days(number: int, start: datetime, calendar: Calendar) -> timedelta:
    """The working time of so many working days from the first open moment on."""
    begin = calendar.next_open(start)
    return calendar.between(begin, calendar.same_time_after(begin, number))


def _own(spells: Sequence[Spell], usual: Quantile, default: timedelta) -> timedelta:
    """The contact's percentile; where too many letters stay open to reach it, what was waited so far, at least."""
    if usual.at is not None:
        return usual.at
    return max([default, *(spell.length for spell in spells)])


def _why(name: str, *, n: int, own: timedelta, usual: Quantile, default: int, day: timedelta) -> str:
    if n == 0:
        return f"we don't know yet how soon {name} answers, so we take {count(default, 'working day')}"
    if n < ENOUGH:
        known = count(n, "answer")
        return f"we know only {known} of {name}, so this leans towards {count(default, 'working day')}"
    if usual.at is None:
        return f"{name} often leaves a letter unanswered for longer than {_passed(own, day)}"
    return f"{name} usually answers within {_within(own, day)}"


def _within(length: timedelta, day: timedelta) -> str:
    """The round time that holds a working time: "an hour", "three hours", "a working day", "four working days"."""
    if length <= _HOUR:
        return "an hour"
    if length <= day / 2:
        return count(math.ceil(length / _HOUR), "hour")
    days = math.ceil(round(length / day, 2))
    return "a working day" if days == 1 else count(days, "working day")


def _passed(length: timedelta, day: timedelta) -> str:
    """The round time that has passed in a working time: "less than an hour", "two hours", "three working days"."""
    if length < _HOUR:
        return "less than an hour"
    if round(length / day, 2) < 1:
        return count(int(length / _HOUR), "hour")
    return count(int(round(length / day, 2)), "working day")
