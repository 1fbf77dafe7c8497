"""Bills as evidence of fair dealing: as quoted, or a surprise."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from kept.kit import words
from kept.kit.asked_together import Asked
from kept.ledgers.bills.models import Bill, Surprise
from kept.ledgers.journal.models import Line
from kept.measures.billing import Verdict, verdict
from kept.measures.trust_events import Event
from kept.measures.trust_events import bill as evidence
from kept.measures.trust_streams import STREAMS, Streams
from kept.readings.calendars import Offices
from kept.readings.evidence import Told

Facts = dict[str, Any]


class Sent(NamedTuple):
    """A bill as it went out."""

    pk: int
    client: int
    sent_on: date
    amount: Decimal
    quoted: Decimal | None
    told: bool


class Surprised(NamedTuple):
    """They asked about a bill, or disputed it."""

    bill: int
    opened_at: datetime


def events(
    *,
    at: datetime,
    since: datetime,
    clients: Collection[int] | None = None,
    streams: Streams = STREAMS,
    offices: Offices,
    asked: Asked | None = None,
) -> Iterator[tuple[int, Event]]:
    """(client, evidence) of bills sent or asked about after `since` and by `at`, as known then. Three queries.

    A surprise counts from when they said so. What was taken back after `at` stands as it stood then, for the journal
    remembers it. A bill without a quote, of which nobody said a word, is no evidence.
    """
    rows = asked or asks(at=at, since=since, clients=clients)
    gone: list[Facts] = [facts for (facts,) in rows["bills_gone"]]
    first: dict[int, datetime] = {}
    for one in chain((Surprised(*row) for row in rows["surprises"]), _asked_once(gone, at=at)):
        first[one.bill] = min(one.opened_at, first.get(one.bill, one.opened_at))
    for bill in chain((Sent(*row) for row in rows["bills"]), _sent_once(gone, at=at)):
        asked_at = first.get(bill.pk)
        found = verdict(
            bill.amount, quoted=bill.quoted, told=bill.told, surprised=asked_at is not None, within=streams.bill_within
        )
        moment = asked_at or datetime.combine(bill.sent_on, time.min, offices.zone)
        if found is not None and since < moment <= at:
            yield bill.client, evidence(bill.pk, at=moment, as_quoted=found is Verdict.AS_QUOTED, streams=streams)


def asks(*, at: datetime, since: datetime, clients: Collection[int] | None, **_: Any) -> dict[str, QuerySet[Any, Any]]:
    """The lists that `events` reads; what was taken back after `at` is `bills_gone`. A surprise may be of any bill."""
    surprises = Surprise.objects.filter(at__lte=at, opened_at__lte=at).order_by("pk")
    bills = Bill.objects.filter(at__lte=at).order_by("pk")
    gone = Line.objects.filter(verb="bills.take_back", at__gt=at).order_by("at", "pk")
    if clients is not None:
        surprises, bills = surprises.filter(bill__client__in=clients), bills.filter(client__in=clients)
        gone = gone.filter(client_id__in=clients)
    columns = ("pk", "client", "sent_on", "amount", "quoted", "told_beforehand")
    return {
        "surprises": surprises.values_list("bill", "opened_at"),
        "bills": bills.values_list(*columns),
        "bills_gone": gone.values_list("facts"),
    }


def told(rows: Collection[int], *, streams: Streams = STREAMS, asked: Asked | None = None) -> dict[int, Told]:
    """Which bill it was and what it was to them: "The bill of 3 November: as quoted"; no sum is named. One query."""
    found = {}
    for pk, sent_on, amount, quoted, beforehand, surprised in (asked or tells(rows))["bills_told"]:
        was = verdict(amount, quoted=quoted, told=beforehand, surprised=surprised, within=streams.bill_within)
        found[pk] = Told(_words(sent_on, was), Bill._meta.label, pk)
    return found


def tells(rows: Collection[int], client: int | None = None) -> dict[str, QuerySet[Any, Any]]:
    """The list that `told` reads; with `client` of rows of theirs alone."""
    found = Bill.objects.filter(pk__in=rows).order_by()
    surprised = Exists(Surprise.objects.filter(bill=OuterRef("pk")))
    columns = ("pk", "sent_on", "amount", "quoted", "told_beforehand", surprised)
    return {"bills_told": (found if client is None else found.filter(client=client)).values_list(*columns)}


def verdict_of(row: Bill, *, streams: Streams = STREAMS) -> Verdict | None:
    """What the row, whose surprises are loaded, was to them."""
    surprised = bool(row.surprises.all())
    return verdict(
        row.amount, quoted=row.quoted, told=row.told_beforehand, surprised=surprised, within=streams.bill_within
    )


def _words(sent_on: date, found: Verdict | None) -> str:
    day = f"{sent_on.day} {words.MONTHS[sent_on.month - 1]}"
    return f"The bill of {day}: {found.value if found else 'what was quoted is not known'}"


def _sent_once(gone: list[Facts], *, at: datetime) -> Iterator[Sent]:
    for facts in gone:
        was = facts["was"]
        if "sent_on" in was and datetime.fromisoformat(was["at"]) <= at:
            quoted = None if was["quoted"] is None else Decimal(was["quoted"])
            sent_on = date.fromisoformat(was["sent_on"])
            yield Sent(was["id"], was["client_id"], sent_on, Decimal(was["amount"]), quoted, was["told_beforehand"])


def _asked_once(gone: list[Facts], *, at: datetime) -> Iterator[Surprised]:
    for facts in gone:
        for was in [facts["was"], *facts["surprises"]]:
            if "opened_at" in was and max(map(datetime.fromisoformat, (was["at"], was["opened_at"]))) <= at:
                yield Surprised(was["bill_id"], datetime.fromisoformat(was["opened_at"]))
