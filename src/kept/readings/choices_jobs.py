"""What was sold to clients, with its budgets and when each was written down: for what seems to show in it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery

from kept.kit.written_once import written_once
from kept.ledgers.engagements.models import Budget, Engagement, Kind
from kept.ledgers.journal.models import Line
from kept.measures.choosing_sold import Job, Stretch

MIDDAY = time(12, tzinfo=UTC)


class Agreed(NamedTuple):
    """A budget; `written` is when somebody wrote it down by hand, None where it was brought in."""

    pk: int
    starts: date
    ends: date | None
    hours: Decimal | None
    fee: Decimal | None
    currency: str
    reason: str  # of a change; "" of what was agreed at first
    written: datetime | None
    who: str

    @property
    def took_effect(self) -> datetime:
        """When it was written down, at the latest when it began: of what was brought in no more is known."""
        began = datetime.combine(self.starts, MIDDAY)
        return min(self.written, began) if self.written else began


@dataclass(frozen=True)
class Sold:
    """An engagement as the rules take it (`job`), and as it is told."""

    client: int
    name: str
    who: str
    job: Job
    budgets: Mapping[int, Agreed]

    @property
    def changes(self) -> list[Agreed]:
        return [each for each in self.budgets.values() if each.reason]


class _Row(NamedTuple):
    client: int
    pk: int
    name: str
    kind: str
    starts: date
    ends: date | None
    closed_on: date | None
    notice: int | None
    batch: int | None
    written: datetime | None
    who: str | None
    budget: int | None
    first: date
    last: date | None
    hours: Decimal | None
    fee: Decimal | None
    currency: str
    reason: str
    budget_batch: int | None
    budget_written: datetime | None
    budget_who: str | None


def jobs_of(clients: Sequence[int]) -> dict[int, list[Sold]]:
    """By client everything that was ever sold, the first begun first. One query."""
    groups: dict[int, list[_Row]] = defaultdict(list)
    for values in _rows(clients):
        row = _Row(*values)
        groups[row.pk].append(row)
    found: dict[int, list[Sold]] = defaultdict(list)
    for group in groups.values():
        found[group[0].client].append(_sold(group))
    return found


def _sold(group: Sequence[_Row]) -> Sold:
    row = group[0]
    budgets = {each.budget: _agreed(each) for each in group if each.budget is not None}
    job = Job(
        row=row.pk,
        starts=row.starts,
        ends=row.ends,
        over=row.closed_on or row.ends,
        lasting=row.kind != Kind.FIXED,
        notice=row.notice,
        agreed=None if row.batch else row.written,
        stretches=tuple(_stretch(each) for each in budgets.values() if not each.reason),
    )
    return Sold(row.client, row.name, row.who or "", job, budgets)


def _agreed(row: _Row) -> Agreed:
    written = None if row.budget_batch else row.budget_written
    who = row.budget_who or ""
    return Agreed(
        row.budget or 0, row.first, row.last, row.hours, row.fee, row.currency, row.reason, written, who
    )  # fmt: skip


def _stretch(one: Agreed) -> Stretch:
    hours, fee = (None if each is None else float(each) for each in (one.hours, one.fee))
    return Stretch(one.pk, one.starts, one.ends, hours, fee, one.currency, one.written)


@written_once
def _rows(clients: Sequence[int]) -> QuerySet[Any, Any]:
    start = _line(Engagement._meta.label, "engagements.start", "pk")
    budget = _line(Budget._meta.label, "engagements.budget", "budgets__pk")
    rows = Engagement.objects.filter(client__in=clients).annotate(
        written=Subquery(start.values("at")[:1]),
        who=Subquery(start.values("by_name")[:1]),
        budget_written=Subquery(budget.values("at")[:1]),
        budget_who=Subquery(budget.values("by_name")[:1]),
    )
    return rows.order_by("starts", "pk", "budgets__starts", "budgets__pk").values_list(
        "client_id", "pk", "name", "kind", "starts", "ends", "closed_on", "notice_days", "batch_id", "written", "who",
        "budgets__pk", "budgets__starts", "budgets__ends", "budgets__hours", "budgets__fee", "budgets__currency",
        "budgets__reason", "budgets__batch_id", "budget_written", "budget_who",
    )  # fmt: skip


def _line(noun: str, verb: str, row: str) -> QuerySet[Line]:
    """The journal's line of the row's beginning; found by its index."""
    return Line.objects.filter(noun=noun, row_id=OuterRef(row), verb=verb).order_by("at")
