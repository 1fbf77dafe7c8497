"""How it felt, as evidence: each feeling a client gave, and the mark for the work."""

from collections.abc import Collection, Iterator
from datetime import datetime

from kept.ledgers.pulses.models import Answer
from kept.measures import trust_events
from kept.measures.trust_events import Event
from kept.measures.trust_streams import STREAMS, Stream, Streams
from kept.readings.calendars import Offices
from kept.readings.evidence import Told
from kept.readings.felt_given import MARKS, given, marks_of

NAMES = {Stream.MARK: "the work"}


def events(
    *,
    at: datetime,
    since: datetime,
    clients: Collection[int] | None = None,
    streams: Streams = STREAMS,
    offices: Offices,  # as all evidence is asked for; feelings keep no working hours
) -> Iterator[tuple[int, Event]]:
    """Up to five events an answer, when it was last said. Two queries; three where one was changed after `at`."""
    for one in given(at=at, since=since, clients=clients):
        for stream, out_of_ten in one.marks.items():
            yield one.client, trust_events.mark(stream, one.pk, at=one.at, out_of_ten=out_of_ten, streams=streams)


def told(rows: Collection[int]) -> dict[int, Told]:
    """Who answered what, by the row: "Cleo: secure 7, cherished 9, the work 9". One query."""
    found = Answer.objects.filter(pk__in=rows).select_related("contact", "client")
    return {row.pk: Told(_words(row), Answer._meta.label, row.pk) for row in found}


def _words(row: Answer) -> str:
    who = row.contact.first_name if row.contact else row.client.name
    marks = marks_of({stream.value: getattr(row, stream.value) for stream in MARKS})
    return f"{who}: " + ", ".join(f"{NAMES.get(stream, stream.value)} {mark}" for stream, mark in marks.items())
