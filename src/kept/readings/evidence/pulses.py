"""How it felt, as evidence: each feeling a client gave, and the mark for the work."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from kept.kit.asked_together import Asked
from kept.kit.names import calling
from kept.ledgers.pulses.models import Answer
from kept.measures import trust_events
from kept.measures.trust_events import Event
from kept.measures.trust_streams import STREAMS, Stream, Streams
from kept.readings.calendars import Offices
from kept.readings.evidence import Told
from kept.readings.felt_given import MARKS, given

NAMES = {Stream.MARK: "the work"}


def events(
    *,
    at: datetime,
    since: datetime,
    clients: Collection[int] | None = None,
    streams: Streams = STREAMS,
    offices: Offices,  # as all evidence is asked for; feelings keep no working hours
    asked: Asked | None = None,
) -> Iterator[tuple[int, Event]]:
    """Up to five events an answer, when it was last said. Two queries; three where one was changed after `at`."""
    for one in given(at=at, since=since, clients=clients, asked=asked):
        for stream, out_of_ten in one.marks.items():
            yield one.client, trust_events.mark(stream, one.pk, at=one.at, out_of_ten=out_of_ten, streams=streams)


def told(rows: Collection[int], *, asked: Asked | None = None) -> dict[int, Told]:
    """Who answered what, by the row: "Cleo: secure 7, cherished 9, the work 9". One query."""
    found = (asked or tells(rows))["answers_told"]
    return {pk: Told(_words(name, client, marks), Answer._meta.label, pk) for pk, name, client, *marks in found}


def tells(rows: Collection[int], client: int | None = None) -> dict[str, QuerySet[Any, Any]]:
    """The list that `told` reads; with `client` of rows of theirs alone."""
    found = Answer.objects.filter(pk__in=rows).order_by()
    columns = ("pk", "contact__name", "client__name", *(stream.value for stream in MARKS))
    return {"answers_told": (found if client is None else found.filter(client=client)).values_list(*columns)}


def _words(name: str | None, client: str, marks: Sequence[int | None]) -> str:
    given = zip(MARKS, marks, strict=True)
    said = ", ".join(f"{NAMES.get(stream, stream.value)} {mark}" for stream, mark in given if mark is not None)
    return f"{calling(name) if name else client}: {said}"
