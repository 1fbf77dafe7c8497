"""By when they want an answer: the sooner of our pledge and the day that their requests name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from kept.measures.replies import Wait
from kept.measures.text.workdays import Workdays
from kept.measures.working_time import Calendar


@dataclass(frozen=True, slots=True)
class Wish:
    """What a request says of when: `by`, the moment it names, else the `word` that hurries ("asap").

    `said_at` is aware, in the zone of the calendar it is judged by.
    """

    said_at: datetime
    by: datetime | None = None
    word: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The soonest of their wishes: `by` when, and the `word` it was taken from where no day was named.

    `whole_day`: they named a day and no hour, so that it is the close of its work.
    """

    by: datetime
    word: str = ""
    whole_day: bool = False


def soonest(wishes: Iterable[Wish], *, calendar: Calendar) -> Wanted | None:
    """The wish that comes first; a word that hurries means the close of the working day on which it was said.

    Said after the close, or on a day off, it means the next one. A moment before its own message says nothing.
    """
    found = [wanted for wish in wishes if (wanted := _read(wish, calendar)) is not None]
    return min(found, key=lambda one: (one.by, one.word), default=None)


def left_until(wait: Wait, wanted: Wanted | None, *, calendar: Calendar, at: datetime) -> timedelta:
    """Working time left until the sooner of the pledge and what they want; below zero once that has passed."""
    if wanted is None:
        return wait.left
    if wanted.by >= at:
        return min(wait.left, calendar.between(at, wanted.by))
    return min(wait.left, -calendar.between(wanted.by, at))


def _read(wish: Wish, calendar: Calendar) -> Wanted | None:
    if wish.by is not None:
        return named(wish.by.astimezone(wish.said_at.tzinfo), calendar) if wish.by > wish.said_at else None
    return Wanted(_close(wish.said_at, calendar), wish.word) if wish.word else None


def named(by: datetime, calendar: Calendar) -> Wanted:
    """A moment they named, in the zone of the calendar; at the close of work it is the whole day."""
    return Wanted(by, whole_day=by == _workdays(by, calendar).closing(by.date()))


def _close(said_at: datetime, calendar: Calendar) -> datetime:
    work = _workdays(said_at, calendar)
    closes = work.closing(work.on_or_after(said_at.date()))
    return closes if closes > said_at else work.closing(work.after(said_at.date(), 1))


def _workdays(at: datetime, calendar: Calendar) -> Workdays:
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} names no time zone; give an aware moment.")
    return Workdays(at.tzinfo, calendar)
