"""Replies as evidence: how long each of their messages waited for us, and which wait past our pledge now."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import F, Q

from kept.ledgers.clients.models import Client
from kept.ledgers.conversations.care import Aside, AsideKind
from kept.ledgers.conversations.holding import Pause
from kept.ledgers.conversations.models import Direction, Message
from kept.ledgers.conversations.undelivered import peoples_words
from kept.measures.pauses import Pause as Stretch
from kept.measures.pauses import running, spans
from kept.measures.replies import Clock, Ended, Said, clocks
from kept.measures.trust_events import Event
from kept.measures.trust_events import reply as evidence
from kept.measures.trust_streams import STREAMS, Streams
from kept.measures.working_time import Calendar
from kept.readings.calendars import Offices
from kept.readings.evidence import Told
from kept.readings.own_pledges import own_pledge, own_pledges
from kept.readings.pauses import stretches


class Word(NamedTuple):
    """One message a person wrote, as much of it as a clock takes."""

    talk: int
    at: datetime
    pk: int
    client: int
    direction: str
    quiet: bool
    closing: str

    @property
    def asks(self) -> bool:
        """Whether it starts a clock, or lets one run on that stood."""
        return not (self.direction == Direction.OUT or self.quiet or self.closing)


class Held(NamedTuple):
    """A pause, without who made it."""

    at: datetime
    ended_at: datetime | None


class Marks(NamedTuple):
    """What people said of messages by then: those that need no answer here, and those put off until a later day."""

    closed: frozenset[int]
    later: frozenset[int]


class Terms(NamedTuple):
    """Against what a client's replies are judged."""

    calendar: Calendar
    pledge: timedelta


def events(
    *,
    at: datetime,
    since: datetime,
    clients: Collection[int] | None = None,
    streams: Streams = STREAMS,
    offices: Offices,
) -> Iterator[tuple[int, Event]]:
    """(client, evidence) of clocks that ended after `since` and by `at`, and of those past the pledge at `at`.

    A client's own pledge is what it was at `at`. Five queries, and no word of any message is loaded.
    """
    terms, marks, held = _terms(at, clients, offices), _marks(at, clients), _held(at, clients)
    for talk, found in groupby(_words(at=at, since=since, clients=clients), key=lambda one: one.talk):
        words = list(found)
        if not any(one.asks for one in words):
            continue
        client = words[0].client
        standing: Any = held.get(talk, ())  # of a pause only its two moments are read
        pauses = stretches(standing, theirs=[one.at for one in words if one.asks], at=at)
        for clock in clocks([said for one in words for said in _said(one, marks)]):
            event = _event(clock, terms[client], pauses, marks=marks, at=at, streams=streams)
            if event is not None and event.at > since:
                yield client, event


def told(rows: Collection[int]) -> dict[int, Told]:
    """What the message that waited was about, and its conversation. One query."""
    found = Message.objects.filter(pk__in=rows).values_list("pk", "conversation__subject", "conversation")
    return {
        pk: Told(f"“{subject or '(without a subject)'}”", "conversations.Conversation", talk)
        for pk, subject, talk in found
    }


def _words(*, at: datetime, since: datetime, clients: Collection[int] | None) -> Iterator[Word]:
    """Conversation by conversation, oldest first; older messages only where they wait still."""
    unsettled = Q(conversation__their_last_at__gt=F("conversation__settled_until"))
    waiting = unsettled & Q(at__gt=F("conversation__settled_until"))
    rows = Message.objects.filter(Q(at__gte=since) | waiting, peoples_words(at), at__lte=at)
    rows = (
        rows.filter(conversation__client__isnull=False)
        if clients is None
        else rows.filter(conversation__client__in=clients)
    )
    columns = ("conversation", "at", "pk", "conversation__client", "direction", "quiet", "closing")
    for row in rows.order_by("conversation", "at", "pk").values_list(*columns):
        yield Word(*row)


def _terms(at: datetime, clients: Collection[int] | None, offices: Offices) -> dict[int, Terms]:
    rows = Client.objects.all() if clients is None else Client.objects.filter(pk__in=clients)
    since_changed, found = own_pledges(at), {}
    for pk, office, leads, now in rows.order_by().values_list("pk", "office", "lead__office", "pledge_minutes"):
        own = own_pledge(since_changed, pk, at=at, now=now)
        found[pk] = Terms(offices.calendar_of(office, leads), timedelta(minutes=own) if own else offices.pledge)
    return found


def _marks(at: datetime, clients: Collection[int] | None) -> Marks:
    rows = Aside.objects.filter(at__lte=at)
    if clients is not None:
        rows = rows.filter(message__conversation__client__in=clients)
    closed, later = set[int](), set[int]()
    for message, kind, until in rows.order_by().values_list("message_id", "kind", "until"):
        if kind != AsideKind.LATER:
            closed.add(message)
        elif until and until > at:
            later.add(message)
    return Marks(frozenset(closed), frozenset(later))


def _held(at: datetime, clients: Collection[int] | None) -> dict[int, list[Held]]:
    rows = Pause.objects.filter(at__lte=at)
    if clients is not None:
        rows = rows.filter(conversation__client__in=clients)
    found: dict[int, list[Held]] = defaultdict(list)
    for talk, began, ended in rows.order_by("at", "pk").values_list("conversation_id", "at", "ended_at"):
        found[talk].append(Held(began, ended))
    return found


def _said(one: Word, marks: Marks) -> list[Said]:
    """The message as a clock takes it; a mark on it ends the wait of everything up to it."""
    ours = one.direction == Direction.OUT
    said = Said(row=one.pk, at=one.at, ours=ours, quiet=one.quiet, closes=bool(one.closing) and not ours)
    if ours or one.pk not in marks.closed:
        return [said]
    return [said, Said(row=one.pk, at=one.at, ours=True, closes=True)]


def _event(
    clock: Clock, terms: Terms, pauses: Sequence[Stretch], *, marks: Marks, at: datetime, streams: Streams
) -> Event | None:
    """None for a wait that a mark ended, and for one that is young, paused or put off."""
    if clock.ended is Ended.CLOSED:
        return None
    newest = clock.nudges[-1] if clock.nudges else clock.started_by
    if clock.running and (newest in marks.later or any(pause.holds(at) for pause in pauses)):
        return None
    until = clock.answered_at or at
    took = until - clock.started_at
    # working time is never longer than the clock's, so most need no counting of days
    if took > terms.pledge:
        took = running(terms.calendar, clock.started_at, until, without=spans(pauses, until=until))
    return evidence(clock.started_by, at=until, took=took, pledge=terms.pledge, waiting=clock.running, streams=streams)
