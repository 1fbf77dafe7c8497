"""What deserves Today, in which order, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from kept.measures.burn import RED_PROBABILITY
from kept.measures.promises import WEIGHTS


class Kind(StrEnum):
    WAITING = "waiting"
    STRANGER = "stranger"
    FELT = "felt"  # an answer that asks for a human word: a promise like any other
    PROMISE = "promise"
    HOURS = "hours"
    CANDIDATE = "candidate"
    TOUCH = "touch"
    UNANSWERED = "unanswered"
    INCIDENT = "incident"  # what hurt a client, told the same day
    DRIFT = "drift"  # service that grows worse bit by bit


class Band(IntEnum):
    """Groups in the order of Today: the people who wait too long come first, what can wait comes last."""

    LATE_REPLY = 1
    LATE_PROMISE = 2
    DUE_TODAY = 3
    TOMORROW = 4
    HOURS = 5
    CALM = 6


class Reason(StrEnum):
    PAST_PLEDGE = "past our pledge"
    BROKEN = "our word is broken"
    OVERDUE = "past its day"
    DUE_TODAY = "due today"
    TOMORROW = "due tomorrow"
    LIKELY_OVER = "likely to run over"
    COMES_BACK = "nobody answered"
    HURT = "it hurt them"
    DRIFTS = "it grows worse"
    CAN_WAIT = "can wait"


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that might deserve Today.

    `left` is working time until due, below zero once past; `pledge` the reply time it is measured by;
    `weight` of a promise as in its size; `chance` (0..1) and `over` (hours) of a budget that may run over.
    """

    kind: Kind
    row: int
    due: datetime | None = None
    late: bool = False
    broken: bool = False
    left: timedelta | None = None
    pledge: timedelta | None = None
    weight: float = WEIGHTS["normal"]
    chance: float = 0.0
    over: float = 0.0


@dataclass(frozen=True, slots=True)
class Deserves:
    """A matter with its place: `urgency` orders within the band, larger first, then due, kind and row.

    `by` is how far past: working time beyond the pledge, or elapsed time beyond the day of a promise.
    """

    matter: Matter
    band: Band
    urgency: float
    reason: Reason
    by: timedelta | None = None

    @property
    def pressing(self) -> bool:
        """Whether it should be done today rather than only seen."""
        return self.band <= Band.DUE_TODAY


def ordered(
    matters: Sequence[Matter], *, at: datetime, today_ends: datetime, tomorrow_ends: datetime
) -> tuple[Deserves, ...]:
    """All matters, the most deserving first: the same facts give the same order, however they come.

    `today_ends` is the viewer's midnight, `tomorrow_ends` the one after it.
    """
    judged = [deserves(each, at=at, today_ends=today_ends, tomorrow_ends=tomorrow_ends) for each in matters]
    return tuple(sorted(judged, key=_place))


def deserves(matter: Matter, *, at: datetime, today_ends: datetime, tomorrow_ends: datetime) -> Deserves:
    """The place of one matter at `at`, and the one reason for it."""
    if matter.kind in (Kind.WAITING, Kind.STRANGER) and matter.late:
        past = -matter.left if matter.left is not None else None
        return Deserves(matter, Band.LATE_REPLY, _pledges_past(matter), Reason.PAST_PLEDGE, past)
    if matter.kind in (Kind.PROMISE, Kind.FELT) and (matter.late or matter.broken):
        reason = Reason.BROKEN if matter.broken else Reason.OVERDUE
        past = max(at - matter.due, timedelta(0)) if matter.due else None
        return Deserves(matter, Band.LATE_PROMISE, matter.weight, reason, past)
    if matter.kind is Kind.HOURS and matter.chance >= RED_PROBABILITY:
        return Deserves(matter, Band.HOURS, matter.chance * matter.over, Reason.LIKELY_OVER)
    if matter.kind in _WITHOUT_A_DAY:
        band, reason = _WITHOUT_A_DAY[matter.kind]
        return Deserves(matter, band, 0.0, reason)
    if matter.due and matter.kind is not Kind.HOURS:
        if matter.due < today_ends:
            return Deserves(matter, Band.DUE_TODAY, 0.0, Reason.DUE_TODAY)
        if matter.due < tomorrow_ends:
            return Deserves(matter, Band.TOMORROW, 0.0, Reason.TOMORROW)
    return Deserves(matter, Band.CALM, matter.chance * matter.over, Reason.CAN_WAIT)


_WITHOUT_A_DAY = {
    Kind.UNANSWERED: (Band.TOMORROW, Reason.COMES_BACK),
    Kind.INCIDENT: (Band.DUE_TODAY, Reason.HURT),
    Kind.DRIFT: (Band.TOMORROW, Reason.DRIFTS),
}


def _pledges_past(matter: Matter) -> float:
    """How far past the pledge, in pledges: two hours past one hour is worse than past a day."""
    if matter.left is None or not matter.pledge:
        return 0.0
    return -matter.left / matter.pledge


def _place(one: Deserves) -> tuple[int, float, bool, float, Kind, int]:
    due = one.matter.due
    return (one.band, -one.urgency, due is None, due.timestamp() if due else 0.0, one.matter.kind, one.matter.row)
