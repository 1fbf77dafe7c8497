"""Work handed over as evidence: accepted at once, after one more round because of us, or done again."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from itertools import chain, groupby
from typing import Any, NamedTuple

from django.db.models import QuerySet

from kept.kit.asked_together import Asked
from kept.ledgers.deliverables.models import Deliverable, Receipt
from kept.ledgers.journal.models import Line
from kept.measures.receiving import Received, Said, received
from kept.measures.trust_events import Accepted, Event
from kept.measures.trust_events import deliverable as evidence
from kept.measures.trust_streams import STREAMS, Streams
from kept.readings.calendars import Offices
from kept.readings.evidence import Told

_SAID = {
    Accepted.AT_ONCE: "was accepted within the rounds agreed",
    Accepted.EXTRA_ROUND: "took one more round because of us",
    Accepted.REDONE: "had to be done again",
}


class Word(NamedTuple):
    """What was said of a piece of work once, and when that was written down."""

    pk: int
    client: int
    kind: str
    said_at: datetime
    at: datetime


def events(
    *,
    at: datetime,
    since: datetime,
    clients: Collection[int] | None = None,
    streams: Streams = STREAMS,
    offices: Offices,  # as all evidence is asked for; work keeps no office hours
    asked: Asked | None = None,
) -> Iterator[tuple[int, Event]]:
    """(client, evidence) of work of which something was said after `since` and by `at`. Two queries.

    What was taken back after `at` stands as it stood then, for the journal remembers it.
    """
    rows = asked or asks(at=at, since=since, clients=clients)
    said: dict[tuple[int, int], list[Word]] = defaultdict(list)
    for word in chain((Word(*row) for row in rows["receipts"]), _taken_back(rows["receipts_gone"])):
        if max(word.at, word.said_at) <= at:
            said[word.client, word.pk].append(word)
    for (client, pk), words in said.items():
        found = received((Said(word.kind), word.said_at) for word in words)
        if found is not None and found.at > since:
            yield client, evidence(pk, at=found.at, accepted=found.accepted, streams=streams)


def asks(*, at: datetime, since: datetime, clients: Collection[int] | None, **_: Any) -> dict[str, QuerySet[Any, Any]]:
    """The lists that `events` reads: all that was said of work of which anything was said lately (the worst decides,
    also an older one), and what was taken back after `at`.
    """
    lately = Receipt.objects.filter(said_at__gt=since, at__lte=at)
    gone = Line.objects.filter(verb="deliverables.take_back", at__gt=at)
    if clients is not None:
        lately, gone = lately.filter(deliverable__client__in=clients), gone.filter(client_id__in=clients)
    rows = Receipt.objects.filter(deliverable__in=lately.order_by().values("deliverable"))
    columns = ("deliverable", "deliverable__client", "kind", "said_at", "at")
    return {
        "receipts": rows.order_by("deliverable", "said_at", "pk").values_list(*columns),
        "receipts_gone": gone.order_by("at", "pk").values_list("client_id", "facts"),
    }


def told(rows: Collection[int], *, asked: Asked | None = None) -> dict[int, Told]:
    """What it was and how it was received: "“Homepage” took one more round because of us". One query."""
    found = {}
    for (pk, name), said in groupby((asked or tells(rows))["work_told"], key=lambda row: (row[0], row[1])):
        how = received((Said(kind), at) for _, _, kind, at in said if kind is not None)
        found[pk] = Told(f"“{name}” {_in_words(how)}", Deliverable._meta.label, pk)
    return found


def tells(rows: Collection[int], client: int | None = None) -> dict[str, QuerySet[Any, Any]]:
    """The list that `told` reads; with `client` of rows of theirs alone."""
    found = Deliverable.objects.filter(pk__in=rows).order_by("pk", "receipts__said_at", "receipts__pk")
    columns = ("pk", "name", "receipts__kind", "receipts__said_at")
    return {"work_told": (found if client is None else found.filter(client=client)).values_list(*columns)}


def how_received(row: Deliverable) -> str:
    """In words, for a row whose receipts are loaded."""
    return _in_words(received_of(row))


def _in_words(found: Received | None) -> str:
    return _SAID[found.accepted] if found else "was handed over; nobody has said a word yet"


def received_of(row: Deliverable) -> Received | None:
    """How the row, whose receipts are loaded, was received in all."""
    return received((Said(one.kind), one.said_at) for one in row.receipts.all())


def _taken_back(gone: Iterable[tuple[int | None, dict[str, Any]]]) -> Iterator[Word]:
    for client, facts in gone:
        for was in [facts["was"], *facts["receipts"]]:
            if client is not None and "said_at" in was:
                said_at, written = datetime.fromisoformat(was["said_at"]), datetime.fromisoformat(was["at"])
                yield Word(was["deliverable_id"], client, was["kind"], said_at, written)
