"""First-month check-in, counted for the pledge: whether a new client was met or called within their first days."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from kept.kit import words
from kept.ledgers.clients.models import Client
from kept.ledgers.conversations.models import Channel, Message
from kept.ledgers.touches.models import EndingKind
from kept.readings.pledge_meetings import Was
from kept.readings.pledge_rows import Bound, Row, Scope

NOUN = Client._meta.label
LONGEST = timedelta(days=100)


class Spoken(NamedTuple):
    """When each new client was met or called, oldest first."""

    moments: dict[int, list[datetime]]


def load(scope: Scope, meetings: Sequence[Was]) -> Spoken:
    """From meetings that were held, calls, and notes of meetings. One query."""
    new = [pk for pk, one in scope.clients.items() if one.since and one.since >= scope.day(scope.since - LONGEST)]
    found: dict[int, list[datetime]] = defaultdict(list)
    for one in meetings:
        if one.kind == EndingKind.HELD:
            found[one.client].append(one.planned_at)
    talks = Message.objects.filter(
        conversation__client__in=new, channel__in=[Channel.CALL, Channel.NOTE], at__lte=scope.at
    )
    for client, at in talks.order_by().values_list("conversation__client_id", "at"):
        found[client].append(at)
    return Spoken({client: sorted(moments) for client, moments in found.items()})


def rows(found: Spoken, bound: Bound, scope: Scope) -> Iterator[Row]:
    """Each client whose first days have passed, and each that was spoken with before."""
    for client in scope.clients.values():
        if client.since is None or client.since > scope.day(scope.at):
            continue
        first = _morning(client.since, scope)
        last = first + timedelta(days=bound.within(client.pk, first, scope))
        spoken = next((at for at in found.moments.get(client.pk, ()) if first <= at < last), None)
        decided = spoken or last
        if decided > scope.at or not bound.counts(client.pk, decided, scope):
            continue
        by = "" if spoken else f"nobody spoke with them in {words.count((last - first).days, 'day')}"
        how = "" if spoken else "not spoken with"
        yield Row(
            NOUN, client.pk, client.pk, decided, bool(spoken), how=how, by=by, what="their first month", opens=client.pk
        )


def _morning(day: date, scope: Scope) -> datetime:
    return datetime.combine(day, time.min, scope.offices.zone)
