"""Work handed over as evidence: accepted at once, after one more round because of us, or done again."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import chain
from typing import NamedTuple

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
) -> Iterator[tuple[int, Event]]:
    """(client, evidence) of work of which something was said after `since` and by `at`. Two queries.

    What was taken back after `at` stands as it stood then, for the journal remembers it.
    """
    said: dict[tuple[int, int], list[Word]] = defaultdict(list)
    for word in chain(_standing(at=at, clients=clients, since=since), _taken_back(at=at, clients=clients)):
        if max(word.at, word.said_at) <= at:
            said[word.client, word.pk].append(word)
    for (client, pk), words in said.items():
        found = received((Said(word.kind), word.said_at) for word in words)
        if found is not None and found.at > since:
            yield client, evidence(pk, at=found.at, accepted=found.accepted, streams=streams)


def told(rows: Collection[int]) -> dict[int, Told]:
    """What it was and how it was received: "“Homepage” took one more round because of us". Two queries."""
    found = Deliverable.objects.filter(pk__in=rows).prefetch_related("receipts")
    return {row.pk: Told(f"“{row.name}” {how_received(row)}", row._meta.label, row.pk) for row in found}


def how_received(row: Deliverable) -> str:
    """In words, for a row whose receipts are loaded."""
    found = received_of(row)
    return _SAID[found.accepted] if found else "was handed over; nobody has said a word yet"


def received_of(row: Deliverable) -> Received | None:
    """How the row, whose receipts are loaded, was received in all."""
    return received((Said(one.kind), one.said_at) for one in row.receipts.all())


def _standing(*, at: datetime, since: datetime, clients: Collection[int] | None) -> Iterator[Word]:
    """All that was said of work of which anything was said lately: the worst decides, also an older one."""
    lately = Receipt.objects.filter(said_at__gt=since, at__lte=at)
    if clients is not None:
        lately = lately.filter(deliverable__client__in=clients)
    rows = Receipt.objects.filter(deliverable__in=lately.values("deliverable"))
    columns = ("deliverable", "deliverable__client", "kind", "said_at", "at")
    for row in rows.order_by("deliverable", "said_at", "pk").values_list(*columns):
        yield Word(*row)


def _taken_back(*, at: datetime, clients: Collection[int] | None) -> Iterator[Word]:
    rows = Line.objects.filter(verb="deliverables.take_back", at__gt=at)
    if clients is not None:
        rows = rows.filter(client_id__in=clients)
    for client, facts in rows.order_by("at", "pk").values_list("client_id", "facts"):
        for was in [facts["was"], *facts["receipts"]]:
            if client is not None and "said_at" in was:
                said_at, written = datetime.fromisoformat(was["said_at"]), datetime.fromisoformat(was["at"])
                yield Word(was["deliverable_id"], client, was["kind"], said_at, written)
