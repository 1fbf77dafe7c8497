"""What promised people worked month by month, beside what was promised of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Q, Sum

from kept.ledgers.engagements.models import Budget, Kind, PromisedPerson
from kept.ledgers.hours.models import Entry
from kept.ledgers.hours.months import MonthOf
from kept.readings.worked import months_before

HOUR = 3600


@dataclass(frozen=True, slots=True)
class Staffed:
    """One client's month: hours promised people worked, and the hours promised of them."""

    client: int
    month: date
    worked: float
    promised: float


class Part(NamedTuple):
    """Somebody's share of an engagement, for a time; `pk` is the row of the promise."""

    pk: int
    engagement: int
    client: int
    kind: str
    member: int
    share: float
    since: date
    until: date | None


class Agreed(NamedTuple):
    """Hours a month of a retainer, for a time."""

    starts: date
    ends: date | None
    hours: float


def staffed(*, first: date, before: date, clients: Collection[int] | None = None) -> Iterator[Staffed]:
    """Every client's months from `first` to the one before `before` (both the first of a month). Three queries."""
    worked: dict[tuple[int, date], float] = defaultdict(float)
    promised: dict[tuple[int, date], float] = defaultdict(float)
    for part, month, done, of in by_person(first=first, before=before, clients=clients):
        worked[part.client, month] += done
        promised[part.client, month] += of
    yield from (Staffed(client, month, worked[client, month], promised[client, month]) for client, month in promised)


def by_person(
    *, first: date, before: date, clients: Collection[int] | None = None
) -> Iterator[tuple[Part, date, float, float]]:
    """(somebody's part, month, hours worked, hours promised), month by month. Three queries.

    Of a retainer a share is promised of the hours agreed for the month; of anything else, which has no hours of a
    month, of those worked on it. An engagement without any hours in a month is left out: nobody wrote any, so nothing
    is known of who did the work.
    """
    parts = list(_parts(first, before, clients))
    agreed = _agreed(parts)
    hours = _hours(parts, first, before)
    for month in _months(first, before):
        running = [part for part in parts if (part.engagement, month) in hours]
        spans = {part.pk: part.share * _share_of(month, part.since, part.until) for part in running}
        alone: dict[tuple[int, int], float] = defaultdict(float)
        for part in running:
            alone[part.engagement, part.member] += spans[part.pk]
        for part in (one for one in running if spans[one.pk]):
            of, own = hours[part.engagement, month], spans[part.pk]
            whole = _sold(agreed[part.engagement], month) if part.kind == Kind.RETAINER else sum(of.values())
            # who has two parts of one job, as when they took over another's, did each by its size
            worked = of.get(part.member, 0.0) * own / alone[part.engagement, part.member]
            yield part, month, worked, whole * own


def _parts(first: date, before: date, clients: Collection[int] | None) -> Iterator[Part]:
    within = Q(until__isnull=True) | Q(until__gte=first)
    rows = PromisedPerson.objects.filter(within, since__lt=before)
    if clients is not None:
        rows = rows.filter(engagement__client__in=clients)
    columns = ("pk", "engagement", "engagement__client", "engagement__kind", "member", "share", "since", "until")
    for pk, engagement, client, kind, member, share, since, until in rows.order_by("pk").values_list(*columns):
        yield Part(pk, engagement, client, kind, member, float(share), since, until)


def _agreed(parts: Iterable[Part]) -> dict[int, list[Agreed]]:
    retainers = {part.engagement for part in parts if part.kind == Kind.RETAINER}
    rows = Budget.objects.filter(engagement__in=retainers, hours__isnull=False)
    found: dict[int, list[Agreed]] = defaultdict(list)
    for engagement, starts, ends, hours in rows.order_by("pk").values_list("engagement", "starts", "ends", "hours"):
        found[engagement].append(Agreed(starts, ends, float(hours or 0)))
    return found


def _hours(parts: Iterable[Part], first: date, before: date) -> dict[tuple[int, date], dict[int | None, float]]:
    """Hours by engagement and month, and in it by member."""
    rows = Entry.objects.filter(engagement__in={part.engagement for part in parts}, day__gte=first, day__lt=before)
    sums = rows.order_by().annotate(month=MonthOf("day")).values("engagement", "month", "member")
    found: dict[tuple[int, date], dict[int | None, float]] = defaultdict(dict)
    for engagement, month, member, seconds in sums.annotate(of=Sum("seconds")).values_list(
        "engagement", "month", "member", "of"
    ):
        found[engagement, month][member] = seconds / HOUR
    return found


def _sold(agreed: Iterable[Agreed], month: date) -> float:
    """The hours agreed for a month, of each budget as far as it reaches into it."""
    return sum(one.hours * _share_of(month, one.starts, one.ends) for one in agreed)


def _share_of(month: date, since: date, until: date | None) -> float:
    """How much of the month lies between two days, both included; 0..1."""
    following = months_before(month, -1)
    last = following - timedelta(days=1)
    days = (min(last, until or last) - max(month, since)).days + 1
    return max(0, days) / (following - month).days


def _months(first: date, before: date) -> Iterator[date]:
    while first < before:
        yield first
        first = months_before(first, -1)
