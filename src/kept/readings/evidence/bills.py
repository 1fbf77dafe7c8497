"""Bills as evidence of fair dealing: as quoted, or a surprise."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain
from typing import Any, NamedTuple

from kept.kit import words
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


class Asked(NamedTuple):
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
) -> Iterator[tuple[int, Event]]:
    """(client, evidence) of bills sent or asked about after `since` and by `at`, as known then. Three queries.

    A surprise counts from when they said so. What was taken back after `at` stands as it stood then, for the journal
    remembers it. A bill without a quote, of which nobody said a word, is no evidence.
    """
    gone = _gone(at=at, clients=clients)
    asked: dict[int, datetime] = {}
    for one in chain(_asked(at=at, clients=clients), _asked_once(gone, at=at)):
        asked[one.bill] = min(one.opened_at, asked.get(one.bill, one.opened_at))
    for bill in chain(_sent(at=at, clients=clients), _sent_once(gone, at=at)):
        asked_at = asked.get(bill.pk)
        found = verdict(
            bill.amount, quoted=bill.quoted, told=bill.told, surprised=asked_at is not None, within=streams.bill_within
        )
        moment = asked_at or datetime.combine(bill.sent_on, time.min, offices.zone)
        if found is not None and since < moment <= at:
            yield bill.client, evidence(bill.pk, at=moment, as_quoted=found is Verdict.AS_QUOTED, streams=streams)


def told(rows: Collection[int], *, streams: Streams = STREAMS) -> dict[int, Told]:
    """Which bill it was and what it was to them: "The bill of 3 November: as quoted"; no sum is named. Two queries."""
    found = Bill.objects.filter(pk__in=rows).prefetch_related("surprises")
    return {row.pk: Told(_words(row, streams), Bill._meta.label, row.pk) for row in found}


def verdict_of(row: Bill, *, streams: Streams = STREAMS) -> Verdict | None:
    """What the row, whose surprises are loaded, was to them."""
    surprised = bool(row.surprises.all())
    return verdict(
        row.amount, quoted=row.quoted, told=row.told_beforehand, surprised=surprised, within=streams.bill_within
    )


def _words(row: Bill, streams: Streams) -> str:
    found = verdict_of(row, streams=streams)
    day = f"{row.sent_on.day} {words.MONTHS[row.sent_on.month - 1]}"
    return f"The bill of {day}: {found.value if found else 'what was quoted is not known'}"


def _sent(*, at: datetime, clients: Collection[int] | None) -> Iterator[Sent]:
    rows = Bill.objects.filter(at__lte=at)
    if clients is not None:
        rows = rows.filter(client__in=clients)
    columns = ("pk", "client", "sent_on", "amount", "quoted", "told_beforehand")
    for row in rows.order_by("pk").values_list(*columns):
        yield Sent(*row)


def _asked(*, at: datetime, clients: Collection[int] | None) -> Iterator[Asked]:
    rows = Surprise.objects.filter(at__lte=at, opened_at__lte=at)
    if clients is not None:
        rows = rows.filter(bill__client__in=clients)
    for row in rows.order_by("pk").values_list("bill", "opened_at"):
        yield Asked(*row)


def _gone(*, at: datetime, clients: Collection[int] | None) -> list[Facts]:
    """What was taken back after `at`."""
    rows = Line.objects.filter(verb="bills.take_back", at__gt=at)
    if clients is not None:
        rows = rows.filter(client_id__in=clients)
    return list(rows.order_by("at", "pk").values_list("facts", flat=True))


def _sent_once(gone: list[Facts], *, at: datetime) -> Iterator[Sent]:
    for facts in gone:
        was = facts["was"]
        if "sent_on" in was and datetime.fromisoformat(was["at"]) <= at:
            quoted = None if was["quoted"] is None else Decimal(was["quoted"])
            sent_on = date.fromisoformat(was["sent_on"])
            yield Sent(was["id"], was["client_id"], sent_on, Decimal(was["amount"]), quoted, was["told_beforehand"])


def _asked_once(gone: list[Facts], *, at: datetime) -> Iterator[Asked]:
    for facts in gone:
        for was in [facts["was"], *facts["surprises"]]:
            if "opened_at" in was and max(map(datetime.fromisoformat, (was["at"], was["opened_at"]))) <= at:
                yield Asked(was["bill_id"], datetime.fromisoformat(was["opened_at"]))
