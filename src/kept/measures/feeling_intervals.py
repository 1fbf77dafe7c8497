"""How sure an average of few answers is, and how sure a mark in a row of times."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from kept.measures.beta_curve import beta_quantile
from kept.measures.binomial import binomial_range
from kept.measures.intervals import WILSON_LEVEL, Interval, normal_quantile


@dataclass(frozen=True, slots=True)
class Ranks:
    """The ranks (1 is the smallest) between which a quantile lies, and how often that holds, 0..1."""

    low: int
    high: int
    holds: float


def mean_interval(
    values: Sequence[float], *, low: float = -math.inf, high: float = math.inf, level: float = WILSON_LEVEL
) -> Interval | None:
    """Student's interval of a mean, clipped to the scale; None below two values."""
    if len(values) < 2:
        return None
    mean = fmean(values)
    reach = student_quantile(0.5 + level / 2, len(values) - 1) * stdev(values) / math.sqrt(len(values))
    return Interval(max(low, mean - reach), min(high, mean + reach))


def student_quantile(probability: float, freedom: int) -> float:
    """The t with P(T <= t) = probability, from .5 up: t^2 = n y / (1 - y), y of Beta(1 / 2, n / 2)."""
    if not 0.5 <= probability < 1:
        raise ValueError(f"Student's quantile is asked from .5 up to 1, not at {probability:g}.")
    if probability == 0.5:
        return 0.0
    y = beta_quantile(2 * probability - 1, 0.5, freedom / 2)
    return math.sqrt(freedom * y / (1 - y))


def differs(first: float, first_error: float, second: float, second_error: float) -> bool:
    """Whether two figures differ for sure: the 95 % range of their difference leaves out 0.

    Only then may a change be coloured; errors are standard errors. MEASURES 6.
    """
    reach = normal_quantile(0.5 + WILSON_LEVEL / 2) * math.hypot(first_error, second_error)
    return abs(first - second) > reach


def agresti_coull(successes: float, n: float, level: float = WILSON_LEVEL) -> Interval:
    """The adjusted Wald interval of a share (Agresti and Coull 1998), 0..1; what NPS uses, for two outcomes."""
    z = normal_quantile(0.5 + level / 2)
    trials = n + z * z
    share = (successes + z * z / 2) / trials
    reach = z * math.sqrt(share * (1 - share) / trials)
    return Interval(max(0.0, share - reach), min(1.0, share + reach))


def most_unseen(n: int, level: float = WILSON_LEVEL) -> float:
    """The highest share that n answers without a single case still allow: 1 - (1 - level)^(1 / n); 1 without any."""
    return 1.0 if n == 0 else 1 - (1 - level) ** (1 / n)


def quantile_ranks(n: int, part: float, level: float = WILSON_LEVEL) -> Ranks:
    """The range of a quantile by order (Campbell and Gardner 1988): n p -+ z sqrt(n p (1 - p)), the high end + 1.

    Rounded to whole ranks and kept within 1..n, so that it holds a little more or less often than `level`:
    `holds` = P(low <= X < high), X ~ Binomial(n, part).
    """
    if n < 1 or not 0 < part < 1:
        raise ValueError("A quantile needs at least one time, and a part between 0 and 1.")
    reach = normal_quantile(0.5 + level / 2) * math.sqrt(n * part * (1 - part))
    low = max(1, round(n * part - reach))
    high = min(n, round(n * part + reach + 1))
    return Ranks(low, high, binomial_range(low, high, n=n, share=part))
