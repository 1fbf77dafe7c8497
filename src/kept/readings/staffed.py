"""What promised people worked month by month, beside what was promised of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet, Sum

from kept.kit.asked_together import Asked
from kept.ledgers.engagements.models import Budget, Kind, PromisedPerson
from kept.ledgers.hours.models import Entry
from kept.ledgers.hours.months import MonthOf
from kept.readings.hours_then import known, struck, struck_since
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


def staffed(
    *, first: date, before: date, clients: Collection[int] | None = None, asked: Asked | None = None
) -> Iterator[Staffed]:
    """Every client's months from `first` to the one before `before` (both the first of a month). Three queries.

    By the hours known today; `asked` may have been asked for those of an earlier moment.
    """
    worked: dict[tuple[int, date], float] = defaultdict(float)
    promised: dict[tuple[int, date], float] = defaultdict(float)
    for part, month, done, of in by_person(first=first, before=before, clients=clients, asked=asked):
        worked[part.client, month] += done
        promised[part.client, month] += of
    yield from (Staffed(client, month, worked[client, month], promised[client, month]) for client, month in promised)


def by_person(
    *, first: date, before: date, clients: Collection[int] | None = None, asked: Asked | None = None
) -> Iterator[tuple[Part, date, float, float]]:
    """(somebody's part, month, hours worked, hours promised), month by month. Three queries.

    Of a retainer a share is promised of the hours agreed for the month; of anything else, which has no hours of a
    month, of those worked on it. An engagement without any hours in a month is left out: nobody wrote any, so nothing
    is known of who did the work.
    """
    rows = asked or asks(first=first, before=before, clients=clients)
    parts = [Part._make(row)._replace(share=float(row[5])) for row in rows["parts"]]
    agreed = _agreed(rows["agreed"])
    hours = _hours([*rows["worked"], *_struck(rows.get("struck", ()))])
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


def asks(
    *, first: date, before: date, clients: Collection[int] | None, at: datetime | None = None
) -> dict[str, QuerySet[Any, Any]]:
    """The lists that `by_person` reads: parts, what was agreed of retainers, and seconds by job, month and member.

    With `at` by the hours known then, and with what was struck out since.
    """
    within = Q(until__isnull=True) | Q(until__gte=first)
    parts = PromisedPerson.objects.filter(within, since__lt=before).order_by("pk")
    if clients is not None:
        parts = parts.filter(engagement__client__in=clients)
    jobs = parts.order_by().values("engagement")
    retainers = jobs.filter(engagement__kind=Kind.RETAINER)
    entries = Entry.objects.filter(engagement__in=jobs, day__gte=first, day__lt=before).order_by()
    entries = entries if at is None else known(entries, at=at)
    sums = entries.annotate(month=MonthOf("day")).values("engagement", "month", "member").annotate(of=Sum("seconds"))
    columns = ("pk", "engagement", "engagement__client", "engagement__kind", "member", "share", "since", "until")
    budgets = Budget.objects.filter(engagement__in=retainers, hours__isnull=False).order_by("pk")
    return {
        "parts": parts.values_list(*columns),
        "agreed": budgets.values_list("engagement", "starts", "ends", "hours"),
        "worked": sums.values_list("engagement", "month", "member", "of"),
        **({} if at is None else {"struck": struck_since(at, clients)}),
    }


def _agreed(rows: Iterable[tuple[int, date, date | None, Decimal]]) -> dict[int, list[Agreed]]:
    found: dict[int, list[Agreed]] = defaultdict(list)
    for engagement, starts, ends, hours in rows:
        found[engagement].append(Agreed(starts, ends, float(hours)))
    return found


def _hours(rows: Iterable[tuple[int, date, int | None, int]]) -> dict[tuple[int, date], dict[int | None, float]]:
    """Hours by engagement and month, and in it by member."""
    found: dict[tuple[int, date], dict[int | None, float]] = defaultdict(lambda: defaultdict(float))
    for engagement, month, member, seconds in rows:
        found[engagement, month][member] += seconds / HOUR
    return found


def _struck(rows: Iterable[tuple[dict[str, Any]]]) -> Iterator[tuple[int, date, int | None, int]]:
    """Under the columns of `worked`."""
    for one in struck(rows):
        if one.engagement is not None:
            yield one.engagement, one.day.replace(day=1), one.member, one.seconds


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
