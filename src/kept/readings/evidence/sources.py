"""All that is evidence for trust: every module of this package, with the streams it tells of."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol, cast

from django.apps import apps
from django.db.models import QuerySet

from kept.kit.asked_together import Asked, together
from kept.measures.incidents import Replaced
from kept.measures.trust_events import Event
from kept.measures.trust_streams import FEELINGS, STREAMS, Stream, Streams
from kept.readings import felt_given
from kept.readings.calendars import Offices
from kept.readings.evidence import Told, bills, deliverables, promises, pulses, replies, staffing, touches

# ten half-lives leave less than a thousandth (2^-10) of a weight
HALF_LIVES = 10
# drift looks at 52 weeks, and at up to 104 before them to say what is usual, however little those weigh
WATCHED = timedelta(weeks=52)


class Module(Protocol):
    """What each module of this package has."""

    def events(
        self,
        *,
        at: datetime,
        since: datetime,
        clients: Collection[int] | None = None,
        streams: Streams = STREAMS,
        offices: Offices,
    ) -> Iterable[tuple[int, Event]]: ...

    def told(self, rows: Collection[int]) -> dict[int, Told]: ...


Lists = Callable[..., dict[str, QuerySet[Any, Any]]]


@dataclass(frozen=True)
class Source:
    """A module with its streams, and the half-lives (names of `Streams`) by which its evidence fades.

    `judged` tells of rows whose words hang on the firm's numbers; `asks` and `tells` name
    the lists that its evidence, and its words, are read from.
    """

    module: Module
    streams: tuple[Stream, ...]
    half_lives: tuple[str, ...]
    judged: Callable[..., dict[int, Told]] | None = None
    asks: Lists | None = None
    tells: Lists | None = None

    def reach(self, streams: Streams) -> timedelta:
        """How far back its evidence weighs more than a thousandth of itself."""
        return timedelta(days=HALF_LIVES * max(getattr(streams, name) for name in self.half_lives))

    def since(self, at: datetime, streams: Streams, history_weeks: float) -> datetime:
        """From when its evidence is read: what weighs anything, and what drift looks at."""
        return at - max(self.reach(streams), WATCHED + timedelta(weeks=history_weeks))


SOURCES = (
    Source(
        promises, (Stream.PROMISE,), ("promise_half_life", "promise_bad_half_life"), None, promises.asks, promises.tells
    ),
    Source(replies, (Stream.REPLY,), ("reply_half_life",)),
    Source(touches, (Stream.MEETING,), ("meeting_half_life",), touches.told, asks=touches.asks, tells=touches.tells),
    Source(
        deliverables,
        (Stream.DELIVERABLE,),
        ("deliverable_half_life",),
        asks=deliverables.asks,
        tells=deliverables.tells,
    ),
    Source(bills, (Stream.BILL,), ("fair_half_life",), bills.told, asks=bills.asks, tells=bills.tells),
    Source(staffing, (Stream.STAFFING,), ("staffing_half_life",), asks=staffing.asks, tells=staffing.tells),
    Source(pulses, (*FEELINGS, Stream.MARK), ("mark_half_life",), asks=felt_given.asks, tells=pulses.tells),
)


def events_of_all(
    *,
    at: datetime,
    offices: Offices,
    clients: Collection[int] | None = None,
    streams: Streams = STREAMS,
    history_weeks: float = 26.0,
    asked: Asked | None = None,
) -> dict[int, list[Event]]:
    """By client, the evidence of every source as known at `at`: what weighs anything, and what drift looks at.

    A constant number of queries; fewer with what `asks_of_all` asks, where it was read already.
    """
    found: dict[int, list[Event]] = defaultdict(list)
    for source in SOURCES:
        known = {"asked": asked} if asked is not None and source.asks else {}
        since = source.since(at, streams, history_weeks)
        read: Callable[..., Iterable[tuple[int, Event]]] = source.module.events
        for client, event in read(at=at, since=since, clients=clients, streams=streams, offices=offices, **known):
            found[client].append(event)
    return found


def asks_of_all(
    *, at: datetime, offices: Offices, clients: Collection[int] | None, streams: Streams, history_weeks: float
) -> dict[str, QuerySet[Any, Any]]:
    """The lists that the sources and the replacements of some clients are read from, to be asked for together."""
    found = staffing.asks_replaced(at=at, clients=clients)
    for source in SOURCES:
        if source.asks:
            since = source.since(at, streams, history_weeks)
            found |= source.asks(at=at, since=since, clients=clients, offices=offices)
    return found


def replaced_of(
    *, at: datetime, since: datetime, clients: Collection[int] | None = None, asked: Asked | None = None
) -> dict[int, list[Replaced]]:
    """By client, the promised people replaced after `since` and by `at`."""
    found: dict[int, list[Replaced]] = defaultdict(list)
    for client, one in staffing.replaced(at=at, since=since, clients=clients, asked=asked):
        found[client].append(one)
    return found


def told_of(
    rows: Iterable[tuple[Stream, int]], *, client: int | None = None, streams: Streams = STREAMS
) -> dict[tuple[Stream, int], Told]:
    """The words of these rows and what to open; a row that is no more is missing. At most two queries.

    `streams` are the numbers by which the rows were judged, so that their words say what their worth says.
    With `client` also a row of any other is missing, whoever named it: one query more.
    """
    wanted: dict[Stream, set[int]] = defaultdict(set)
    for stream, row in rows:
        wanted[stream].add(row)
    by_source = {
        source: set[int]().union(*(wanted[stream] for stream in source.streams if stream in wanted))
        for source in SOURCES
        if not wanted.keys().isdisjoint(source.streams)
    }
    lists: dict[str, QuerySet[Any, Any]] = {}
    for source, own in by_source.items():
        lists |= source.tells(own, client) if source.tells else {}
    asked = together(lists)
    found: dict[tuple[Stream, int], Told] = {}
    for source, own in by_source.items():
        words = _words(source, own, client=client, streams=streams, asked=asked)
        found |= {(stream, row): words[row] for stream in source.streams for row in wanted[stream] if row in words}
    return found


def _words(
    source: Source, rows: Collection[int], *, client: int | None, streams: Streams, asked: Asked
) -> dict[int, Told]:
    by = {"streams": streams} if source.judged else {}
    if source.tells:
        return (source.judged or cast(Callable[..., dict[int, Told]], source.module.told))(rows, asked=asked, **by)
    words = source.judged(rows, **by) if source.judged else source.module.told(rows)
    return words if client is None else _of_client(words, client)


def _of_client(found: dict[int, Told], client: int) -> dict[int, Told]:
    by_noun: dict[str, set[int]] = defaultdict(set)
    for said in found.values():
        by_noun[said.noun].add(said.pk)
    theirs = set[tuple[str, int]]()
    for noun, rows in by_noun.items():
        own = apps.get_model(noun)._default_manager.filter(pk__in=rows, client=client)
        theirs |= {(noun, pk) for pk in own.values_list("pk", flat=True)}
    return {row: said for row, said in found.items() if (said.noun, said.pk) in theirs}
