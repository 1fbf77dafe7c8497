"""The binomial's chances, also of counts whose coefficients no float holds."""

import math


def binomial_range(low: int, high: int, *, n: int, share: float) -> float:
    """P(low <= X < high) of X ~ Binomial(n, share), 0 < share < 1."""
    return min(1.0, math.fsum(_chance(k, n, share) for k in range(max(0, low), min(n + 1, high))))


def _chance(k: int, n: int, share: float) -> float:
    ways = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    return math.exp(ways + k * math.log(share) + (n - k) * math.log1p(-share))
