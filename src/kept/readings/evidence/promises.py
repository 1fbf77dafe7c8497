"""Promises as evidence: each that was kept or broken, at the moment it was settled."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q

from kept.ledgers.journal.models import Line
from kept.ledgers.promises.models import Outcome, OutcomeKind, Promise
from kept.measures.promises import SURELY_NOT_BROKEN, Move, Promised, judge
from kept.measures.trust_events import Event
from kept.measures.trust_events import promise as evidence
from kept.measures.trust_streams import STREAMS, Streams
from kept.readings.calendars import Offices
from kept.readings.evidence import Told

_COLUMNS = ("pk", "made_at", "first_due", "size", "client", "client__office", "client__lead__office")


class Begun(NamedTuple):
    """A promise as it was made, and the offices whose calendar may be the client's."""

    pk: int
    made_at: datetime
    due: datetime
    size: str
    client: int
    office: int | None = None
    leads: int | None = None


class Came(NamedTuple):
    """What came of it."""

    kind: str
    at: datetime
    new_due: datetime | None
    agreed: str


def events(
    *,
    at: datetime,
    since: datetime,
    clients: Collection[int] | None = None,
    streams: Streams = STREAMS,
    offices: Offices,
) -> Iterator[tuple[int, Event]]:
    """(client, evidence) of what was settled after `since` and by `at`. Four queries.

    What was taken back after `at` stands as it stood then, for the journal remembers it.
    """
    came = _came(at=at, since=since, clients=clients)
    for one in _begun(at=at, since=since, clients=clients):
        promised = _promised(one, came.get(one.pk, ()))
        if _surely_open(promised, at):
            continue
        calendar = offices.calendar_of(one.office, one.leads)
        found = evidence(promised, judge(promised, at=at, calendar=calendar), calendar=calendar, streams=streams)
        if found is not None and found.at > since:
            yield one.client, found


def told(rows: Collection[int]) -> dict[int, Told]:
    """The words of the promises. One query."""
    found = Promise.objects.filter(pk__in=rows).values_list("pk", "words")
    return {pk: Told(f"“{words}”", "promises.Promise", pk) for pk, words in found}


def _begun(*, at: datetime, since: datetime, clients: Collection[int] | None) -> Iterator[Begun]:
    rows = Promise.objects.filter(Q(ended_at=None) | Q(ended_at__gte=since), made_at__lte=at)
    gone = Line.objects.filter(verb="promises.withdraw", at__gt=at)
    if clients is not None:
        rows, gone = rows.filter(client__in=clients), gone.filter(client_id__in=clients)
    for row in rows.order_by("pk").values_list(*_COLUMNS):
        yield Begun(*row)
    for row in gone.values_list("facts__was", flat=True):
        made_at, due = _moment(row["made_at"]), _moment(row["first_due"])
        if made_at <= at:
            yield Begun(row["id"], made_at, due, row["size"], row["client_id"])


def _came(*, at: datetime, since: datetime, clients: Collection[int] | None) -> dict[int, list[Came]]:
    """By promise, oldest first."""
    live = Q(promise__ended_at=None) | Q(promise__ended_at__gte=since)
    rows = Outcome.objects.filter(live, at__lte=at)
    gone = Line.objects.filter(verb="promises.take_back", at__gt=at)
    if clients is not None:
        rows, gone = rows.filter(promise__client__in=clients), gone.filter(client_id__in=clients)
    found: dict[int, list[Came]] = defaultdict(list)
    columns = rows.order_by("at", "pk").values_list("promise_id", "kind", "at", "new_due", "agreed")
    for pk, kind, happened, new_due, agreed in columns:
        found[pk].append(Came(kind, happened, new_due, agreed))
    for was in gone.values_list("facts__was", flat=True):
        one = Came(was["kind"], _moment(was["at"]), was["new_due"] and _moment(was["new_due"]), was["agreed"])
        if one.at <= at:
            found[was["promise_id"]].append(one)
    return found


def _promised(one: Begun, came: Sequence[Came]) -> Promised:
    """The promise as the measure takes it."""
    size: Any = one.size  # the table's choices are the measure's sizes
    if not came:
        return Promised(one.pk, one.made_at, one.due, size)
    ends = {each.kind: each.at for each in came}
    moves = tuple(Move(each.at, each.new_due, bool(each.agreed)) for each in came if each.new_due is not None)
    kept, released = ends.get(OutcomeKind.KEPT), ends.get(OutcomeKind.RELEASED)
    return Promised(one.pk, one.made_at, one.due, size, moves, kept, released)


def _surely_open(promised: Promised, at: datetime) -> bool:
    """Whether nothing can have come of it yet, without counting days."""
    if promised.kept_at or promised.released_at:
        return False
    return at - promised.due < SURELY_NOT_BROKEN and not promised.moves


def _moment(said: str) -> datetime:
    return datetime.fromisoformat(said)
