"""All that is evidence for trust: every module of this package, with the streams it tells of."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from django.apps import apps

from kept.ledgers.clients.models import Client
from kept.measures.incidents import Replaced
from kept.measures.trust_events import Event
from kept.measures.trust_streams import FEELINGS, STREAMS, Stream, Streams
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


@dataclass(frozen=True)
class Source:
    """A module with its streams, and the half-lives (names of `Streams`) by which its evidence fades.

    `judged` tells of rows whose words hang on the firm's numbers.
    """

    module: Module
    streams: tuple[Stream, ...]
    half_lives: tuple[str, ...]
    judged: Callable[..., dict[int, Told]] | None = None

    def reach(self, streams: Streams) -> timedelta:
        """How far back its evidence weighs more than a thousandth of itself."""
        return timedelta(days=HALF_LIVES * max(getattr(streams, name) for name in self.half_lives))


SOURCES = (
    Source(promises, (Stream.PROMISE,), ("promise_half_life", "promise_bad_half_life")),
    Source(replies, (Stream.REPLY,), ("reply_half_life",)),
    Source(touches, (Stream.MEETING,), ("meeting_half_life",), touches.told),
    Source(deliverables, (Stream.DELIVERABLE,), ("deliverable_half_life",)),
    Source(bills, (Stream.BILL,), ("fair_half_life",), bills.told),
    Source(staffing, (Stream.STAFFING,), ("staffing_half_life",)),
    Source(pulses, (*FEELINGS, Stream.MARK), ("mark_half_life",)),
)

# (at=, since=, clients=) -> (client, a promised person who was replaced), told as an incident if nobody said so before
ReplacedReader = Callable[..., Iterable[tuple[int, Replaced]]]
REPLACING: tuple[ReplacedReader, ...] = (staffing.replaced,)


def events_of_all(
    *,
    at: datetime,
    offices: Offices,
    clients: Collection[int] | None = None,
    streams: Streams = STREAMS,
    history_weeks: float = 26.0,
) -> dict[int, list[Event]]:
    """By client, the evidence of every source as known at `at`: what weighs anything, and what drift looks at.

    A constant number of queries.
    """
    found: dict[int, list[Event]] = defaultdict(list)
    watched = WATCHED + timedelta(weeks=history_weeks)
    for source in SOURCES:
        since = at - max(source.reach(streams), watched)
        for client, event in source.module.events(
            at=at, since=since, clients=clients, streams=streams, offices=offices
        ):
            found[client].append(event)
    return found


def replaced_of(*, at: datetime, since: datetime, clients: Collection[int] | None = None) -> dict[int, list[Replaced]]:
    """By client, the promised people replaced after `since` and by `at`."""
    found: dict[int, list[Replaced]] = defaultdict(list)
    for read in REPLACING:
        for client, one in read(at=at, since=since, clients=clients):
            found[client].append(one)
    return found


def told_of(
    rows: Iterable[tuple[Stream, int]], *, client: int | None = None, streams: Streams = STREAMS
) -> dict[tuple[Stream, int], Told]:
    """The words of these rows and what to open; a row that is no more is missing. A query for each source named.

    `streams` are the numbers by which the rows were judged, so that their words say what their worth says.
    With `client` also a row of any other is missing, whoever named it: another query for each kind of row.
    """
    wanted: dict[Stream, set[int]] = defaultdict(set)
    for stream, row in rows:
        wanted[stream].add(row)
    found = dict(_told(wanted, streams))
    return found if client is None else _of_client(found, client)


def _told(wanted: dict[Stream, set[int]], streams: Streams) -> Iterator[tuple[tuple[Stream, int], Told]]:
    for source in SOURCES:
        named: Sequence[Stream] = [stream for stream in source.streams if stream in wanted]
        if named:
            rows = set[int]().union(*(wanted[stream] for stream in named))
            words = source.judged(rows, streams=streams) if source.judged else source.module.told(rows)
            yield from (((stream, row), words[row]) for stream in named for row in wanted[stream] if row in words)


def _of_client(found: dict[tuple[Stream, int], Told], client: int) -> dict[tuple[Stream, int], Told]:
    by_noun: dict[str, set[int]] = defaultdict(set)
    for said in found.values():
        by_noun[said.noun].add(said.pk)
    theirs = set[tuple[str, int]]()
    for noun, rows in by_noun.items():
        whose = {"pk" if noun == Client._meta.label else "client": client}
        own = apps.get_model(noun)._default_manager.filter(pk__in=rows).filter(**whose)
        theirs |= {(noun, pk) for pk in own.values_list("pk", flat=True)}
    return {row: said for row, said in found.items() if (said.noun, said.pk) in theirs}
