"""The Beta curve in plain arithmetic: its area, its quantiles, and the moments of its logarithm.

So that serving needs no scipy, whose import costs a second of CPU and whose files are larger than all the rest; the
tests hold both against each other.
"""

import math
from functools import lru_cache

_TINY = 1e-300
_EXACT = 3e-16
_STEPS = 10_000
_CLOSE = 1e-13
_FAR = 12.0  # from here on the asymptotic series is exact to 1e-15


def beta_area(x: float, alpha: float, beta: float) -> float:
    """P(X <= x) of Beta(alpha, beta): the continued fraction of DiDonato and Morris, by Lentz; about 1e-13."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (alpha + 1) / (alpha + beta + 2):
        return 1 - _area_below_mean(1 - x, beta, alpha)
    return _area_below_mean(x, alpha, beta)


def beta_quantile(probability: float, alpha: float, beta: float) -> float:
    """The x below which Beta(alpha, beta) lies with that probability: Newton's steps, kept in a shrinking bracket.

    ValueError unless both counts are above 0 and 0 < probability < 1.
    """
    if not (alpha > 0 and beta > 0 and 0 < probability < 1):
        raise ValueError(f"No quantile {probability:g} of Beta({alpha:g}, {beta:g}).")
    low, high = 0.0, 1.0
    x = alpha / (alpha + beta)
    scale = _log_beta(alpha, beta)
    for _ in range(200):
        off = beta_area(x, alpha, beta) - probability
        low, high = (low, x) if off > 0 else (x, high)
        slope = math.exp((alpha - 1) * math.log(x) + (beta - 1) * math.log1p(-x) - scale)
        step = x - off / slope if slope > _TINY else math.inf
        following = step if low < step < high else (low + high) / 2
        if abs(following - x) <= _CLOSE * x or following in (0.0, 1.0):
            return following
        x = following
    return x


def psi(x: float) -> float:
    """Digamma of x > 0, about 1e-14."""
    total = 0.0
    while x < _FAR:
        total -= 1 / x
        x += 1
    r = 1 / (x * x)
    series = r * (1 / 12 - r * (1 / 120 - r * (1 / 252 - r * (1 / 240 - r * (1 / 132 - r * 691 / 32760)))))
    return total + math.log(x) - 0.5 / x - series


def psi1(x: float) -> float:
    """Trigamma of x > 0, about 1e-14."""
    total = 0.0
    while x < _FAR:
        total += 1 / (x * x)
        x += 1
    r = 1 / (x * x)
    series = 1 / 6 - r * (1 / 30 - r * (1 / 42 - r * (1 / 30 - r * (5 / 66 - r * 691 / 2730))))
    return total + 1 / x + r / 2 + series * r / x


def _area_below_mean(x: float, alpha: float, beta: float) -> float:
    front = math.exp(alpha * math.log(x) + beta * math.log1p(-x) - _log_beta(alpha, beta))
    return front * _fraction(x, alpha, beta) / alpha


@lru_cache(maxsize=4096)
def _log_beta(alpha: float, beta: float) -> float:
    return math.lgamma(alpha) + math.lgamma(beta) - math.lgamma(alpha + beta)


def _fraction(x: float, alpha: float, beta: float) -> float:
    both = alpha + beta
    c, d = 1.0, _safe(1 - both * x / (alpha + 1))
    d = 1 / d
    value = d
    for m in range(1, _STEPS):
        twice = alpha + 2 * m
        even = m * (beta - m) * x / ((twice - 1) * twice)
        d, c = 1 / _safe(1 + even * d), _safe(1 + even / c)
        value *= d * c
        odd = -(alpha + m) * (both + m) * x / (twice * (twice + 1))
        d, c = 1 / _safe(1 + odd * d), _safe(1 + odd / c)
        value *= d * c
        if abs(d * c - 1) < _EXACT:
            break
    return value


def _safe(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
