"""How often a warning came before a client left or complained, how often for nothing, and beside it simpler ones."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kept.measures.intervals import BELIEF_LEVEL, Interval, jeffreys, normal_quantile

HORIZONS = (30, 60, 90)  # days before; MEASURES 11
FEWEST_LOSSES = 20  # below it no AUC is printed; MEASURES 9
QUARTER = 90  # days after a quarter's first in which what came counts as foretold by it


class Teller(StrEnum):
    """Who might have warned: three readings of Kept, and three that need no reckoning."""

    TRUST = "trust"
    STANDING = "standing"
    FORECAST = "the burn forecast"
    ANSWER = "the last answer"
    KEPT = "promises kept in 30 days"
    BURN = "hours used"


OURS = (Teller.TRUST, Teller.STANDING, Teller.FORECAST)
NAIVE = (Teller.ANSWER, Teller.KEPT, Teller.BURN)


class What(StrEnum):
    LEFT = "left"
    COMPLAINED = "complained"


@dataclass(frozen=True, slots=True)
class Said:
    """What one teller said of one client on one day: `warned` None where it knew nothing; higher `risk` is worse."""

    warned: bool | None = None
    risk: float | None = None


SILENT = Said()
Sayings = Mapping[Teller, Said]


@dataclass(frozen=True, slots=True)
class Case:
    """A client who left or complained at `at`, and what was said so many days before, for each horizon."""

    client: int
    what: What
    at: datetime
    how: str  # in words: "asked for a handover"
    said: Mapping[int, Sayings]


@dataclass(frozen=True, slots=True)
class Quarter:
    """A client on the first day of a quarter: what was said, and what came within 90 days."""

    client: int
    at: datetime
    came: frozenset[What]
    said: Sayings


@dataclass(frozen=True, slots=True)
class Share:
    """`n` of which `of` are known; the 80 % range by Jeffreys, None where nothing is known."""

    n: int
    of: int

    @property
    def interval(self) -> Interval | None:
        return jeffreys(self.n, self.of) if self.of else None


@dataclass(frozen=True, slots=True)
class Ranking:
    """The chance that one who left had been ranked above one who stayed (AUC), with its error by Hanley and McNeil."""

    auc: float
    error: float
    losses: int
    others: int

    @property
    def interval(self) -> Interval:
        reach = normal_quantile(0.5 + BELIEF_LEVEL / 2) * self.error
        return Interval(max(0.0, self.auc - reach), min(1.0, self.auc + reach))


@dataclass(frozen=True, slots=True)
class Verdict:
    """One teller: of those it knew, how many it warned of by horizon, and of the quiet quarters how many in vain.

    `unknown` are cases at the longest horizon of which it knew nothing: neither hits nor misses.
    """

    teller: Teller
    hits: Mapping[int, Share]
    false_alarms: Share
    unknown: int
    ranking: Ranking | None


def verdicts(cases: Sequence[Case], quarters: Sequence[Quarter], *, of: What) -> tuple[Verdict, ...]:
    """Every teller judged by the same cases of one kind and the same quarters. MEASURES 11."""
    ours = [case for case in cases if case.what is of]
    return tuple(_verdict(teller, ours, quarters, of) for teller in Teller)


def ranking(risks: Sequence[float], others: Sequence[float]) -> Ranking | None:
    """AUC of `risks` of those lost against `others`; None under 20 losses or without anybody to compare with.

    se^2 = [A (1 - A) + (n1 - 1)(A / (2 - A) - A^2) + (n2 - 1)(2 A^2 / (1 + A) - A^2)] / (n1 n2). Hanley, McNeil 1982.
    """
    if len(risks) < FEWEST_LOSSES or not others:
        return None
    above = sum((risk > other) + 0.5 * (risk == other) for risk in risks for other in others)
    auc = above / (len(risks) * len(others))
    return Ranking(auc, ranking_error(auc, losses=len(risks), others=len(others)), len(risks), len(others))


def ranking_error(auc: float, *, losses: int, others: int) -> float:
    """The standard error of an AUC; MEASURES 9: .75 of 7 and 43 gives .112."""
    first = auc / (2 - auc) - auc * auc
    second = 2 * auc * auc / (1 + auc) - auc * auc
    return math.sqrt((auc * (1 - auc) + (losses - 1) * first + (others - 1) * second) / (losses * others))


def _verdict(teller: Teller, cases: Sequence[Case], quarters: Sequence[Quarter], of: What) -> Verdict:
    # a quarter in which anything came is no false alarm, whatever the warning meant
    quiet = [quarter.said.get(teller, SILENT) for quarter in quarters if not quarter.came]
    lost = [quarter.said.get(teller, SILENT) for quarter in quarters if of in quarter.came]
    return Verdict(
        teller=teller,
        hits={days: _share(case.said.get(days, {}).get(teller, SILENT) for case in cases) for days in HORIZONS},
        false_alarms=_share(quiet),
        unknown=sum(case.said.get(HORIZONS[-1], {}).get(teller, SILENT).warned is None for case in cases),
        ranking=ranking([s.risk for s in lost if s.risk is not None], [s.risk for s in quiet if s.risk is not None]),
    )


def _share(said: Iterable[Said]) -> Share:
    known = [one.warned for one in said if one.warned is not None]
    return Share(sum(known), len(known))
