"""What evidence of different age and weight lets us believe of a share, beginning from the firm's own average."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kept.measures.intervals import Interval, beta_interval

NEW_FIRM_MEAN = 0.85  # MEASURES 1.3: m of a firm without a past of its own
PRIOR_STRENGTH = 8.0  # MEASURES 1.3: k with fewer than five clients
FIRM_WIDTH, FAIR_WIDTH = 0.10, 0.20  # MEASURES 1.4: width of the 80 % interval
THIN_BELOW = 5.0  # MEASURES 1.4: decayed weight under which evidence is thin at any width
_SECONDS_A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Evidence:
    """One event: how well it went (0..1), its weight, and the days in which it loses half of that."""

    row: int
    worth: float
    weight: float
    half_life: float
    at: datetime


@dataclass(frozen=True, slots=True)
class Prior:
    """What is believed before any evidence: the firm's mean (0..1), and how many events it is worth."""

    mean: float = NEW_FIRM_MEAN
    strength: float = PRIOR_STRENGTH


NEW_FIRM = Prior()


class Confidence(StrEnum):
    THIN = "thin"
    FAIR = "fair"
    FIRM = "firm"


@dataclass(frozen=True, slots=True)
class Pull:
    """By how much one event moved the share away from the prior mean; all pulls add up to the whole move."""

    row: int
    by: float


@dataclass(frozen=True, slots=True)
class Belief:
    """A Beta posterior: its mean, 80 % interval, decayed weight, confidence, and what moved it, most first."""

    share: float
    interval: Interval
    weight: float
    confidence: Confidence
    pulls: tuple[Pull, ...]
    alpha: float
    beta: float


def decay(days: float, half_life: float) -> float:
    """2^(-days / half-life), the part of its weight an event still has (Josang and Ismail 2002)."""
    return float(2 ** (-days / half_life))


def belief(evidence: Sequence[Evidence], *, at: datetime, prior: Prior = NEW_FIRM) -> Belief:
    """Beta-Binomial belief from events up to `at`; later ones are not known yet and count for nothing.

    alpha = k m + sum w d x, beta = k (1 - m) + sum w d (1 - x); MEASURES 1.3, pulls as in 1.5.
    """
    known = sorted((each for each in evidence if each.at <= at), key=lambda each: (each.at, each.row))
    weights = [each.weight * decay((at - each.at).total_seconds() / _SECONDS_A_DAY, each.half_life) for each in known]
    total = sum(weights)
    good = sum(weight * each.worth for weight, each in zip(weights, known, strict=True))
    alpha = prior.strength * prior.mean + good
    beta = prior.strength * (1 - prior.mean) + total - good
    interval = beta_interval(alpha, beta)
    pulls = (
        Pull(each.row, weight * (each.worth - prior.mean) / (prior.strength + total))
        for weight, each in zip(weights, known, strict=True)
    )
    return Belief(
        share=alpha / (alpha + beta),
        interval=interval,
        weight=total,
        confidence=confidence(interval, total),
        pulls=tuple(sorted(pulls, key=lambda pull: (-abs(pull.by), pull.row))),
        alpha=alpha,
        beta=beta,
    )


def confidence(interval: Interval, weight: float) -> Confidence:
    """How far to trust a share: firm up to 10 points of width, fair up to 20, thin beyond or on little."""
    if weight < THIN_BELOW or interval.width > FAIR_WIDTH:
        return Confidence.THIN
    return Confidence.FIRM if interval.width <= FIRM_WIDTH else Confidence.FAIR
