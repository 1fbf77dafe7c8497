"""Where a client's trust begins: the firm's own average of each pillar, and how much that average is worth."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from kept.measures.belief import Prior
from kept.measures.trust_blend import BLEND, Blend
from kept.measures.trust_streams import Part
from kept.measures.trust_weighing import Sums

# The formula counts clients; one whose evidence has all but faded is none any more.
_COUNTS_FROM = 1.0

type Priors = Mapping[Part, Prior]
type SumsOfParts = Mapping[Part, Sums]


@dataclass(frozen=True, slots=True)
class FirmPriors:
    """The firm on one day; small enough to keep, so that one client can be judged without reading all others."""

    sums: Mapping[int, SumsOfParts]  # by client
    totals: SumsOfParts
    strengths: Mapping[Part, float]
    blend: Blend

    def of(self, client: int) -> Priors:
        """Where this client begins; without its own evidence once the firm has five clients."""
        alone = len(self.sums) < self.blend.leave_out_from
        own = {} if alone else self.sums.get(client, {})
        return {part: self._prior(part, own.get(part, Sums())) for part in Part}

    def _prior(self, part: Part, without: Sums) -> Prior:
        total = self.totals[part]
        left = Sums(max(0.0, total.weight - without.weight), max(0.0, total.good - without.good))
        return Prior(firm_mean(left, blend=self.blend), self.strengths[part])


def firm_priors(sums: Mapping[int, SumsOfParts], *, blend: Blend = BLEND) -> FirmPriors:
    """The firm's averages from the sums of all clients it has, those without evidence among them."""
    by_part = {part: [own.get(part, Sums()) for own in sums.values()] for part in Part}
    totals = {
        part: Sums(math.fsum(each.weight for each in found), math.fsum(each.good for each in found))
        for part, found in by_part.items()
    }
    strengths = {part: prior_strength(found, blend=blend) for part, found in by_part.items()}
    return FirmPriors(MappingProxyType(dict(sums)), totals, strengths, blend)


def new_firm(blend: Blend = BLEND) -> Priors:
    """Where the first client of a firm without a past begins."""
    return {part: Prior(blend.new_firm_mean, blend.strength) for part in Part}


def firm_mean(total: Sums, *, blend: Blend = BLEND) -> float:
    """m = (8 x .85 + sum Sx) / (8 + sum N), always inside 0..1; MEASURES 1.3."""
    return (blend.new_firm_events * blend.new_firm_mean + total.good) / (blend.new_firm_events + total.weight)


def prior_strength(clients: Sequence[Sums], *, blend: Blend = BLEND) -> float:
    """k within its bounds; the default while fewer than five clients have evidence of weight 1 or more."""
    counted = [each for each in clients if each.weight >= _COUNTS_FROM]
    if len(counted) < blend.strength_from_clients:
        return blend.strength
    found = moments_strength(counted)
    return blend.strength_most if found is None else min(blend.strength_most, max(blend.strength_least, found))


def moments_strength(clients: Sequence[Sums]) -> float | None:
    """k by moments (Kleinman 1973, as in MEASURES 1.3); None when clients differ no more than chance lets them.

    S2 = sum n (p_i - p)^2; sb2 = (S2 - c p (1 - p)) / (N - sum n^2 / N); k = p (1 - p) / sb2 - 1. For whole events
    c = I - 1, as in the paper. Faded ones scatter less around their client than so many whole ones would:
    c = sum (sum w^2 / n_i) (1 - n_i / N). Without that a true 8 is read as 20 to 40. And marks of 6 to 9 scatter far
    less around their client than yes and no would: chance is what is seen within clients, at most p (1 - p). Without
    that a firm that asks for marks is told that its clients do not differ (docs/MEASURES.md).
    """
    total = math.fsum(each.weight for each in clients)
    mean = math.fsum(each.good for each in clients) / total
    chance = mean * (1 - mean)
    spread = math.fsum(each.weight * (each.good / each.weight - mean) ** 2 for each in clients)
    room = total - math.fsum(each.weight**2 for each in clients) / total
    within = min(chance, _within(clients, otherwise=chance))
    by_chance = within * math.fsum(_scatter(each) * (1 - each.weight / total) for each in clients)
    between = (spread - by_chance) / room if room > 0 else 0.0
    return chance / between - 1 if between > 0 else None


def _scatter(client: Sums) -> float:
    return 1.0 if client.squares is None else client.squares / client.weight


def _within(clients: Sequence[Sums], *, otherwise: float) -> float:
    """The variance of single events around their client: sum w (x - p_i)^2 / sum (n_i - sum w^2 / n_i)."""
    free = math.fsum(each.weight - _scatter(each) for each in clients)
    if free < _COUNTS_FROM or any(each.good_squares is None for each in clients):
        return otherwise
    around = math.fsum((each.good_squares or 0.0) - each.good**2 / each.weight for each in clients)
    return max(0.0, around / free)
