"""Seconds worked on each engagement: in all, this month, and over the three months before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Q, QuerySet, Sum

from kept.kit.asked_together import together
from kept.ledgers.hours.models import Entry, MonthTotal
from kept.readings.hours_then import ended, known, struck, struck_since

USUAL_MONTHS = 3  # MEASURES 3.3: the usual pace is that of the last three periods


@dataclass(frozen=True, slots=True)
class Worked:
    """Of one engagement, in seconds; `usual` is the sum of the three months before this one."""

    total: int = 0
    month: int = 0
    usual: int = 0
    last_day: date | None = None


def worked(day: date, *, replay: bool = False) -> dict[int, Worked]:
    """By engagement, as of the end of `day`. One query: of the monthly sums, or in a replay of the hours known then."""
    this = day.replace(day=1)
    first = months_before(this, USUAL_MONTHS)
    if replay:
        entries = known(Entry.objects.filter(day__lte=day, engagement__isnull=False), at=ended(day))
        sums = _sums(entries, Q(day__gte=this), Q(day__gte=first, day__lt=this), "day")
        rows = together({"sums": sums, "struck": struck_since(ended(day), None)})
        return _with_struck(_found(rows["sums"]), rows["struck"], day)
    totals = MonthTotal.objects.filter(engagement__isnull=False, month__lte=this)
    return _found(_sums(totals, Q(month=this), Q(month__gte=first, month__lt=this), "last_day"))


def _with_struck(found: dict[int, Worked], rows: Iterable[tuple[Any]], day: date) -> dict[int, Worked]:
    """And what was struck out since."""
    this = day.replace(day=1)
    first = months_before(this, USUAL_MONTHS)
    for one in struck(rows):
        if one.engagement is None or one.day > day:
            continue
        so_far = found.get(one.engagement, Worked())
        found[one.engagement] = Worked(
            total=so_far.total + one.seconds,
            month=so_far.month + (one.seconds if one.day >= this else 0),
            usual=so_far.usual + (one.seconds if first <= one.day < this else 0),
            last_day=max(so_far.last_day or one.day, one.day),
        )
    return found


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


def _sums[Row: (Entry, MonthTotal)](
    rows: QuerySet[Row], this_month: Q, usual: Q, last: str
) -> QuerySet[Row, tuple[Any, ...]]:
    found = (
        rows.order_by()
        .values("engagement_id")
        .annotate(
            total=Sum("seconds"),
            month_sum=Sum("seconds", filter=this_month, default=0),
            usual_sum=Sum("seconds", filter=usual, default=0),
            last=Max(last),
        )
    )
    return found.values_list("engagement_id", "total", "month_sum", "usual_sum", "last")


def _found(rows: Iterable[tuple[Any, ...]]) -> dict[int, Worked]:
    return {row[0]: Worked(total=row[1], month=row[2], usual=row[3], last_day=row[4]) for row in rows}


def months_before(month: date, count: int) -> date:
    """The first day of the month `count` months before."""
    months = month.year * 12 + month.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)
