"""Trust of every client for the portfolio: as last counted, a quarter ago, and through the year, from the snapshots."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from kept.measures.belief import Confidence
from kept.measures.trust import Trust, trust
from kept.readings.snapshots.beside import STEP, a_quarter_before, looked_back_at
from kept.readings.snapshots.models import Reckoning, Snapshot
from kept.readings.snapshots.telling import priors_of
from kept.readings.trust import trust_of_firm

Moment = tuple[date, datetime, int]  # a reckoning: its day, when it was counted, the journal's line it knows of
Point = tuple[date, float, float, float, str]  # a snapshot: day, value, low, high, evidence


@dataclass(frozen=True, slots=True)
class Trusted:
    """One client's trust in points of 100; `thin`: mostly the firm's average so far.

    `before` is its value a quarter ago, None where there was too little then; `year` (day, value, thin), oldest first.
    """

    value: float
    low: float
    high: float
    evidence: Confidence
    before: float | None = None
    year: tuple[tuple[date, float, bool], ...] = ()

    @property
    def thin(self) -> bool:
        return self.evidence is Confidence.THIN

    @property
    def moved(self) -> float:
        """By how many points it rose or fell in a quarter; 0 where either end is not known well enough."""
        return 0.0 if self.before is None or self.thin else self.value - self.before


def trusted(clients: Collection[int], *, at: datetime, day: date) -> dict[int, Trusted]:
    """These clients, as they were counted last by `day`; of whom nothing was counted since they came, the average.

    One query while nothing was counted anew, else two; before the first reckoning the firm is counted here.
    """
    wanted = looked_back_at(day)
    rows = Reckoning.objects.filter(day__in=wanted) | Reckoning.objects.filter(day__gt=day - STEP, day__lte=day)
    # of the last month only the newest is read: the nights before it say nothing of their own here
    known = list(rows.order_by("day").values_list("day", "at", "line", "averages"))
    if not known or known[-1][0] <= day - STEP:
        counted = trust_of_firm(at).clients
        return {pk: _now(counted[pk].trust) for pk in clients if pk in counted}
    *_, (newest, _, _, averages) = known
    points = tuple((when, at_, line) for when, at_, line, _ in known if when in {*wanted, newest})
    found = _kept(points, day)
    missing = _now(trust((), at=at, priors=priors_of(averages)))
    return {pk: found.get(pk, missing) for pk in clients}


@lru_cache(maxsize=2)
def _kept(points: tuple[Moment, ...], day: date) -> Mapping[int, Trusted]:
    """Kept in the process until the firm is counted anew."""
    rows = Snapshot.objects.filter(day__in=[when for when, *_ in points]).order_by("client", "day")
    found: dict[int, list[Point]] = defaultdict(list)
    columns = ("client_id", "day", "value", "low", "high", "evidence")
    for client, when, value, low, high, evidence in rows.values_list(*columns):
        found[client].append((when, value, low, high, evidence))
    return {pk: _trusted(own, day) for pk, own in found.items() if own[-1][0] == points[-1][0]}


def _trusted(own: list[Point], day: date) -> Trusted:
    _, value, low, high, evidence = own[-1]
    then = a_quarter_before(day)
    quarter = next((row for row in own if row[0] == then and row[4] != Confidence.THIN), None)
    year = tuple((when, each, said == Confidence.THIN) for when, each, *_, said in own if when != then)
    return Trusted(value, low, high, Confidence(evidence), before=quarter[1] if quarter else None, year=year)


def _now(one: Trust) -> Trusted:
    """Counted now, without a past."""
    return Trusted(one.value, one.low, one.high, one.evidence)
