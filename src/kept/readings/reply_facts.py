"""The messages behind every run, in bulk and without a word of them, as they were known at a moment."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast

from kept.ledgers.conversations.care import Aside, AsideKind
from kept.ledgers.conversations.holding import Pause
from kept.ledgers.conversations.models import Direction, Message
from kept.ledgers.conversations.noticed import Contradiction
from kept.ledgers.conversations.undelivered import peoples_words
from kept.readings.reply_runs import Run, runs_of

BEFORE = timedelta(days=90)  # a run that began so long before the days looked at is still known by its first message
PAUSED, UNSAID = "paused", "unsaid"


class Word(NamedTuple):
    """`reply_runs.Written`, as the ledger has it."""

    conversation_id: int
    at: datetime
    pk: int
    client_id: int
    ours: bool
    quiet: bool
    closing: bool
    channel: str
    closed: bool
    later: datetime | None


class Stood(NamedTuple):
    """A pause, without who made it and why."""

    at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class Marks:
    """What people said by then, by message: needs no answer here, put off until when; and by conversation its pauses.

    `unsaid` was contradicted later: then it was still taken for a machine's, or for a mere thank-you.
    """

    closed: frozenset[int]
    later: Mapping[int, datetime]
    unsaid: frozenset[int]
    held: Mapping[int, Sequence[Stood]]


def runs(
    *, at: datetime, since: datetime, moved_since: datetime | None = None, clients: Collection[int] | None = None
) -> Iterator[Run]:
    """Runs as known at `at` of the messages written after `since`, and of older ones where some waited still then.

    Of conversations that moved after `moved_since` alone, where that is given. Two queries.
    """
    marks = _marks(at, clients)
    words = _words(_rows(at=at, since=since, moved_since=moved_since, clients=clients), marks)
    for talk, found in groupby(words, key=lambda one: one.conversation_id):
        yield from runs_of(list(found), marks.held.get(talk, ()), at=at)


def _rows(
    *, at: datetime, since: datetime, moved_since: datetime | None, clients: Collection[int] | None
) -> QuerySet[Message, tuple[Any, ...]]:
    """Conversation by conversation, oldest first."""
    unsettled = Q(conversation__their_last_at__gt=F("conversation__settled_until"))
    settled_since = Q(conversation__settled_until__gt=at)
    lately = Q(at__gte=since) if moved_since is None else Q(at__gte=since, conversation__last_at__gte=moved_since)
    found = Message.objects.filter(lately | unsettled | settled_since, peoples_words(at), at__lte=at)
    whose = Q(conversation__client__isnull=False) if clients is None else Q(conversation__client__in=list(clients))
    columns = ("conversation_id", "at", "pk", "conversation__client_id", "direction", "quiet", "closing", "channel")
    return found.filter(whose).order_by("conversation_id", "at", "pk").values_list(*columns)


def _words(rows: QuerySet[Message, tuple[Any, ...]], marks: Marks) -> Iterator[Word]:
    closed, later, unsaid, ours = marks.closed, marks.later, marks.unsaid, str(Direction.OUT)
    for talk, at, pk, client, direction, quiet, closing, channel in rows:
        if pk not in unsaid:
            yield Word(
                talk, at, pk, client, direction == ours, quiet, bool(closing), channel, pk in closed, later.get(pk)
            )


def _marks(at: datetime, clients: Collection[int] | None) -> Marks:
    closed, later, unsaid = set[int](), dict[int, datetime](), set[int]()
    held: dict[int, list[Stood]] = defaultdict(list)
    for row, kind, when, until in sorted(_said(at, clients), key=lambda said: said[2]):
        if kind == PAUSED:
            held[row].append(Stood(when, until))
        elif kind == UNSAID:
            unsaid.add(row)
        elif kind != AsideKind.LATER:
            closed.add(row)
        elif until is not None:
            later[row] = until
    return Marks(frozenset(closed), later, frozenset(unsaid), held)


def _said(at: datetime, clients: Collection[int] | None) -> QuerySet[Any, Any]:
    """(message or conversation, what, when, until) of all that was said of them; one query for the three of them."""
    none = Cast(Value(None), Pause._meta.get_field("ended_at"))
    aside = Aside.objects.filter(at__lte=at).annotate(what=F("kind"))
    pause = Pause.objects.filter(at__lte=at).annotate(what=_word(PAUSED))
    later = Contradiction.objects.filter(at__gt=at).annotate(what=_word(UNSAID), none=none)
    if clients is not None:
        of = list(clients)
        aside, later = (
            aside.filter(message__conversation__client__in=of), later.filter(message__conversation__client__in=of)
        )  # fmt: skip
        pause = pause.filter(conversation__client__in=of)
    rows: QuerySet[Any, Any] = aside.order_by().values_list("message_id", "what", "at", "until")
    every: QuerySet[Any, Any] = rows.union(
        pause.order_by().values_list("conversation_id", "what", "at", "ended_at"),
        later.order_by().values_list("message_id", "what", "at", "none"),
        all=True,
    )
    return every.order_by()  # by moment, where they are read: the tables' own order is no column here


def _word(said: str) -> Cast:
    return Cast(Value(said), CharField(max_length=10))
