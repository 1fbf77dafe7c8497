"""Replies as evidence: how long each of their messages waited for us, and which wait past our pledge now."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from kept.ledgers.clients.models import Client
from kept.ledgers.conversations.models import Message
from kept.measures.trust_events import Event
from kept.measures.trust_events import reply as evidence
from kept.measures.trust_streams import STREAMS, Streams
from kept.measures.working_time import Calendar
from kept.readings.calendars import Offices
from kept.readings.evidence import Told
from kept.readings.own_pledges import own_pledge, own_pledges
from kept.readings.reply_facts import runs
from kept.readings.reply_runs import in_time


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

    A client's own pledge is what it was at `at`. Four queries, and no word of any message is loaded.
    """
    terms = _terms(at, clients, offices)
    for run in runs(at=at, since=since, clients=clients):
        calendar, pledge = terms[run.client]
        took = run.took(calendar, at=at, pledge=pledge)
        if in_time(run, took, pledge=pledge, at=at) is None:
            continue
        clock = run.clock
        when = clock.answered_at or at
        event = evidence(clock.started_by, at=when, took=took, pledge=pledge, waiting=clock.running, streams=streams)
        if event is not None and event.at > since:
            yield run.client, event


def told(rows: Collection[int]) -> dict[int, Told]:
    """What the message that waited was about, and its conversation. One query."""
    found = Message.objects.filter(pk__in=rows).values_list("pk", "conversation__subject", "conversation")
    return {
        pk: Told(f"“{subject or '(without a subject)'}”", "conversations.Conversation", talk)
        for pk, subject, talk in found
    }


def _terms(at: datetime, clients: Collection[int] | None, offices: Offices) -> dict[int, Terms]:
    rows = Client.objects.all() if clients is None else Client.objects.filter(pk__in=clients)
    since_changed, found = own_pledges(at), {}
    for pk, office, leads, now in rows.order_by().values_list("pk", "office", "lead__office", "pledge_minutes"):
        own = own_pledge(since_changed, pk, at=at, now=now)
        found[pk] = Terms(offices.calendar_of(office, leads), timedelta(minutes=own) if own else offices.pledge)
    return found
