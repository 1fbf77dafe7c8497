"""Strain on our own people: hours above the contract, and the Copenhagen items; screening, never a diagnosis."""

from collections.abc import Sequence
from enum import IntEnum
from statistics import fmean

# MEASURES 8: ratio of the last four weeks; 55 h after WHO and ILO, 48 h after the working time directive
AMBER_RATIO, RED_RATIO = 1.10, 1.20
RED_WEEK, RED_LONG_MEAN = 55.0, 48.0
LATEST_WEEKS, LONG_WEEKS = 4, 17
CBI_REFERENCE = 50.0
_TOP = 100.0


class Strain(IntEnum):
    USUAL = 0
    AMBER = 1
    RED = 2


def overtime(weeks: Sequence[float], contract: float) -> tuple[float, Strain]:
    """Hours of weeks, oldest first, against the contract's: the four-week ratio, and how it is to be seen.

    A week of 55 h among the last four, or a mean above 48 h over 17, is red. ValueError without weeks or contract.
    """
    if not weeks or contract <= 0:
        raise ValueError("Overtime needs the hours of a week and of the contract.")
    lately = list(weeks[-LATEST_WEEKS:])
    ratio = fmean(lately) / contract
    long_mean = fmean(weeks[-LONG_WEEKS:]) if len(weeks) >= LONG_WEEKS else 0.0
    if ratio > RED_RATIO or max(lately) >= RED_WEEK or long_mean > RED_LONG_MEAN:
        return ratio, Strain.RED
    return ratio, Strain.AMBER if ratio > AMBER_RATIO else Strain.USUAL


def burnout_scale(items: Sequence[float | None], reversed_items: frozenset[int] = frozenset()) -> float | None:
    """Mean of a Copenhagen scale (Kristensen 2005), 0..100, items of 0, 25 ... 100; None if under half are answered.

    `reversed_items` are the positions of items asked the other way round.
    """
    given = [_TOP - each if number in reversed_items else each for number, each in enumerate(items) if each is not None]
    return fmean(given) if given and 2 * len(given) >= len(items) else None
