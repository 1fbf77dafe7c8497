"""Whether a client has gone quiet: fewer contacts of their own accord than chance allows."""

from dataclasses import dataclass

from kept.measures.binomial import binomial_range
from kept.measures.standing_numbers import STAYING, Staying

LATELY_DAYS, BEFORE_DAYS = 60, 180  # MEASURES 2


@dataclass(frozen=True, slots=True)
class Quiet:
    """Contacts of the last 60 days beside those expected from the 180 before; `chance` of so few if nothing changed."""

    lately: int
    before: int
    expected: float
    chance: float
    gone: bool


def quiet(lately: int, before: int, *, numbers: Staying = STAYING) -> Quiet:
    """Counts of contacts the client began. P(X <= lately), X ~ Binomial(lately + before, 60 / 240). MEASURES 2.

    `expected` is of all contacts by the share of days, as in the paper.
    """
    n, share = lately + before, LATELY_DAYS / (LATELY_DAYS + BEFORE_DAYS)
    chance = binomial_range(0, lately + 1, n=n, share=share)
    return Quiet(lately, before, n * share, chance, chance < numbers.quiet_below)
