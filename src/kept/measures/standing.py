"""Why a client stays: by choice, for the price, because leaving is hard, or not for long."""

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kept.measures.belief import decay
from kept.measures.beta_curve import beta_area
from kept.measures.standing_numbers import STAYING, Lock, Staying
from kept.measures.standing_signs import REFERRALS, Signal, pulls
from kept.measures.trust_events import Event
from kept.measures.trust_streams import FEELINGS, Stream

_DAY = timedelta(days=1)
_FELT = (*FEELINGS, Stream.MARK)


class Kind(StrEnum):
    """Jones and Sasser's four (1995), by our words; unclear where none is likely enough."""

    LOYAL = "loyal"
    FOR_THE_PRICE = "for now, for the price"  # mercenary
    HELD = "held"  # hostage
    LEAVING = "may be leaving"  # defector
    UNCLEAR = "too early to say"


class Axis(StrEnum):
    """What a question could tell us more about."""

    FELT = "felt"
    FREE = "free"
    LOCK = "lock"


@dataclass(frozen=True, slots=True)
class Side:
    """A Beta belief of one quantity: its counts, the weight of its evidence, and P(it lies above its bar)."""

    alpha: float
    beta: float
    weight: float
    above: float

    @property
    def mean(self) -> float:
        return self.alpha / (self.alpha + self.beta)


@dataclass(frozen=True, slots=True)
class Standing:
    """One client's standing: chances of the four kinds (they sum to 1), and what they stand on.

    `felt` how good it feels, `free` how freely they choose us, `lock` (0..1) what leaving would cost them.
    `question` is what would tell most when the kind is unclear, None otherwise.
    """

    kind: Kind
    loyal: float
    for_the_price: float
    held: float
    leaving: float
    felt: Side
    free: Side
    lock: float
    locks: tuple[Lock, ...]
    sends_others: bool
    untested: bool
    question: Axis | None

    @property
    def chance(self) -> float:
        """Of the likeliest kind."""
        return max(self.loyal, self.for_the_price, self.held, self.leaving)

    @property
    def good(self) -> bool:
        """Whether it may be shown as good: loyal by a choice they had. The held never are."""
        return self.kind is Kind.LOYAL and not self.untested


def standing(
    felt: Iterable[Event],
    signals: Iterable[Signal],
    *,
    at: datetime,
    locks: Collection[Lock] | None = (),
    numbers: Staying = STAYING,
) -> Standing:
    """Judge a client as of `at` from feelings and marks, signs of choice, and what ties them. MEASURES 2.

    Other streams among `felt` are passed over, and so are weight and half-life of its events: here every answer
    weighs 1 and loses half in 180 days. `locks` None says that nobody has judged what ties them: none is assumed,
    and the question may be about that.
    """
    answers = [(each.x, 1.0, each.at) for each in felt if each.stream in _FELT and each.at <= at]
    known = [each for each in signals if each.at <= at]
    year = timedelta(days=365)
    return placed(
        side(answers, at=at, prior=(numbers.felt_good, numbers.felt_bad), bar=numbers.felt_bar, numbers=numbers),
        side(
            pulls(known, numbers),
            at=at,
            prior=(numbers.free_good, numbers.free_bad),
            bar=numbers.free_bar,
            numbers=numbers,
        ),
        locks=locks,
        sends_others=any(each.sign in REFERRALS and at - each.at <= year for each in known),
        numbers=numbers,
    )


def side(
    evidence: Iterable[tuple[float, float, datetime]],
    *,
    at: datetime,
    prior: tuple[float, float],
    bar: float,
    numbers: Staying = STAYING,
) -> Side:
    """The belief from (x, weight, moment), and how likely it lies above the bar."""
    faded = [(x, weight * decay((at - moment) / _DAY, numbers.half_life)) for x, weight, moment in evidence]
    weight = math.fsum(each for _, each in faded)
    good = math.fsum(x * each for x, each in faded)
    return belief_of(prior[0] + good, prior[1] + weight - good, weight=weight, bar=bar)


def belief_of(alpha: float, beta: float, *, bar: float, weight: float = 0.0) -> Side:
    return Side(alpha, beta, weight, 1 - beta_area(bar, alpha, beta))


def placed(
    felt: Side,
    free: Side,
    *,
    locks: Collection[Lock] | None = (),
    sends_others: bool = False,
    numbers: Staying = STAYING,
) -> Standing:
    """q = 1 - (1 - P_A)(1 - J): a client who does not like it stays because they choose to, or because they must."""
    tie = lock(locks or (), numbers=numbers)
    stays = 1 - (1 - free.above) * (1 - tie)
    chances = {
        Kind.LOYAL: felt.above * free.above,
        Kind.FOR_THE_PRICE: felt.above * (1 - free.above),
        Kind.HELD: (1 - felt.above) * stays,
        Kind.LEAVING: (1 - felt.above) * (1 - stays),
    }
    likeliest = max(chances, key=lambda kind: chances[kind])
    kind = likeliest if chances[likeliest] >= numbers.place_from else Kind.UNCLEAR
    return Standing(
        kind=kind,
        loyal=chances[Kind.LOYAL],
        for_the_price=chances[Kind.FOR_THE_PRICE],
        held=chances[Kind.HELD],
        leaving=chances[Kind.LEAVING],
        felt=felt,
        free=free,
        lock=tie,
        locks=tuple(sorted(locks or ())),
        sends_others=kind is Kind.LOYAL and sends_others,
        untested=kind is Kind.LOYAL and tie >= numbers.untested_from,
        question=_question(chances, felt, free, judged=locks is not None) if kind is Kind.UNCLEAR else None,
    )


def lock(locks: Collection[Lock], *, numbers: Staying = STAYING) -> float:
    """J = 1 - prod(1 - j): what ties them, 0..1; each tie counts once."""
    return 1 - math.prod(1 - numbers.tie(each) for each in set(locks))


def _question(chances: dict[Kind, float], felt: Side, free: Side, *, judged: bool) -> Axis:
    """The axis with least evidence; what ties them, when nobody judged it and only that tells held from leaving."""
    first, second = sorted(chances, key=lambda kind: -chances[kind])[:2]
    if not judged and {first, second} == {Kind.HELD, Kind.LEAVING}:
        return Axis.LOCK
    return Axis.FREE if free.weight < felt.weight else Axis.FELT
