"""How long until it happens, when for some it has not happened yet: Kaplan-Meier."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from kept.measures.intervals import WILSON_LEVEL, Interval, normal_quantile

# shares are products of fractions: without it a median at exactly one half is passed over (MEASURES 7)
_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Spell:
    """How long one case took or, when it has not `ended`, has lasted so far."""

    length: timedelta
    ended: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """At `at` some of those at risk ended; `share` is the part that lasts longer, with its log-log interval."""

    at: timedelta
    at_risk: int
    ended: int
    share: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class Quantile:
    """When so many have ended, and its range; None is "not reached"."""

    at: timedelta | None
    low: timedelta | None
    high: timedelta | None


def survival(spells: Sequence[Spell], *, level: float = WILSON_LEVEL) -> tuple[Step, ...]:
    """The Kaplan-Meier curve, one step for each length at which a case ended; O(n log n).

    S(t) = product of 1 - d/n; interval S^exp(-+ z se) with Greenwood's se on the log-log scale
    (Kalbfleisch and Prentice). A case that has not ended is at risk up to and at its age.
    """
    ended = Counter(spell.length for spell in spells if spell.ended)
    lasting = Counter(spell.length for spell in spells if not spell.ended)
    z = normal_quantile(0.5 + level / 2)
    at_risk, share, greenwood = len(spells), 1.0, 0.0
    steps: list[Step] = []
    for length in sorted(ended.keys() | lasting.keys()):
        over = ended[length]
        if over:
            share *= 1 - over / at_risk
            greenwood += over / (at_risk * (at_risk - over)) if over < at_risk else 0.0
            steps.append(Step(length, at_risk, over, share, _log_log(share, greenwood, z)))
        at_risk -= over + lasting[length]
    return tuple(steps)


def quantile(steps: Sequence[Step], part: float) -> Quantile:
    """The first length by which `part` (0..1) of the cases have ended; its range by Brookmeyer and Crowley."""
    left = 1 - part + _TOLERANCE
    return Quantile(
        at=next((step.at for step in steps if step.share <= left), None),
        low=next((step.at for step in steps if step.interval.low <= left), None),
        high=next((step.at for step in steps if step.interval.high <= left), None),
    )


def _log_log(share: float, greenwood: float, z: float) -> Interval:
    if share <= _TOLERANCE:
        return Interval(0.0, 0.0)
    reach = math.exp(z * math.sqrt(greenwood) / abs(math.log(share)))
    return Interval(share**reach, share ** (1 / reach))
