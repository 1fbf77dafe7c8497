"""Who looks after a conversation: whoever was asked last, else the client's lead, as long as they can."""

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from kept.ledgers.conversations.care import Assignment
from kept.ledgers.conversations.models import Conversation, Conversations
from kept.ledgers.team.models import KeptOut


def has_left(left_on: date | None, at: datetime, *, replay: bool = False) -> bool:
    """Whether somebody is gone: who has a last day can no longer sign in; a replay asks whether that day had come."""
    return left_on is not None and (not replay or left_on <= at.date())


def with_hands(talks: Conversations, *, at: datetime) -> Conversations:
    """These conversations with their client and its lead, and what `looks_after` needs; it costs no further query."""
    newest = Assignment.objects.filter(conversation=OuterRef("pk"), at__lte=at).order_by("-at", "-pk")
    apart = KeptOut.objects.filter(wall=OuterRef("client__wall_id"), member=OuterRef("asked"), since__lte=at)
    return talks.select_related("client__lead").annotate(
        handed=Exists(newest),
        asked=Subquery(newest.values("member_id")[:1]),
        asked_left=Subquery(newest.values("member__left_on")[:1]),
        asked_apart=Exists(apart),
    )


def looks_after(conversation: Conversation, *, at: datetime, replay: bool = False) -> int | None:
    """The member who looks after one of `with_hands`; None: nobody.

    Who has left, or is kept from the client by a wall, looks after nobody.
    """
    talk: Any = conversation
    if talk.handed:
        gone = talk.asked_apart or has_left(talk.asked_left, at, replay=replay)
        return None if gone else talk.asked
    lead = conversation.client.lead if conversation.client else None
    return lead.pk if lead and not has_left(lead.left_on, at, replay=replay) else None
