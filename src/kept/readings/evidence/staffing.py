"""Promised people as evidence: month by month, their hours of those promised; and who was replaced."""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from kept.kit import words
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
) -> Iterator[tuple[int, Event]]:
    """(client, evidence) of months that ended after `since` and by `at`. Three queries.

    Hours are those known today: nobody wrote down when an hour came in.
    """
    first = since.astimezone(offices.zone).date().replace(day=1)
    this = at.astimezone(offices.zone).date().replace(day=1)
    for one in staffed(first=first, before=this, clients=clients):
        over = datetime.combine(months_before(one.month, -1), time.min, offices.zone)
        if not since < over <= at:
            continue
        event = evidence(row_of(one), at=over, worked=one.worked, promised=one.promised, streams=streams)
        if event is not None:
            yield one.client, event


def told(rows: Collection[int]) -> dict[int, Told]:
    """ "October 2026: 18 of the 20 hours of promised people". Three queries."""
    wanted = {row for row in rows if row % _MONTHS >= 12}  # others are no month: someone typed them
    months = [_month_of(row) for row in wanted]
    if not months:
        return {}
    found = staffed(
        first=min(months), before=months_before(max(months), -1), clients={row // _MONTHS for row in wanted}
    )
    return {row_of(one): Told(_words(one), Client._meta.label, one.client) for one in found if row_of(one) in wanted}


def replaced(
    *, at: datetime, since: datetime, clients: Collection[int] | None = None
) -> Iterator[tuple[int, Replaced]]:
    """(client, who was replaced) after `since` and by `at`: from when it took effect and was written down. Two queries.

    What was put back after `at` stands as it stood then.
    """
    rows = Replacement.objects.filter(at__lte=at)
    gone = Line.objects.filter(verb="engagements.put_back", at__gt=at)
    if clients is not None:
        rows, gone = rows.filter(promised__engagement__client__in=clients), gone.filter(client_id__in=clients)
    columns = ("pk", "promised__engagement__client", "since", "told_on", "at")
    found: list[Any] = list(rows.order_by("pk").values_list(*columns))
    for client, facts in gone.values_list("client_id", "facts"):
        was = facts["was"]
        told_on = was["told_on"] and date.fromisoformat(was["told_on"])
        found.append((was["id"], client, date.fromisoformat(was["since"]), told_on, datetime.fromisoformat(was["at"])))
    for pk, client, began, told_on, written in found:
        moment = max(written, datetime.combine(began, time.min, UTC))
        if since < moment <= at:
            yield client, Replaced(pk, moment, announced=told_on is not None and told_on < began)


def row_of(one: Staffed) -> int:
    """The number by which a month of a client is known as evidence."""
    return one.client * _MONTHS + one.month.year * 12 + one.month.month - 1


def _month_of(row: int) -> date:
    months = row % _MONTHS
    return date(months // 12, months % 12 + 1, 1)


def _words(one: Staffed) -> str:
    month = f"{words.MONTHS[one.month.month - 1]} {one.month.year}"
    return f"{month}: {one.worked:.0f} of the {one.promised:.0f} hours of promised people"
