"""Trust: earned by quality, consistency and merit, with its range, and opened to the rows that moved it."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kept.measures.belief import Confidence, Prior
from kept.measures.beta_curve import beta_quantile, psi, psi1
from kept.measures.intervals import BELIEF_LEVEL, Interval, normal_quantile
from kept.measures.trust_attribution import Contribution, contributions
from kept.measures.trust_blend import BLEND, Blend
from kept.measures.trust_events import Event
from kept.measures.trust_excluded import Excluded, apart
from kept.measures.trust_prior import FirmPriors, Priors, firm_priors, new_firm
from kept.measures.trust_streams import Part
from kept.measures.trust_weighing import Weighed, weigh
from kept.measures.trust_words import Reason, reasons, sentence

_POINTS = 100
_TAIL = (1 - BELIEF_LEVEL) / 2


@dataclass(frozen=True, slots=True)
class Pillar:
    """One pillar's Beta posterior, shares 0..1: its mean, its middle 80 %, and the firm's average it began at.

    `n` events, `weight` what they weigh after fading; alpha = k m + Sx, beta = k (1 - m) + N - Sx.
    """

    part: Part
    mean: float
    low: float
    high: float
    alpha: float
    beta: float
    n: int
    weight: float
    prior: Prior


@dataclass(frozen=True, slots=True)
class Trust:
    """Trust in points of 100, its middle 80 %, and where the client began (`baseline`).

    `contributions` add up to value - baseline. A thin one is shown as a range, never as good or bad.
    Lists are sorted by `low`.
    """

    value: float
    low: float
    high: float
    evidence: Confidence
    baseline: float
    n: int
    weight: float
    pillars: tuple[Pillar, ...]
    contributions: tuple[Contribution, ...]
    excluded: tuple[Excluded, ...] = ()

    @property
    def thin(self) -> bool:
        return self.evidence is Confidence.THIN

    @property
    def interval(self) -> Interval:
        return Interval(self.low, self.high)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return reasons(self.contributions)

    @property
    def sentence(self) -> str:
        return sentence(self.value, self.interval, evidence=self.evidence, why=self.reasons)

    def pillar(self, part: Part) -> Pillar:
        return next(each for each in self.pillars if each.part is part)


def trust(
    events: Iterable[Event],
    *,
    at: datetime,
    priors: Priors | None = None,
    excluded: Sequence[Excluded] = (),
    blend: Blend = BLEND,
) -> Trust:
    """One client's trust as of `at`, begun at `priors` (of `FirmPriors.of`; else a new firm's). MEASURES 1.2 to 1.5."""
    counted, held = apart(events, excluded, at=at) if excluded else (events, ())
    return _judged(weigh(counted, at=at, blend=blend), priors or new_firm(blend), held, blend)


def trust_of_all(
    events: Mapping[int, Iterable[Event]],
    *,
    at: datetime,
    excluded: Mapping[int, Sequence[Excluded]] | None = None,
    blend: Blend = BLEND,
) -> tuple[dict[int, Trust], FirmPriors]:
    """Every client's trust as of `at`, each begun at the average of the others; with the priors, to be kept.

    Give all clients of the firm, also those without events: they count for how many there are.
    """
    parted = {client: apart(own, (excluded or {}).get(client, ()), at=at) for client, own in events.items()}
    weighed = {client: weigh(counted, at=at, blend=blend) for client, (counted, _) in parted.items()}
    firm = firm_priors(
        {client: {part: found.sums for part, found in own.items()} for client, own in weighed.items()}, blend=blend
    )
    judged = {client: _judged(own, firm.of(client), parted[client][1], blend) for client, own in weighed.items()}
    return judged, firm


def _judged(weighed: Mapping[Part, Weighed], priors: Priors, excluded: tuple[Excluded, ...], blend: Blend) -> Trust:
    pillars = tuple(_pillar(part, weighed[part], priors[part]) for part in Part)
    value = math.prod(each.mean ** blend.share_of(each.part) for each in pillars)
    reach = _range(pillars, blend)
    weight = math.fsum(each.weight for each in pillars)
    return Trust(
        value=_POINTS * value,
        low=_POINTS * reach.low,
        high=_POINTS * reach.high,
        evidence=_evidence(reach, weight, blend),
        baseline=_POINTS * math.prod(each.prior.mean ** blend.share_of(each.part) for each in pillars),
        n=sum(each.n for each in pillars),
        weight=weight,
        pillars=pillars,
        contributions=contributions(weighed, priors, blend=blend),
        excluded=excluded,
    )


def _pillar(part: Part, weighed: Weighed, prior: Prior) -> Pillar:
    alpha = prior.strength * prior.mean + weighed.sums.good
    beta = prior.strength * (1 - prior.mean) + weighed.sums.weight - weighed.sums.good
    return Pillar(
        part=part,
        mean=alpha / (alpha + beta),
        low=beta_quantile(_TAIL, alpha, beta),
        high=beta_quantile(1 - _TAIL, alpha, beta),
        alpha=alpha,
        beta=beta,
        n=len(weighed.events),
        weight=weighed.sums.weight,
        prior=prior,
    )


def _range(pillars: Sequence[Pillar], blend: Blend) -> Interval:
    """exp(mu -+ z s) of the logarithm's moments, at most 1; MEASURES 1.4."""
    shares = [(blend.share_of(each.part), each) for each in pillars]
    middle = math.fsum(v * (psi(each.alpha) - psi(each.alpha + each.beta)) for v, each in shares)
    spread = math.sqrt(math.fsum(v * v * (psi1(each.alpha) - psi1(each.alpha + each.beta)) for v, each in shares))
    reach = normal_quantile(1 - _TAIL) * spread
    return Interval(min(1.0, math.exp(middle - reach)), min(1.0, math.exp(middle + reach)))


def _evidence(reach: Interval, weight: float, blend: Blend) -> Confidence:
    if weight < blend.thin_below or reach.width > blend.fair_width:
        return Confidence.THIN
    return Confidence.FIRM if reach.width <= blend.firm_width else Confidence.FAIR
