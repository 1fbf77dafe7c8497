"""Promised people as evidence: month by month, their hours of those promised; and who was replaced."""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import QuerySet

from kept.kit import words
from kept.kit.asked_together import Asked
from kept.ledgers.clients.models import Client
from kept.ledgers.engagements.models import Replacement
from kept.ledgers.journal.models import Line
from kept.measures.incidents import Replaced
from kept.measures.trust_events import Event
from kept.measures.trust_events import staffing as evidence
from kept.measures.trust_streams import STREAMS, Streams
from kept.readings.calendars import Offices
from kept.readings.evidence import Told
from kept.readings.staffed import Staffed, staffed
from kept.readings.staffed import asks as lists_of_staffed
from kept.readings.worked import months_before

# a month of a client has no row of its own: client and month are folded into one number, the month counted from year 0
_MONTHS = 100_000


def events(
    *,
    at: datetime,
    since: datetime,
    clients: Collection[int] | None = None,
    streams: Streams = STREAMS,
    offices: Offices,
    asked: Asked | None = None,
) -> Iterator[tuple[int, Event]]:
    """(client, evidence) of months that ended after `since` and by `at`, by the hours known then. Four queries."""
    first, this = _span(at, since, offices)
    rows = asked or asks(at=at, since=since, clients=clients, offices=offices)
    for one in staffed(first=first, before=this, clients=clients, asked=rows):
        over = datetime.combine(months_before(one.month, -1), time.min, offices.zone)
        if not since < over <= at:
            continue
        event = evidence(row_of(one), at=over, worked=one.worked, promised=one.promised, streams=streams)
        if event is not None:
            yield one.client, event


def asks(
    *, at: datetime, since: datetime, clients: Collection[int] | None, offices: Offices
) -> dict[str, QuerySet[Any, Any]]:
    """The lists that `events` reads."""
    first, this = _span(at, since, offices)
    return lists_of_staffed(first=first, before=this, clients=clients, at=at)


def _span(at: datetime, since: datetime, offices: Offices) -> tuple[date, date]:
    """The first of the month in which `since` lies, and of that of `at`."""
    first, this = (moment.astimezone(offices.zone).date().replace(day=1) for moment in (since, at))
    return first, this


def told(rows: Collection[int], *, asked: Asked | None = None) -> dict[int, Told]:
    """ "October 2026: 18 of the 20 hours of promised people". Three queries."""
    span, clients = _told_span(rows)
    if span is None:
        return {}
    found = staffed(first=span[0], before=span[1], clients=clients, asked=asked)
    return {row_of(one): Told(_words(one), Client._meta.label, one.client) for one in found if row_of(one) in set(rows)}


def tells(rows: Collection[int], client: int | None = None) -> dict[str, QuerySet[Any, Any]]:
    """The lists that `told` reads; with `client` of months of theirs alone."""
    span, clients = _told_span(rows)
    if span is None:
        return {}
    return lists_of_staffed(first=span[0], before=span[1], clients=clients if client is None else clients & {client})


def _told_span(rows: Collection[int]) -> tuple[tuple[date, date] | None, set[int]]:
    """From which month to before which these rows reach, and of whom they are."""
    wanted = {row for row in rows if row % _MONTHS >= 12}  # others are no month: someone typed them
    months = [_month_of(row) for row in wanted]
    span = (min(months), months_before(max(months), -1)) if months else None
    return span, {row // _MONTHS for row in wanted}


def replaced(
    *, at: datetime, since: datetime, clients: Collection[int] | None = None, asked: Asked | None = None
) -> Iterator[tuple[int, Replaced]]:
    """(client, who was replaced) after `since` and by `at`: from when it took effect and was written down. Two queries.

    What was put back after `at` stands as it stood then.
    """
    rows = asked or asks_replaced(at=at, clients=clients)
    found: list[Any] = list(rows["replaced"])
    for client, facts in rows["put_back"]:
        was = facts["was"]
        told_on = was["told_on"] and date.fromisoformat(was["told_on"])
        found.append((was["id"], client, date.fromisoformat(was["since"]), told_on, datetime.fromisoformat(was["at"])))
    for pk, client, began, told_on, written in found:
        moment = max(written, datetime.combine(began, time.min, UTC))
        if since < moment <= at:
            yield client, Replaced(pk, moment, announced=told_on is not None and told_on < began)


def asks_replaced(*, at: datetime, clients: Collection[int] | None) -> dict[str, QuerySet[Any, Any]]:
    """The lists that `replaced` reads."""
    rows = Replacement.objects.filter(at__lte=at)
    gone = Line.objects.filter(verb="engagements.put_back", at__gt=at)
    if clients is not None:
        rows, gone = rows.filter(promised__engagement__client__in=clients), gone.filter(client_id__in=clients)
    columns = ("pk", "promised__engagement__client", "since", "told_on", "at")
    return {
        "replaced": rows.order_by("pk").values_list(*columns),
        "put_back": gone.order_by("at", "pk").values_list("client_id", "facts"),
    }


def row_of(one: Staffed) -> int:
    """The number by which a month of a client is known as evidence."""
    return one.client * _MONTHS + one.month.year * 12 + one.month.month - 1


def _month_of(row: int) -> date:
    months = row % _MONTHS
    return date(months // 12, months % 12 + 1, 1)


def _words(one: Staffed) -> str:
    month = f"{words.MONTHS[one.month.month - 1]} {one.month.year}"
    return f"{month}: {one.worked:.0f} of the {one.promised:.0f} hours of promised people"
