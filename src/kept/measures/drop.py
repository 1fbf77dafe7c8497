"""Whether service lately is worse than before, in words a lead can use."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from kept.measures.belief import NEW_FIRM, Prior
from kept.measures.intervals import normal_cdf
from kept.measures.trust_events import Event
from kept.measures.trust_streams import PART_OF, Part
from kept.measures.trust_weighing import Sums, weigh

_LATELY = timedelta(days=60)
_LIKELY, _VERY_LIKELY = 0.8, 0.9  # MEASURES 1.7


@dataclass(frozen=True, slots=True)
class Posterior:
    """A Beta belief by its two counts."""

    alpha: float
    beta: float

    @property
    def mean(self) -> float:
        return self.alpha / (self.alpha + self.beta)

    @property
    def variance(self) -> float:
        return self.mean * (1 - self.mean) / (self.alpha + self.beta + 1)


def drop_chance(older: Posterior, recent: Posterior, *, by: float = 0.10) -> float:
    """P(recent lies at least `by` below older), from the normal curve: Phi((m1 - d - m2) / sqrt(v1 + v2))."""
    return normal_cdf((older.mean - by - recent.mean) / math.sqrt(older.variance + recent.variance))


def drop_words(chance: float) -> str:
    """ "very likely" from .9, "likely" from .8, else nothing, for then there is nothing to say."""
    return "very likely" if chance >= _VERY_LIKELY else "likely" if chance >= _LIKELY else ""


@dataclass(frozen=True, slots=True)
class Drop:
    """How likely a pillar fell by at least `by` in the last 60 days, and on how many events either side stands."""

    by: float
    chance: float
    older: Posterior
    recent: Posterior
    older_n: int
    recent_n: int

    @property
    def words(self) -> str:
        return drop_words(self.chance)


def drop(events: Iterable[Event], part: Part, *, at: datetime, prior: Prior = NEW_FIRM, by: float = 0.10) -> Drop:
    """Compare a pillar's last 60 days with all before, both faded to `at` and both begun at the firm's average."""
    own = [each for each in events if PART_OF[each.stream] is part and each.at <= at]
    turn = at - _LATELY
    recent = [each for each in own if each.at > turn]
    older = [each for each in own if each.at <= turn]
    before, lately = (_posterior(weigh(some, at=at)[part].sums, prior) for some in (older, recent))
    return Drop(by, drop_chance(before, lately, by=by), before, lately, len(older), len(recent))


def _posterior(sums_of: Sums, prior: Prior) -> Posterior:
    good, bad = sums_of.good, sums_of.weight - sums_of.good
    return Posterior(prior.strength * prior.mean + good, prior.strength * (1 - prior.mean) + bad)
