"""How far a sentence of the pledge is kept: its share with an interval, its misses, and whether it holds."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from kept.measures.belief import FAIR_WIDTH, THIN_BELOW
from kept.measures.intervals import Interval, jeffreys


class Verdict(StrEnum):
    """Where a share stands to its target; only HOLDS and SHORT are said as facts."""

    NOTHING = "nothing to count yet"
    THIN = "too little to say"
    HOLDS = "holds"
    CLOSE = "too close to say"
    SHORT = "falls short"


class Case(NamedTuple):
    """One occasion on which the sentence was kept or missed, at the moment at which that was decided."""

    row: int
    at: datetime
    kept: bool


@dataclass(frozen=True, slots=True)
class Share:
    """`kept` of `n` occasions against a target of 0..1; the interval is Jeffreys, 80 %.

    `share` is None where there was no occasion; `misses` are the rows, newest first; `needed` is how many of the `n`
    would have had to be kept.
    """

    n: int
    kept: int
    target: float
    share: float | None
    interval: Interval
    verdict: Verdict
    misses: tuple[int, ...]
    needed: int

    @property
    def missed(self) -> int:
        return self.n - self.kept

    @property
    def is_below(self) -> bool:
        """Whether fewer were kept than pledged, sure or not."""
        return self.kept < self.needed

    @property
    def is_thin(self) -> bool:
        """Whether so little stands behind it that it is drawn pale."""
        return self.n < THIN_BELOW or self.interval.width > FAIR_WIDTH


def kept_share(cases: Sequence[Case], *, target: float) -> Share:
    """Count the cases against a target above 0 and up to 1.

    With fewer than five cases, or where the interval holds the target and is wider than 20 points, nothing is said; it
    holds or falls short only where the whole interval lies on one side. The interval is Jeffreys (Brown, Cai, DasGupta
    2001) at 80 %, as for all kept shares. Raises ValueError for another target.
    """
    if not 0 < target <= 1:
        raise ValueError(f"A target lies above 0 and up to 1, such as 0.9; it was {target:g}.")
    n, kept = len(cases), sum(case.kept for case in cases)
    interval = jeffreys(kept, n)
    missed = sorted((case for case in cases if not case.kept), key=lambda case: (case.at, case.row), reverse=True)
    return Share(
        n=n,
        kept=kept,
        target=target,
        share=kept / n if n else None,
        interval=interval,
        verdict=_verdict(n, interval, target),
        misses=tuple(case.row for case in missed),
        needed=math.ceil(round(target * n, 9)),
    )


def _verdict(n: int, interval: Interval, target: float) -> Verdict:
    if n == 0:
        return Verdict.NOTHING
    if n < THIN_BELOW:
        return Verdict.THIN
    if interval.low >= target:
        return Verdict.HOLDS
    if interval.high < target:
        return Verdict.SHORT
    return Verdict.THIN if interval.width > FAIR_WIDTH else Verdict.CLOSE
