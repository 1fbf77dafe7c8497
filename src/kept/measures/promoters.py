"""The Net Promoter Score for those who need it: never without its range."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from kept.measures.feeling_intervals import differs
from kept.measures.intervals import WILSON_LEVEL, Interval, normal_quantile

PROMOTES_FROM, DETRACTS_TO = 9, 6
_POINTS = 100
_ADDED = 3  # adjusted Wald for three outcomes (Rocks 2016): three answers more, of them
_ADDED_EACH = 0.75  # three quarters to either end


@dataclass(frozen=True, slots=True)
class Counts:
    """How many would speak against us, say nothing, speak for us."""

    detractors: float
    passives: float
    promoters: float

    @property
    def n(self) -> float:
        return self.detractors + self.passives + self.promoters


@dataclass(frozen=True, slots=True)
class Promoters:
    """NPS in points, -100..100: `raw` as commonly told, `value` adjusted for few answers, with error and 95 % range.

    `raw_error` is the plain Wald error; None where nobody answered. Ranges are those of `value`.
    """

    counts: Counts
    raw: float | None
    raw_error: float | None
    value: float
    error: float
    interval: Interval


def counted(marks: Iterable[float]) -> Counts:
    """Marks 0..10: 9 and more promote, up to 6 detract, between them neither."""
    detractors = passives = promoters = 0
    for mark in marks:
        if not 0 <= mark <= 10:
            raise ValueError(f"A mark lies between 0 and 10; {mark:g} was not counted.")
        promoters += mark >= PROMOTES_FROM
        detractors += mark <= DETRACTS_TO
        passives += DETRACTS_TO < mark < PROMOTES_FROM
    return Counts(detractors, passives, promoters)


def score(counts: Counts) -> float:
    """Promoters less detractors, as a share -1..1; ValueError without answers."""
    if not counts.n:
        raise ValueError("Nobody has answered yet, so there is no score.")
    return (counts.promoters - counts.detractors) / counts.n


def variance(counts: Counts) -> float:
    """Of one answer told as -1, 0 or 1: p + d - (p - d)^2, the population's."""
    return (counts.promoters + counts.detractors) / counts.n - score(counts) ** 2


def standard_error(counts: Counts) -> float:
    """sqrt(variance / n), as a share."""
    return math.sqrt(variance(counts) / counts.n)


def promoters(counts: Counts, *, level: float = WILSON_LEVEL) -> Promoters:
    """n' = n + 3, p = (promoters + .75) / n', d = (detractors + .75) / n'; MEASURES 6 after Rocks (2016)."""
    adjusted = Counts(
        counts.detractors + _ADDED_EACH, counts.passives + _ADDED - 2 * _ADDED_EACH, counts.promoters + _ADDED_EACH
    )
    value, error = _POINTS * score(adjusted), _POINTS * standard_error(adjusted)
    reach = normal_quantile(0.5 + level / 2) * error
    return Promoters(
        counts=counts,
        raw=_POINTS * score(counts) if counts.n else None,
        raw_error=_POINTS * standard_error(counts) if counts.n else None,
        value=value,
        error=error,
        interval=Interval(max(-_POINTS, value - reach), min(_POINTS, value + reach)),
    )


def changed(before: Promoters, after: Promoters) -> bool:
    """Whether a change may be coloured: the 95 % range of the difference leaves out 0."""
    return differs(before.value, before.error, after.value, after.error)


def answers_needed(within: float, *, spread: float = 0.6, level: float = WILSON_LEVEL) -> int:
    """How many answers give a range of so many points to each side, at that variance of one answer; to the nearest."""
    z = normal_quantile(0.5 + level / 2)
    return round(spread * (z * _POINTS / within) ** 2)
