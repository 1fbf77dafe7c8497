"""Promises as evidence: each that was kept or broken, at the moment it was settled."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from kept.kit.asked_together import Asked
from kept.ledgers.journal.models import Line
from kept.ledgers.promises.models import Outcome, OutcomeKind, Promise
from kept.measures.promises import SURELY_NOT_BROKEN, Move, Promised, judge
from kept.measures.trust_events import Event
from kept.measures.trust_events import promise as evidence
from kept.measures.trust_streams import STREAMS, Streams
from kept.readings.calendars import Offices
from kept.readings.evidence import Told

WITHDRAWN, TAKEN_BACK = "promises.withdraw", "promises.take_back"
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
    asked: Asked | None = None,
) -> Iterator[tuple[int, Event]]:
    """(client, evidence) of what was settled after `since` and by `at`. Three queries.

    What was taken back after `at` stands as it stood then, for the journal remembers it.
    """
    rows = asked or asks(at=at, since=since, clients=clients)
    came = _came(rows, at=at)
    for one in _begun(rows, at=at):
        promised = _promised(one, came.get(one.pk, ()))
        if _surely_open(promised, at):
            continue
        calendar = offices.calendar_of(one.office, one.leads)
        found = evidence(promised, judge(promised, at=at, calendar=calendar), calendar=calendar, streams=streams)
        if found is not None and found.at > since:
            yield one.client, found


def asks(*, at: datetime, since: datetime, clients: Collection[int] | None, **_: Any) -> dict[str, QuerySet[Any, Any]]:
    """The lists that `events` reads: promises and what came of them, and what was taken back of either after `at`."""
    rows = Promise.objects.filter(Q(ended_at=None) | Q(ended_at__gte=since), made_at__lte=at)
    came = Outcome.objects.filter(Q(promise__ended_at=None) | Q(promise__ended_at__gte=since), at__lte=at)
    gone = Line.objects.filter(verb__in=[WITHDRAWN, TAKEN_BACK], at__gt=at)
    if clients is not None:
        rows, came = rows.filter(client__in=clients), came.filter(promise__client__in=clients)
        gone = gone.filter(client_id__in=clients)
    return {
        "promises": rows.order_by("pk").values_list(*_COLUMNS),
        "outcomes": came.order_by("at", "pk").values_list("promise_id", "kind", "at", "new_due", "agreed"),
        "promises_gone": gone.order_by("at", "pk").values_list("verb", "facts"),
    }


def told(rows: Collection[int], *, asked: Asked | None = None) -> dict[int, Told]:
    """The words of the promises. One query."""
    found = (asked or tells(rows))["promises_told"]
    return {pk: Told(f"“{words}”", "promises.Promise", pk) for pk, words in found}


def tells(rows: Collection[int], client: int | None = None) -> dict[str, QuerySet[Any, Any]]:
    """The list that `told` reads; with `client` of rows of theirs alone."""
    found = Promise.objects.filter(pk__in=rows).order_by()
    return {"promises_told": (found if client is None else found.filter(client=client)).values_list("pk", "words")}


def _begun(rows: Asked, *, at: datetime) -> Iterator[Begun]:
    for row in rows["promises"]:
        yield Begun(*row)
    for was in _was(rows, WITHDRAWN):
        made_at, due = _moment(was["made_at"]), _moment(was["first_due"])
        if made_at <= at:
            yield Begun(was["id"], made_at, due, was["size"], was["client_id"])


def _came(rows: Asked, *, at: datetime) -> dict[int, list[Came]]:
    """By promise, oldest first."""
    found: dict[int, list[Came]] = defaultdict(list)
    for pk, *came in rows["outcomes"]:
        found[pk].append(Came(*came))
    for was in _was(rows, TAKEN_BACK):
        one = Came(was["kind"], _moment(was["at"]), was["new_due"] and _moment(was["new_due"]), was["agreed"])
        if one.at <= at:
            found[was["promise_id"]].append(one)
    return found


def _was(rows: Asked, verb: str) -> Iterator[dict[str, Any]]:
    """What was withdrawn, or taken back, as it stood."""
    return (facts["was"] for said, facts in rows["promises_gone"] if said == verb)


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
