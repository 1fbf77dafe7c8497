"""How sure a share is: the intervals every measure puts beside its number."""

import math
from dataclasses import dataclass
from statistics import NormalDist

from kept.measures.beta_curve import beta_quantile

WILSON_LEVEL = 0.95  # MEASURES 6: proportions of answers and replies
BELIEF_LEVEL = 0.80  # MEASURES 1.3: posteriors are shown with their middle 80 %


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed range; for shares both ends lie in 0..1."""

    low: float
    high: float

    @property
    def width(self) -> float:
        return self.high - self.low


def wilson(successes: float, n: float, level: float = WILSON_LEVEL) -> Interval:
    """Score interval of a share (Wilson 1927), 0..1; nothing seen gives 0..1.

    Raises ValueError unless 0 <= successes <= n and 0 < level < 1.
    """
    _check_counts(successes, n)
    _check_level(level)
    if n == 0:
        return Interval(0.0, 1.0)
    z = normal_quantile(0.5 + level / 2)
    share = successes / n
    middle = share + z * z / (2 * n)
    reach = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    low = 0.0 if successes == 0 else max(0.0, (middle - reach) / scale)
    high = 1.0 if successes == n else min(1.0, (middle + reach) / scale)
    return Interval(low, high)


def jeffreys(successes: float, n: float, level: float = BELIEF_LEVEL) -> Interval:
    """Equal-tailed Beta(s + 1/2, n - s + 1/2) interval of a share (Brown, Cai, DasGupta 2001), 0..1.

    By their custom the low end is 0 when nothing succeeded and the high end 1 when all did.
    Raises ValueError unless 0 <= successes <= n and 0 < level < 1.
    """
    _check_counts(successes, n)
    if n == 0:
        return Interval(0.0, 1.0)
    belief = beta_interval(successes + 0.5, n - successes + 0.5, level)
    low = 0.0 if successes == 0 else belief.low
    high = 1.0 if successes == n else belief.high
    return Interval(low, high)


def beta_interval(alpha: float, beta: float, level: float = BELIEF_LEVEL) -> Interval:
    """Equal-tailed interval of a Beta(alpha, beta) belief, 0..1; ValueError unless both are above 0."""
    _check_level(level)
    if not (alpha > 0 and beta > 0):
        raise ValueError(f"A Beta belief needs both counts above 0, not {alpha:g} and {beta:g}.")
    tail = (1 - level) / 2
    return Interval(beta_quantile(tail, alpha, beta), beta_quantile(1 - tail, alpha, beta))


def normal_cdf(z: float) -> float:
    """P(Z <= z) of a standard normal, 0..1."""
    return 0.5 * math.erfc(-z / math.sqrt(2))


def normal_quantile(probability: float) -> float:
    """The z with normal_cdf(z) == probability; ValueError outside 0..1, ends excluded."""
    if not 0 < probability < 1:
        raise ValueError(f"A probability lies between 0 and 1, not at {probability:g}.")
    return NormalDist().inv_cdf(probability)


def _check_counts(successes: float, n: float) -> None:
    if not 0 <= successes <= n:
        raise ValueError(f"{successes:g} of {n:g} is no share: count what succeeded out of all.")


def _check_level(level: float) -> None:
    if not 0 < level < 1:
        raise ValueError(f"A level lies between 0 and 1, such as 0.8; it was {level:g}.")
