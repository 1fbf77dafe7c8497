"""What happened, as evidence for trust: one event for each row of a ledger that says how we did."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kept.measures.promises import (
    EASY_WITHIN,
    WORTH_A_DAY_LATE,
    WORTH_BROKEN,
    WORTH_LATER,
    WORTH_MOVED,
    WORTH_ON_TIME,
    Judgement,
    Promised,
)
from kept.measures.trust_streams import FEELINGS, STREAMS, Stream, Streams
from kept.measures.working_time import Calendar

TOP_MARK = 10


@dataclass(frozen=True, slots=True)
class Event:
    """One piece of evidence: how well it went (x, 0..1), its weight before fading, and the days that halve it.

    `row` is the ledger's row; only with its stream it names one thing. `provisional` evidence is what still
    waits and grows worse; it is replaced when it is settled. One row of feelings is up to five events.
    """

    stream: Stream
    at: datetime
    x: float
    weight: float
    half_life: float
    row: int
    provisional: bool = False
    major: bool = False  # a promise that was called major, whatever it weighs

    def __post_init__(self) -> None:
        if not (0 <= self.x <= 1 and self.weight >= 0 and self.half_life > 0):
            raise ValueError(f"Evidence {self.stream} {self.row} is out of bounds; nothing was counted.")


class Held(StrEnum):
    """How a meeting was held by us."""

    AS_PROMISED = "as promised"
    LACKING = "lacking"  # a substitute, or late
    MISSED = "missed"


class Accepted(StrEnum):
    """How a piece of work was received."""

    AT_ONCE = "at once"  # within the agreed rounds
    EXTRA_ROUND = "extra round"  # one more, because of us
    REDONE = "redone"


class Answer(StrEnum):
    """What a request of the client's came to."""

    YES = "yes"
    ANOTHER_WAY = "another way"
    OFFERED = "offered"  # a no with another way, refused or not answered
    NO = "no"


def promise(promised: Promised, judged: Judgement, *, calendar: Calendar, streams: Streams = STREAMS) -> Event | None:
    """Evidence of a settled promise; None while it is open, late or released. `judged` by `promises.judge`."""
    if judged.worth is None or judged.settled_at is None:
        return None
    worths = {
        WORTH_ON_TIME: 1.0,
        WORTH_MOVED: streams.promise_moved,
        WORTH_A_DAY_LATE: streams.promise_a_day_late,
        WORTH_LATER: streams.promise_later,
        WORTH_BROKEN: 0.0,
    }
    x = worths[judged.worth]
    weight = {"small": streams.promise_small, "normal": 1.0, "major": streams.promise_major}[promised.size]
    if judged.worth and calendar.between(promised.made_at, judged.settled_at) < EASY_WITHIN:
        weight = min(weight, streams.promise_easy)
    half_life = streams.promise_bad_half_life if x < streams.promise_bad_below else streams.promise_half_life
    major = promised.size == "major"
    return Event(Stream.PROMISE, judged.settled_at, x, weight, half_life, judged.row, major=major)


def reply(
    row: int, *, at: datetime, took: timedelta, pledge: timedelta, waiting: bool = False, streams: Streams = STREAMS
) -> Event | None:
    """Evidence of a reply that took so much working time against a pledge; `row` is the message that waited.

    One still `waiting` counts from the pledge on, provisionally, at the moment of judging; before that None.
    """
    if waiting and took <= pledge:
        return None
    x = reply_worth(took, pledge, streams=streams)
    return Event(Stream.REPLY, at, x, streams.reply_weight, streams.reply_half_life, row, provisional=waiting)


def reply_worth(took: timedelta, pledge: timedelta, *, streams: Streams = STREAMS) -> float:
    """1 up to the pledge, then falling in a line to 0 at three times the pledge."""
    if pledge <= timedelta(0):
        raise ValueError("A pledge for replies is a length of working time above nothing.")
    return min(1.0, max(0.0, 1 - (took / pledge - 1) / (streams.reply_nothing_at - 1)))


def meeting(row: int, *, at: datetime, held: Held, streams: Streams = STREAMS) -> Event:
    x = {Held.AS_PROMISED: 1.0, Held.LACKING: streams.meeting_lacking, Held.MISSED: 0.0}[held]
    return Event(Stream.MEETING, at, x, streams.meeting_weight, streams.meeting_half_life, row)


def held(*, came: bool, substitute: bool, late: timedelta, streams: Streams = STREAMS) -> Held:
    """How a meeting was held: as promised means the promised person, at most ten minutes late."""
    if not came:
        return Held.MISSED
    began_late = late > timedelta(minutes=streams.meeting_late_minutes)
    return Held.LACKING if substitute or began_late else Held.AS_PROMISED


def deliverable(row: int, *, at: datetime, accepted: Accepted, streams: Streams = STREAMS) -> Event:
    x = {Accepted.AT_ONCE: 1.0, Accepted.EXTRA_ROUND: streams.deliverable_extra_round, Accepted.REDONE: 0.0}[accepted]
    return Event(Stream.DELIVERABLE, at, x, streams.deliverable_weight, streams.deliverable_half_life, row)


def mark(stream: Stream, row: int, *, at: datetime, out_of_ten: float, streams: Streams = STREAMS) -> Event:
    """A feeling or the mark for the output, 0..10."""
    if stream not in (*FEELINGS, Stream.MARK):
        raise ValueError(f"Nobody gives marks for “{stream}”.")
    return Event(stream, at, out_of_ten / TOP_MARK, streams.mark_weight, streams.mark_half_life, row)


def staffing(row: int, *, at: datetime, worked: float, promised: float, streams: Streams = STREAMS) -> Event | None:
    """A month of promised people: their hours of those promised, at most all; None where none were promised."""
    if promised <= 0:
        return None
    x = min(1.0, worked / promised)
    return Event(Stream.STAFFING, at, x, streams.staffing_weight, streams.staffing_half_life, row)


def onboarding(row: int, *, at: datetime, in_time: int, steps: int, streams: Streams = STREAMS) -> Event | None:
    """A first month: the share of its steps done by their day; None without steps."""
    if not steps:
        return None
    return Event(Stream.ONBOARDING, at, in_time / steps, streams.onboarding_weight, streams.onboarding_half_life, row)


def bill(row: int, *, at: datetime, as_quoted: bool, streams: Streams = STREAMS) -> Event:
    return Event(Stream.BILL, at, float(as_quoted), streams.fair_weight, streams.fair_half_life, row)


def request(row: int, *, at: datetime, answer: Answer, streams: Streams = STREAMS) -> Event:
    """What a request came to (MEASURES 10); withdrawn and open ones are no evidence."""
    worths = {
        Answer.YES: 1.0,
        Answer.ANOTHER_WAY: streams.request_another_way,
        Answer.OFFERED: streams.request_offered,
        Answer.NO: 0.0,
    }
    return Event(Stream.REQUEST, at, worths[answer], streams.fair_weight, streams.fair_half_life, row)
