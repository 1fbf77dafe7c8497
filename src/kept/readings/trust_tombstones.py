"""What is left of evidence that was deleted: a tombstone each, from the journal; of a part alone it says so."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from django.db.models import QuerySet

from kept.ledgers.journal.models import Line
from kept.ledgers.touches.models import EndingKind
from kept.measures.trust_excluded import Excluded
from kept.measures.trust_streams import Stream
from kept.readings.felt_given import marks_of

SHOWN_FOR = timedelta(days=730)  # a tombstone older than that is history


@dataclass(frozen=True, slots=True)
class _Gone:
    """A removed row as the journal keeps it."""

    row: int
    said: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Stone:
    """Of which streams the removed row was evidence, under which row of theirs, and what to say of it."""

    streams: Callable[[_Gone], Collection[Stream]]
    row: Callable[[_Gone], int] = lambda gone: gone.row
    reason: str = "{said}"
    by: str = ""  # whose act it always is, where the journal names nobody


def _always(stream: Stream) -> Callable[[_Gone], Collection[Stream]]:
    return lambda gone: (stream,)


def _went(gone: _Gone) -> Collection[Stream]:
    """A meeting that was called off is no evidence."""
    went = gone.facts["ended"]["kind"] in {EndingKind.HELD, EndingKind.MISSED}
    return (Stream.MEETING,) if went else ()


# by verb and noun
_STONES: Mapping[tuple[str, str], _Stone] = MappingProxyType(
    {
        ("promises.withdraw", "promises.Promise"): _Stone(_always(Stream.PROMISE)),
        ("touches.take_back", "touches.Meeting"): _Stone(_always(Stream.MEETING)),
        ("touches.take_back", "touches.Ending"): _Stone(
            _went, row=lambda gone: gone.facts["meeting"]["id"], reason="only how “{said}” went"
        ),
        ("deliverables.take_back", "deliverables.Deliverable"): _Stone(_always(Stream.DELIVERABLE)),
        ("deliverables.take_back", "deliverables.Receipt"): _Stone(
            _always(Stream.DELIVERABLE),
            row=lambda gone: gone.facts["was"]["deliverable_id"],
            reason="only something that was said of “{said}”",
        ),
        ("bills.take_back", "bills.Bill"): _Stone(_always(Stream.BILL)),
        ("bills.take_back", "bills.Surprise"): _Stone(
            _always(Stream.BILL), row=lambda gone: gone.facts["was"]["bill_id"], reason="only what they asked about it"
        ),
        ("engagements.put_back", "engagements.Replacement"): _Stone(
            _always(Stream.STAFFING), reason="only that {said} was replaced"
        ),
        ("pulses.take_back", "pulses.Answer"): _Stone(
            lambda gone: tuple(marks_of(gone.facts["was"])), reason="", by="the client"
        ),
    }
)


def tombstones(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, Excluded]]:
    """(client, tombstone) of the evidence whose deletion `asks` finds, one for each stream."""
    for verb, noun, client, by, when, *gone in rows:
        stone, was = _STONES.get((verb, noun)), _Gone(*gone)
        if stone is None:
            continue
        for stream in stone.streams(was):
            reason = stone.reason.format(said=was.said)
            yield client, Excluded(stream, stone.row(was), stone.by or by, reason, when)


def asks(*, at: datetime, clients: Collection[int] | None) -> QuerySet[Line, tuple[Any, ...]]:
    """Lines of what was deleted by `at` and not too long before."""
    lines = Line.objects.filter(
        verb__in={verb for verb, _ in _STONES},
        noun__in={noun for _, noun in _STONES},
        at__lte=at,
        at__gt=at - SHOWN_FOR,
    ).filter(client_id__isnull=False, row_id__isnull=False)
    if clients is not None:
        lines = lines.filter(client_id__in=clients)
    columns = ("verb", "noun", "client_id", "by_name", "at", "row_id", "said", "facts")
    return lines.order_by("at", "pk").values_list(*columns)
