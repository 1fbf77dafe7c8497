"""Incidents: single facts that hurt enough to be told the same day, without any statistics."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from kept.measures.told import Told
from kept.measures.trust_events import TOP_MARK, Event
from kept.measures.trust_streams import FEELINGS, Stream


@dataclass(frozen=True, slots=True)
class Hurting:
    """Numbers of MEASURES 1.7, first tier."""

    feeling: Annotated[float, Told("A feeling is told at once up to", high=10.0)] = 4.0


HURTING = Hurting()


class Kind(StrEnum):
    MAJOR_BROKEN = "a major promise broken"
    LOW_FEELING = "a low feeling"
    REPLACED = "a promised person replaced unannounced"
    UNANSWERED = "a message unanswered for three times our pledge"


@dataclass(frozen=True, slots=True)
class Replaced:
    """A promised person was replaced; `announced` when the client was told before."""

    row: int
    at: datetime
    announced: bool


@dataclass(frozen=True, slots=True)
class Incident:
    """One fact; `row` of its stream, staffing for a replaced person."""

    kind: Kind
    stream: Stream
    row: int
    at: datetime


def incidents(
    events: Iterable[Event],
    *,
    since: datetime,
    at: datetime,
    replaced: Iterable[Replaced] = (),
    numbers: Hurting = HURTING,
) -> tuple[Incident, ...]:
    """What happened after `since` and by `at`, newest first; a message still unanswered counts at every `at`.

    The mark for the work is no feeling; a low one is for the work's own conversation.
    """
    found = [
        Incident(kind, each.stream, each.row, each.at)
        for each in events
        if since < each.at <= at and (kind := _kind(each, numbers)) is not None
    ]
    found += [
        Incident(Kind.REPLACED, Stream.STAFFING, each.row, each.at)
        for each in replaced
        if since < each.at <= at and not each.announced
    ]
    return tuple(sorted(found, key=lambda each: (each.at, each.row), reverse=True))


def _kind(event: Event, numbers: Hurting) -> Kind | None:
    if event.major and event.x == 0:
        return Kind.MAJOR_BROKEN
    if event.stream in FEELINGS and event.x * TOP_MARK <= numbers.feeling:
        return Kind.LOW_FEELING
    if event.stream is Stream.REPLY and event.provisional and event.x == 0:
        return Kind.UNANSWERED
    return None
