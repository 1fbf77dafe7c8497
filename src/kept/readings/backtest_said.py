"""What each teller would have said of every client at the end of a day that is over."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import fmean

from django.db.models import Q

from kept.ledgers.engagements.models import Budget, Engagement
from kept.ledgers.promises.models import Outcome, Promise
from kept.measures.backtest import Said, Sayings, Teller
from kept.measures.feeling import needs_a_call
from kept.measures.promises import State
from kept.measures.standing import Kind, Standing
from kept.readings.budgets import Running, running_of
from kept.readings.calendars import Offices
from kept.readings.calendars_then import offices_at
from kept.readings.felt_given import given
from kept.readings.promised_then import standings_then
from kept.readings.snapshots.models import Reckoning, Snapshot
from kept.readings.standing import standing_of
from kept.readings.trust import trust_of_firm
from kept.readings.trust_numbers import parameters_at
from kept.readings.trust_told import alarms
from kept.readings.worked import worked

TOLD = {"incident", "drift"}  # what is watched only is no warning
LATELY, YEAR = timedelta(days=30), timedelta(days=365)
KEPT_FEWER = 0.8  # the usual cut of a health score: more than a fifth not kept. MEASURES 1.7


@dataclass(frozen=True, slots=True)
class OnDay:
    """Everybody's word on one day, and the clients there was anything to say of: what they did or we did counts."""

    said: dict[int, Sayings]
    known: frozenset[int]


def said_on(day: date, *, offices: Offices) -> OnDay:
    """As of the end of that day, by the hours of then; what was written down later is not known. Some 25 queries."""
    at = datetime.combine(day, time(23, 59, 59), offices.zone)
    offices = offices_at(at)
    trust, known = _trust(day, at, offices)
    by_teller = {
        Teller.TRUST: trust,
        Teller.STANDING: {pk: _standing(one) for pk, one in standing_of(None, at=at).items()},
        **_hours(day, offices),
        Teller.ANSWER: _answers(at),
        Teller.KEPT: _kept(at, offices=offices),
    }
    said: dict[int, dict[Teller, Said]] = defaultdict(dict)
    for teller, found in by_teller.items():
        for client, one in found.items():
            said[client][teller] = one
    return OnDay(dict(said), known)


def _trust(day: date, at: datetime, offices: Offices) -> tuple[dict[int, Said], frozenset[int]]:
    """From what was kept of that day, else counted anew, which gives the same."""
    if Reckoning.objects.filter(day=day, at__gte=at - timedelta(hours=2)).exists():
        rows = Snapshot.objects.filter(day=day).values_list("client_id", "low", "n", "told__alarms")
        found = {pk: (low, n, bool(n) and _warns(said)) for pk, low, n, said in rows}
    else:
        counted = trust_of_firm(at, house=offices).clients
        found = {
            pk: (one.trust.low, len(one.events), _warns(alarms(one)) if one.events else False)
            for pk, one in counted.items()
        }
    said = {pk: Said(warned, -low) if n else Said() for pk, (low, n, warned) in found.items()}
    return said, frozenset(pk for pk, (_, n, _) in found.items() if n)


def _warns(said: Iterable[dict[str, object]]) -> bool:
    return any(one.get("kind") in TOLD for one in said or ())


def _standing(one: Standing) -> Said:
    """Nothing, where it stands on no evidence."""
    if not one.felt.weight and not one.free.weight:
        return Said()
    return Said(one.kind in {Kind.HELD, Kind.LEAVING}, 1 - one.loyal)


def _hours(day: date, offices: Offices) -> dict[Teller, dict[int, Said]]:
    """The forecast of budgets that ran on the day, and the plain share used; of several the worst."""
    open_then = Q(closed_on__isnull=True) | Q(closed_on__gt=day)
    works = Engagement.objects.filter(open_then, starts__lte=day).exclude(ends__lt=day).select_related("client__lead")
    rows = running_of(
        works,
        budgets=Budget.objects.filter(engagement__in=works.values("pk")),
        hours=worked(day, replay=True),
        day=day,
        offices=offices,
    )
    by_client: dict[int, list[Running]] = defaultdict(list)
    for row in rows:
        if row.budget:
            by_client[row.client.pk].append(row)
    return {
        Teller.FORECAST: {pk: _foreseen(own) for pk, own in by_client.items() if any(row.alarm for row in own)},
        Teller.BURN: {pk: _used(own) for pk, own in by_client.items()},
    }


def _foreseen(rows: list[Running]) -> Said:
    warnings = [row.alarm for row in rows if row.alarm]
    return Said(any(one.level for one in warnings), max(one.probability for one in warnings))


def _used(rows: list[Running]) -> Said:
    share = max(row.worked / row.budget for row in rows if row.budget)
    return Said(share > 1, share)


def _answers(at: datetime) -> dict[int, Said]:
    """The last answer of the year: low enough for a call by the firm's number of that day, or not."""
    numbers = parameters_at(at).feeling
    latest = {one.client: list(one.marks.values()) for one in given(at=at, since=at - YEAR) if one.marks}
    return {client: Said(needs_a_call(marks, numbers=numbers), -fmean(marks)) for client, marks in latest.items()}


def _kept(at: datetime, *, offices: Offices) -> dict[int, Said]:
    """Of what fell due in 30 days the share kept in time, by the days as they stood then; released ones count not."""
    lately = (at - LATELY, at)
    moved = Outcome.objects.filter(at__lte=at, new_due__range=lately).values("promise")
    due = Promise.objects.filter(Q(first_due__range=lately) | Q(pk__in=moved))
    kept: dict[int, list[bool]] = defaultdict(list)
    for one in standings_then(due, at=at, offices=offices):
        if at - LATELY < one.judged.due <= at and one.judged.state is not State.RELEASED:
            kept[one.client_id].append(one.judged.is_kept)
    shares = {client: sum(own) / len(own) for client, own in kept.items()}
    return {client: Said(share < KEPT_FEWER, 1 - share) for client, share in shares.items()}
