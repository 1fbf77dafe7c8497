"""What budgets are judged from: engagements with their clients, what was agreed, hours; of all clients or of some."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q

from kept.ledgers.clients.models import Client
from kept.ledgers.engagements.models import Budget, Engagement, Kind
from kept.ledgers.hours.models import MonthTotal
from kept.readings.kept_by_client import Clients
from kept.readings.worked import Worked, summed, worked


class Agreed(NamedTuple):
    """A budget without what nobody judges by."""

    engagement_id: int
    starts: date
    ends: date | None
    hours: Decimal | None
    fee: Decimal | None
    currency: str


@dataclass(frozen=True)
class Known:
    """Engagements, each with its client and the client's lead; all that was agreed on them; hours by engagement."""

    engagements: Sequence[Engagement]
    budgets: Sequence[Agreed]
    hours: Mapping[int, Worked]


def runs(day: date, *, month: date | None = None) -> Q:
    """Which engagements run, or wait to be closed: begun, not closed, and of months one they still reach into.

    `month` is the first of the day's month, where the day cannot be asked.
    """
    months_gone = Q(ends__lt=day.replace(day=1) if month is None else month) & ~Q(kind=Kind.FIXED)
    return Q(closed_on__isnull=True, starts__lte=day) & ~months_gone


def known_of(clients: Clients, *, wanted: Q, day: date, replay: bool) -> Known:
    """The engagements of these clients (None: of all) that are `wanted`, as of the end of `day`. Four queries."""
    rows = Engagement.objects.filter(wanted)
    budgets = Budget.objects.filter(engagement__closed_on__isnull=True)
    if clients is not None:
        rows, budgets = rows.filter(client__in=clients), budgets.filter(engagement__client__in=clients)
    found = list(rows.order_by("pk"))
    _with_clients(found, clients)
    return Known(
        engagements=found,
        budgets=[Agreed(*row) for row in budgets.order_by("engagement", "starts", "pk").values_list(*Agreed._fields)],
        hours=worked(day, replay=replay) if clients is None else _hours(clients, day),
    )


def _with_clients(rows: Sequence[Engagement], clients: Clients) -> None:
    """Each client is made once, however many engagements it has."""
    wanted = Client.objects.all() if clients is None else Client.objects.filter(pk__in=clients)
    whose = {one.pk: one for one in wanted.select_related("lead").order_by()}
    for row in rows:
        if row.client_id in whose:  # else it came this moment, and is asked for when it is needed
            row.client = whose[row.client_id]


def _hours(clients: Clients, day: date) -> Mapping[int, Worked]:
    totals = MonthTotal.objects.filter(engagement__client__in=clients or (), month__lte=day)
    return summed(totals.order_by(), day)
