"""The twelve streams of evidence for trust: which pillar each bears, what it weighs, how fast it fades."""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated

from kept.measures import promises
from kept.measures.told import Told, days, weight

_RATER = "Order of weights after SERVQUAL's dimensions; the size is reasoned, not measured."
_ASYMMETRY = (
    "Trust is lost faster than won (Slovic 1993); 180 days are reasoned. Set it like the other to switch it off."
)


class Part(StrEnum):
    """The three pillars."""

    QUALITY = "quality"
    CONSISTENCY = "consistency"
    MERIT = "merit"


class Stream(StrEnum):
    DELIVERABLE = "deliverable"
    MARK = "mark"  # for the output, asked apart from the feelings
    DAZZLED = "dazzled"
    PROMISE = "promise"
    REPLY = "reply"
    MEETING = "meeting"
    SECURE = "secure"
    STAFFING = "staffing"
    ONBOARDING = "onboarding"
    CHERISHED = "cherished"
    DELIGHTED = "delighted"
    BILL = "bill"  # fair dealing: as quoted, or a surprise
    REQUEST = "request"  # fair dealing: got to yes


FEELINGS = (Stream.SECURE, Stream.CHERISHED, Stream.DELIGHTED, Stream.DAZZLED)

_QUALITY = {Stream.DELIVERABLE, Stream.MARK, Stream.DAZZLED}
_CONSISTENCY = {Stream.PROMISE, Stream.REPLY, Stream.MEETING, Stream.SECURE}
PART_OF = MappingProxyType(
    {
        each: Part.QUALITY if each in _QUALITY else Part.CONSISTENCY if each in _CONSISTENCY else Part.MERIT
        for each in Stream
    }
)


@dataclass(frozen=True, slots=True)
class Streams:
    """Worth (0..1), weight, half-life in days and limits of the streams; MEASURES 1.2. A normal promise is the unit.

    Kept by its day is 1 and broken is 0 by definition. "Fair dealing" of the paper is two streams here, bills and
    requests, since their rows lie in two ledgers; both have its weight and its half-life.
    """

    promise_moved: Annotated[float, Told("A promise moved in time, and the client agreed, is worth", low=0.6)] = (
        promises.WORTH_MOVED
    )
    promise_a_day_late: Annotated[
        float, Told("A promise kept within a working day after its day is worth", low=0.01, high=0.59)
    ] = promises.WORTH_A_DAY_LATE
    promise_later: Annotated[float, Told("A promise kept later than that is worth", low=0.01, high=0.59)] = (
        promises.WORTH_LATER
    )
    promise_small: Annotated[float, Told("A small promise weighs")] = promises.WEIGHTS["small"]
    promise_major: Annotated[float, Told("A major promise weighs", low=1.0, high=5.0)] = promises.WEIGHTS["major"]
    promise_easy: Annotated[float, Told("A promise made less than four working hours before it is kept weighs")] = (
        promises.EASY_WEIGHT
    )
    promise_half_life: Annotated[float, days("Days in which a promise loses half its weight")] = promises.HALF_LIFE
    promise_bad_half_life: Annotated[
        float, days("Days in which a badly kept promise loses half its weight", _ASYMMETRY)
    ] = promises.HALF_LIFE_OF_BAD
    promise_bad_below: Annotated[float, Told("A promise is badly kept when it is worth less than", _ASYMMETRY)] = (
        promises.BAD_BELOW
    )

    reply_weight: Annotated[float, weight("A reply weighs", _RATER)] = 0.25
    reply_half_life: Annotated[float, days("Days in which a reply loses half its weight")] = 30.0
    reply_nothing_at: Annotated[
        float, Told("A reply is worth nothing at so many times our pledge", high=20, low=1.1)
    ] = 3.0

    meeting_lacking: Annotated[float, Told("A meeting with a substitute, or begun late, is worth")] = 0.5
    meeting_late_minutes: Annotated[float, Told("Minutes after which a meeting began late", high=120)] = 10.0
    meeting_weight: Annotated[float, weight("A meeting weighs", _RATER)] = 0.5
    meeting_half_life: Annotated[float, days("Days in which a meeting loses half its weight")] = 60.0

    deliverable_extra_round: Annotated[float, Told("Work that took one more round because of us is worth")] = 0.5
    deliverable_weight: Annotated[float, weight("A piece of work weighs", _RATER)] = 1.0
    deliverable_half_life: Annotated[float, days("Days in which a piece of work loses half its weight")] = 120.0

    mark_weight: Annotated[float, weight("A mark or a feeling weighs", _RATER)] = 1.0
    mark_half_life: Annotated[float, days("Days in which a mark or a feeling loses half its weight")] = 120.0

    staffing_weight: Annotated[float, weight("A month of promised people weighs", _RATER)] = 1.0
    staffing_half_life: Annotated[float, days("Days in which a month of promised people loses half its weight")] = 90.0

    onboarding_weight: Annotated[float, weight("A first month weighs", _RATER)] = 2.0
    onboarding_half_life: Annotated[float, days("Days in which a first month loses half its weight")] = 180.0

    fair_weight: Annotated[float, weight("A bill or an answered request weighs", _RATER)] = 0.5
    fair_half_life: Annotated[float, days("Days in which a bill or a request loses half its weight")] = 90.0
    bill_within: Annotated[float, Told("A bill is as quoted up to this share above what was quoted", high=0.25)] = 0.0
    request_another_way: Annotated[float, Told("Yes to another way the client agreed to is worth")] = 0.8
    request_offered: Annotated[float, Told("A no with another way offered, not taken, is worth")] = 0.4


STREAMS = Streams()
