"""Whom we may ask how it felt, and when: seldom, never while something hurts, never in the name of who is judged."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Annotated

from kept.measures.told import Told, days
from kept.measures.working_time import Calendar

YEAR = timedelta(days=365)
_OCX = "MEASURES 6: a relationship pulse at most every 180 days to a person (OCX); it wins where two would meet."
_SEVEN = 7  # days within which every calendar that opens at all has opened, but for long holidays


@dataclass(frozen=True, slots=True)
class Asking:
    """Numbers of MEASURES 6."""

    relationship_days: Annotated[float, days("Nobody is asked about the relationship again within days", _OCX)] = 180.0
    moment_days: Annotated[float, days("Nobody is asked about a moment again within days")] = 30.0
    moments_a_year: Annotated[float, Told("and so often a year at most", low=0.0, high=12.0)] = (
        4.0  # 0: never about a moment
    )
    quarantine_days: Annotated[
        float, Told("Nobody is asked within working days of something that hurt", low=0.0, high=60.0)
    ] = 10.0
    open_days: Annotated[float, Told("A question can be answered for days", low=3.0, high=90.0)] = 21.0
    remind_days: Annotated[
        float, Told("Who did not answer is reminded, once, after working days", low=2.0, high=60.0)
    ] = 5.0
    from_day: Annotated[float, Told("In a quarter people are asked from its day", low=0.0, high=80.0)] = 14.0
    window_days: Annotated[float, Told("spread over days", low=1.0, high=80.0)] = 42.0
    moment_within: Annotated[
        float, Told("About a moment people are asked within days after it", low=1.0, high=30.0)
    ] = 7.0


ASKING = Asking()


class Because(StrEnum):
    """Why somebody is not asked now."""

    WISH = "wish"
    NO_ADDRESS = "no address"
    INCIDENT = "incident"
    DISPUTE = "dispute"
    THROTTLED = "throttled"


@dataclass(frozen=True, slots=True)
class Asked:
    """That somebody was asked, about the relationship or about a moment."""

    at: datetime
    relationship: bool


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that hurts, in words ("a message of 3 November waits"); `ended` None: it still does."""

    words: str
    ended: datetime | None = None
    dispute: bool = False  # about a bill


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of somebody who might be asked; `relationship_on` is the day they are to be asked about that."""

    asked: Sequence[Asked] = ()
    troubles: Sequence[Trouble] = field(default=())
    wishes_not: bool = False
    has_address: bool = True
    relationship_on: date | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether somebody may be asked, why or why not in a sentence, and until when not, where that is known."""

    yes: bool
    why: str
    because: Because | None = None
    until: datetime | None = None


def may_ask(
    person: Person, *, relationship: bool, at: datetime, calendar: Calendar, numbers: Asking = ASKING
) -> Verdict:
    """Whether `person` may be asked at `at`, about the relationship or else about a moment.

    Their wish comes first, then an address, then what hurts, then how long ago they were asked. What they say of their
    own accord is never held back, so it is not asked about here. MEASURES 6.
    """
    if person.wishes_not:
        return Verdict(False, "They asked not to be asked.", Because.WISH)
    if not person.has_address:
        return Verdict(False, "We have no mail address of theirs.", Because.NO_ADDRESS)
    trouble = _worst(person.troubles, at=at, calendar=calendar, numbers=numbers)
    if trouble is not None:
        return trouble
    if relationship:
        return _throttled(person, at, numbers) or Verdict(True, "They were not asked about this lately.")
    return _throttled_moment(person, at, numbers) or Verdict(True, "They were not asked about a moment lately.")


def _worst(troubles: Sequence[Trouble], *, at: datetime, calendar: Calendar, numbers: Asking) -> Verdict | None:
    """The trouble that holds longest; one that has not ended holds longest of all."""
    held = []
    for one in troubles:
        until = one.ended and calendar.same_time_after(one.ended, round(numbers.quarantine_days))
        if until is None or until > at:
            because = Because.DISPUTE if one.dispute else Because.INCIDENT
            held.append(Verdict(False, one.words, because, until))
    return max(held, key=lambda one: (one.until is None, one.until or at), default=None)


def _throttled(person: Person, at: datetime, numbers: Asking) -> Verdict | None:
    last = max((one.at for one in person.asked if one.relationship), default=None)
    until = last and last + timedelta(days=numbers.relationship_days)
    return _not_before(until, at, "They were asked about the relationship not long ago.")


def _throttled_moment(person: Person, at: datetime, numbers: Asking) -> Verdict | None:
    pause = timedelta(days=numbers.moment_days)
    last = max((one.at for one in person.asked), default=None)
    if _relationship_is_near(person, at, numbers):
        return Verdict(False, "They are to be asked about the relationship soon, which comes first.", Because.THROTTLED)
    year = sorted(one.at for one in person.asked if not one.relationship and one.at > at - YEAR)
    most = int(numbers.moments_a_year)
    if most == 0:
        return Verdict(False, "Nobody is asked about a moment.", Because.THROTTLED)
    full = year[-most] + YEAR if len(year) >= most else None
    return _not_before(last and last + pause, at, "They were asked not long ago.") or _not_before(
        full, at, "They were asked about moments often enough this year."
    )


def _relationship_is_near(person: Person, at: datetime, numbers: Asking) -> bool:
    """Whether they are to be asked about the relationship within a pause, and will not have been lately by then."""
    day = person.relationship_on
    if day is None or not at.date() <= day <= (at + timedelta(days=numbers.moment_days)).date():
        return False
    last = max((one.at for one in person.asked if one.relationship), default=None)
    return last is None or last.date() + timedelta(days=numbers.relationship_days) <= day


def _not_before(until: datetime | None, at: datetime, why: str) -> Verdict | None:
    return Verdict(False, why, Because.THROTTLED, until) if until is not None and until > at else None


def quarter_of(day: date) -> tuple[int, int]:
    """The year and the quarter, 1 to 4, of a day."""
    return day.year, (day.month + 2) // 3


def ask_on(person: int, *, year: int, quarter: int, calendar: Calendar, numbers: Asking = ASKING) -> date:
    """The working day on which a person is asked in a quarter: as good as drawn by lot, and the same whenever drawn.

    Nobody can choose a day after good news; whoever runs it again does not move it. SHA-256 of person and quarter.
    """
    lot = int.from_bytes(sha256(f"{person}:{year}:{quarter}".encode()).digest()[:8])
    drawn = date(year, quarter * 3 - 2, 1) + timedelta(days=numbers.from_day + lot % max(1, int(numbers.window_days)))
    for weeks in range(1, 9):
        found = calendar.open_dates(drawn, drawn + timedelta(days=_SEVEN * weeks))
        if found:
            return found[0]
    return drawn


def signer(candidates: Sequence[int], *, judged: Collection[int]) -> int | None:
    """In whose name to ask: the first who is not judged by the answer; None: there is nobody else."""
    return next((one for one in candidates if one not in judged), None)
