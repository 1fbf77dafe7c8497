"""Drift: service that grows worse bit by bit, told with how often such a warning is false."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Annotated

from kept.measures.belief import NEW_FIRM, Prior
from kept.measures.told import Told
from kept.measures.trust_events import Event
from kept.measures.trust_streams import PART_OF, Part, Stream

_PAGE = "Page 1954, as a log-likelihood ratio; the limit is chosen by simulation, see docs/MEASURES.md."
_WATCHED = timedelta(weeks=52)


@dataclass(frozen=True, slots=True)
class Drifting:
    """Numbers of MEASURES 1.7, second tier."""

    watch: Annotated[float, Told("A pillar is marked quietly from", _PAGE, low=1.0, high=10.0)] = 3.0
    alarm: Annotated[float, Told("A pillar is told as drifting from", _PAGE, low=2.0, high=20.0)] = 5.0
    odds: Annotated[float, Told("It looks for odds of failing so many times the usual", low=1.5, high=20.0)] = 4.0
    usual_least: Annotated[float, Told("The usual share of failures is taken as at least", low=0.01, high=0.2)] = 0.03
    usual_most: Annotated[float, Told("The usual share of failures is taken as at most", low=0.2, high=0.6)] = 0.40
    history_weeks: Annotated[float, Told("Weeks that say what is usual", low=8.0, high=104.0)] = 26.0


DRIFTING = Drifting()


class Level(IntEnum):
    CALM = 0
    WATCH = 1  # a quiet mark on the client's page, never on Today
    ALARM = 2


@dataclass(frozen=True, slots=True)
class Step:
    """The sum after one event."""

    stream: Stream
    row: int
    at: datetime
    sum: float


@dataclass(frozen=True, slots=True)
class Drift:
    """How one pillar stands: `usual` share of failures (0..1) from `history` events, the sums, since when alarmed.

    An alarm stays until somebody acknowledges it; a watch is only as the last sum says. `since` is where the rise
    to the sum began: the events from there on are the reason.
    """

    part: Part
    level: Level
    sum: float
    usual: float
    history: int
    alarmed_at: datetime | None
    steps: tuple[Step, ...]

    @property
    def reasons(self) -> tuple[Step, ...]:
        """The events since the sum last left 0, up to the alarm if there is one."""
        shown = [each for each in self.steps if self.alarmed_at is None or each.at <= self.alarmed_at]
        start = max((number for number, each in enumerate(shown, start=1) if each.sum == 0), default=0)
        return tuple(shown[start:])


def drifts(
    events: Iterable[Event],
    *,
    at: datetime,
    acknowledged: Mapping[Part, datetime] | None = None,
    priors: Mapping[Part, Prior] | None = None,
    numbers: Drifting = DRIFTING,
) -> tuple[Drift, ...]:
    """Each pillar of one client as of `at`, watched over the last 52 weeks; an acknowledgement puts the sum to 0.

    What is usual comes from the 26 weeks before those, drawn to the firm's average by the prior, so that neither a
    drop nor its acknowledgement makes worse service usual while it is watched. Weights are those of the events,
    neither faded nor damped by bursts: what was counted yesterday must not change by what comes later in the week.
    Provisional events are left out for the same reason.
    """
    start = at - _WATCHED
    begin = start - timedelta(weeks=numbers.history_weeks)
    known = sorted(
        (each for each in events if begin < each.at <= at and not each.provisional),
        key=lambda each: (each.at, each.stream, each.row),
    )
    found = []
    for part in Part:
        own = [each for each in known if PART_OF[each.stream] is part]
        before = [each for each in own if each.at <= start]
        usual = usual_failures(before, prior=(priors or {}).get(part, NEW_FIRM), numbers=numbers)
        reset = max(start, (acknowledged or {}).get(part, start))
        watched = [each for each in own if each.at > reset]
        found.append(_drift(part, watched, usual, history=len(before), numbers=numbers))
    return tuple(found)


def usual_failures(before: Sequence[Event], *, prior: Prior = NEW_FIRM, numbers: Drifting = DRIFTING) -> float:
    """p0 = 1 - p over the weeks before, within its bounds; p = (k m + sum w' x) / (k + sum w'), w' = min(1, w)."""
    weight = math.fsum(min(1.0, each.weight) for each in before)
    good = math.fsum(min(1.0, each.weight) * each.x for each in before)
    kept = (prior.strength * prior.mean + good) / (prior.strength + weight)
    return min(numbers.usual_most, max(numbers.usual_least, 1 - kept))


def failing_steps(usual: float, *, odds: float = DRIFTING.odds) -> tuple[float, float]:
    """What a whole failure adds and a whole success takes: ln(p1 / p0), ln((1 - p1) / (1 - p0)), p1 at odds x4."""
    raised = odds * usual / (1 - usual)
    worse = raised / (1 + raised)
    return math.log(worse / usual), math.log((1 - worse) / (1 - usual))


def sums(failures: Iterable[tuple[float, float]], *, usual: float, odds: float = DRIFTING.odds) -> list[float]:
    """S = max(0, S + w' [f ln(p1 / p0) + (1 - f) ln((1 - p1) / (1 - p0))]) after each (failure 0..1, weight)."""
    up, down = failing_steps(usual, odds=odds)
    found, total = [], 0.0
    for failure, weight in failures:
        total = max(0.0, total + min(1.0, weight) * (failure * up + (1 - failure) * down))
        found.append(total)
    return found


def _drift(part: Part, watched: Sequence[Event], usual: float, *, history: int, numbers: Drifting) -> Drift:
    totals = sums([(1 - each.x, each.weight) for each in watched], usual=usual, odds=numbers.odds)
    steps = tuple(Step(each.stream, each.row, each.at, total) for each, total in zip(watched, totals, strict=True))
    alarmed_at = next((each.at for each in steps if each.sum >= numbers.alarm), None)
    last = steps[-1].sum if steps else 0.0
    level = Level.ALARM if alarmed_at else Level.WATCH if last >= numbers.watch else Level.CALM
    return Drift(part, level, last, usual, history, alarmed_at, steps)
