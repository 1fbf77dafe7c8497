"""How many points each row moved trust: parts that add up to the whole, exactly."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from kept.measures.belief import Prior
from kept.measures.trust_blend import BLEND, Blend
from kept.measures.trust_events import Event
from kept.measures.trust_streams import Part, Stream
from kept.measures.trust_weighing import Weighed

_POINTS = 100


@dataclass(frozen=True, slots=True)
class Contribution:
    """Points by which one event moved trust away from where the client began."""

    event: Event
    points: float

    @property
    def row(self) -> int:
        return self.event.row

    @property
    def stream(self) -> Stream:
        return self.event.stream


def log_mean(a: float, b: float) -> float:
    """The logarithmic mean (a - b) / ln(a / b) of two numbers above 0, a when they are equal."""
    return a if a == b else (a - b) / math.log1p((a - b) / b)


def contributions(
    weighed: Mapping[Part, Weighed], priors: Mapping[Part, Prior], *, blend: Blend = BLEND
) -> tuple[Contribution, ...]:
    """Each event's points, most first; their sum is 100 (T - T0) (LMDI decomposition, Ang 2005; MEASURES 1.5).

    c = 100 L(T, T0) v [w d (x - m) / (k + N)] / L(p, m), with L the logarithmic mean.
    """
    shares = {part: _share(weighed[part], priors[part]) for part in Part}
    trust = math.prod(shares[part] ** blend.share_of(part) for part in Part)
    baseline = math.prod(priors[part].mean ** blend.share_of(part) for part in Part)
    whole = _POINTS * log_mean(trust, baseline)
    found: list[Contribution] = []
    for part in Part:
        mean, strength = priors[part].mean, priors[part].strength
        scale = whole * blend.share_of(part) / log_mean(shares[part], mean) / (strength + weighed[part].sums.weight)
        found += [Contribution(each, scale * weight * (each.x - mean)) for each, weight in weighed[part].events]
    return tuple(sorted(found, key=lambda each: (-abs(each.points), each.event.stream, each.event.row, each.points)))


def _share(weighed: Weighed, prior: Prior) -> float:
    return (prior.strength * prior.mean + weighed.sums.good) / (prior.strength + weighed.sums.weight)
