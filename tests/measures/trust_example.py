"""The worked example of trust, told in events; shared by its tests."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from kept.measures.belief import Prior
from kept.measures.trust_events import Event
from kept.measures.trust_streams import Part, Stream

NOW = datetime(2026, 10, 20, 9, tzinfo=UTC)
PRIORS = {Part.QUALITY: Prior(0.85), Part.CONSISTENCY: Prior(0.88), Part.MERIT: Prior(0.80)}


def event(stream: Stream, row: int, x: float, *, weight: float = 1.0, age: float = 0, half_life: float = 90) -> Event:
    return Event(stream, NOW - timedelta(days=age), x, weight, half_life, row)


def major(one: Event) -> Event:
    """The same of a promise that was called major."""
    return replace(one, major=True)


QUALITY = [
    event(Stream.DELIVERABLE, 1, 1, half_life=120),
    event(Stream.DELIVERABLE, 2, 0.5, age=60, half_life=120),
    event(Stream.DELIVERABLE, 3, 0.8, age=120, half_life=120),
]
CONSISTENCY = [
    event(Stream.PROMISE, 4, 1),
    event(Stream.PROMISE, 5, 1, age=45),
    event(Stream.PROMISE, 6, 0.5, age=90),
    major(event(Stream.PROMISE, 7, 0, weight=2, half_life=180)),
    event(Stream.REPLY, 8, 1, weight=0.25, age=30, half_life=30),
    event(Stream.REPLY, 9, 1, weight=0.25, half_life=30),
]
MERIT = [
    event(Stream.CHERISHED, 10, 0.9, half_life=120),
    event(Stream.DELIGHTED, 11, 0.6, age=90),
]
EXAMPLE = [*QUALITY, *CONSISTENCY, *MERIT]
