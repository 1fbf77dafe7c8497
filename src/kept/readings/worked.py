"""Seconds worked on each engagement: in all, this month, and over the three months before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q, QuerySet, Sum

from kept.ledgers.hours.models import Entry, MonthTotal

USUAL_MONTHS = 3  # MEASURES 3.3: the usual pace is that of the last three periods


@dataclass(frozen=True, slots=True)
class Worked:
    """Of one engagement, in seconds; `usual` is the sum of the three months before this one."""

    total: int = 0
    month: int = 0
    usual: int = 0
    last_day: date | None = None


def worked(day: date, *, replay: bool = False) -> dict[int, Worked]:
    """By engagement, as of the end of `day`. One query: of the monthly sums, or in a replay of the entries."""
    this = day.replace(day=1)
    first = months_before(this, USUAL_MONTHS)
    if replay:
        entries = Entry.objects.filter(day__lte=day, engagement__isnull=False)
        return _summed(entries, Q(day__gte=this), Q(day__gte=first, day__lt=this), "day")
    totals = MonthTotal.objects.filter(engagement__isnull=False, month__lte=this)
    return _summed(totals, Q(month=this), Q(month__gte=first, month__lt=this), "last_day")


def summed(totals: Iterable[MonthTotal], day: date) -> dict[int, Worked]:
    """The same from monthly sums already loaded; no query."""
    this = day.replace(day=1)
    first = months_before(this, USUAL_MONTHS)
    found: dict[int, Worked] = {}
    for row in totals:
        if row.engagement_id is None:
            continue
        so_far = found.get(row.engagement_id, Worked())
        found[row.engagement_id] = Worked(
            total=so_far.total + row.seconds,
            month=so_far.month + (row.seconds if row.month == this else 0),
            usual=so_far.usual + (row.seconds if first <= row.month < this else 0),
            last_day=max(so_far.last_day or row.last_day, row.last_day),
        )
    return found


def _summed[Row: (Entry, MonthTotal)](rows: QuerySet[Row], this_month: Q, usual: Q, last: str) -> dict[int, Worked]:
    found = (
        rows.order_by()
        .values("engagement_id")
        .annotate(
            total=Sum("seconds"),
            month_sum=Sum("seconds", filter=this_month, default=0),
            usual_sum=Sum("seconds", filter=usual, default=0),
            last=Max(last),
        )
        .values_list("engagement_id", "total", "month_sum", "usual_sum", "last")
    )
    return {row[0]: Worked(total=row[1], month=row[2], usual=row[3], last_day=row[4]) for row in found}


def months_before(month: date, count: int) -> date:
    """The first day of the month `count` months before."""
    months = month.year * 12 + month.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)
