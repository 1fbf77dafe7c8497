"""Promises as evidence: each that was kept or broken, at the moment it was settled."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from kept.kit.asked_together import Asked
from kept.ledgers.promises.models import Promise
from kept.measures.promises import SURELY_NOT_BROKEN, Promised, judge
from kept.measures.trust_events import Event
from kept.measures.trust_events import promise as evidence
from kept.measures.trust_streams import STREAMS, Streams
from kept.readings.calendars import Offices
from kept.readings.evidence import Told
from kept.readings.promised_then import asks as then
from kept.readings.promised_then import known_at


def events(
    *,
    at: datetime,
    since: datetime,
    clients: Collection[int] | None = None,
    streams: Streams = STREAMS,
    offices: Offices,
    asked: Asked | None = None,
) -> Iterator[tuple[int, Event]]:
    """(client, evidence) of what was settled after `since` and by `at`. Three queries.

    What was taken back after `at` stands as it stood then, for the journal remembers it.
    """
    rows = asked or asks(at=at, since=since, clients=clients)
    for row, promised in known_at(rows, at=at):
        if _surely_open(promised, at):
            continue
        calendar = offices.calendar_of(row.office, row.leads)
        found = evidence(promised, judge(promised, at=at, calendar=calendar), calendar=calendar, streams=streams)
        if found is not None and found.at > since:
            yield row.client, found


def asks(*, at: datetime, since: datetime, clients: Collection[int] | None, **_: Any) -> dict[str, QuerySet[Any, Any]]:
    """The lists that `events` reads: promises and what came of them, and what was taken back of either after `at`."""
    return then(at=at, since=since, clients=clients)


def told(rows: Collection[int], *, asked: Asked | None = None) -> dict[int, Told]:
    """The words of the promises. One query."""
    found = (asked or tells(rows))["promises_told"]
    return {pk: Told(f"“{words}”", "promises.Promise", pk) for pk, words in found}


def tells(rows: Collection[int], client: int | None = None) -> dict[str, QuerySet[Any, Any]]:
    """The list that `told` reads; with `client` of rows of theirs alone."""
    found = Promise.objects.filter(pk__in=rows).order_by()
    return {"promises_told": (found if client is None else found.filter(client=client)).values_list("pk", "words")}


def _surely_open(promised: Promised, at: datetime) -> bool:
    """Whether nothing can have come of it yet, without counting days."""
    if promised.kept_at or promised.released_at:
        return False
    return at - promised.due < SURELY_NOT_BROKEN and not promised.moves
