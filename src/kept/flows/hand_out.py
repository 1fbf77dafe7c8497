"""Giving what nobody looks after to whoever is on duty, so that nothing of a stranger sits unseen."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery

from kept.ledgers.conversations import verbs
from kept.ledgers.conversations.care import Assignment
from kept.ledgers.conversations.duty import Rule, Turn
from kept.ledgers.conversations.models import Conversation, Message
from kept.ledgers.team.models import KeptOut, Member
from kept.readings.calendars import offices
from kept.readings.duty import duty, kept_out


@transaction.atomic
def hand_out(conversations: Iterable[int] | None = None, *, at: datetime) -> dict[int, Member]:
    """Let whoever is on duty look after those of these conversations (None: all) that wait and that nobody looks after.

    These are of strangers, and of clients without a lead. A rule goes before the rota; whom a wall keeps from the
    client is passed over; what somebody said is nobody's stays nobody's. Answers who got which. Twice is once.
    """
    if not Turn.objects.exists() and not Rule.objects.exists():
        return {}
    waiting = _nobodys(conversations, at)
    if not waiting:
        return {}
    firsts = _first_words(waiting)
    on = duty(offices=offices())
    out = kept_out({talk.client.wall_id for talk in waiting if talk.client and talk.client.wall_id})
    given = {}
    for talk in waiting:
        wall = talk.client.wall_id if talk.client else None
        takers = on.takers(firsts[talk.pk], at=at)
        member = next((one for one in takers if (wall, one.pk) not in out), None)
        if member is not None:
            verbs.assign(talk, to=member, by=None, at=at)
            given[talk.pk] = member
    return given


def _nobodys(conversations: Iterable[int] | None, at: datetime) -> list[Conversation]:
    """Those that wait for us, of clients without a lead who is here, and not asked of anybody who can look after it."""
    rows = Conversation.objects.waiting_at(at).exclude(client__lead__isnull=False, client__lead__left_on=None)
    if conversations is not None:
        rows = rows.filter(pk__in=list(conversations))
    newest = Assignment.objects.filter(conversation=OuterRef("pk")).order_by("-at", "-pk")
    walled = KeptOut.objects.filter(wall=OuterRef("client__wall_id"), member=OuterRef("asked"))
    found = rows.select_related("client").annotate(
        handed=Subquery(newest.values("pk")[:1]),
        handed_by=Subquery(newest.values("by_id")[:1]),
        asked=Subquery(newest.values("member_id")[:1]),
        gone=Subquery(newest.values("member__left_on")[:1]),
        apart=Exists(walled),
    )
    return [talk for talk in found.order_by("pk") if _is_nobodys(talk)]


def _is_nobodys(talk: Any) -> bool:
    if talk.asked is None:
        # a person said that it is nobody's: then anyone may take it
        return talk.handed is None or talk.handed_by is None
    return talk.gone is not None or bool(talk.apart)


def _first_words(talks: Sequence[Conversation]) -> dict[int, Message]:
    """The first message of each that waits for us; by it the rules go."""
    since = {talk.pk: talk.settled_until for talk in talks}
    found: dict[int, Message] = {}
    for message in Message.objects.asking().filter(conversation__in=since).order_by("-at", "-pk"):
        if message.at > since[message.conversation_id]:
            found[message.conversation_id] = message
    return found


@transaction.atomic
def take_back(conversations: Iterable[int], *, by: Member, at: datetime) -> None:
    """Undo a handing out, where nobody was asked since. Twice is once."""
    rows = Assignment.objects.filter(conversation__in=list(conversations)).select_related("conversation")
    newest = {row.conversation_id: row for row in rows.order_by("at", "pk")}
    for row in newest.values():
        if row.by_id is None:
            verbs.take_back_assignment(row, by=by, at=at)
