"""Who looks after a conversation: whoever was asked last, else the client's lead, as long as they can."""

from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from kept.ledgers.conversations.care import Assignment
from kept.ledgers.conversations.models import Conversation, Conversations
from kept.ledgers.team.models import KeptOut


class Talk(NamedTuple):
    """A conversation as far as clocks and hands go; hundreds may wait, too many to load whole."""

    pk: int
    until: datetime  # up to when it is settled
    client_id: int | None
    office: int | None  # the client's own
    pledge: int | None  # the minutes promised to this client alone
    lead: int | None
    leads_office: int | None
    lead_left: date | None
    handed: bool
    asked: int | None  # who was asked last; None: nobody is to
    asked_left: date | None
    asked_apart: bool


def has_left(left_on: date | None, at: datetime, *, replay: bool = False) -> bool:
    """Whether somebody is gone: who has a last day can no longer sign in; a replay asks whether that day had come."""
    return left_on is not None and (not replay or left_on <= at.date())


def as_talks(talks: Conversations, *more: str, at: datetime) -> QuerySet[Conversation, tuple[Any, ...]]:
    """The columns of `Talk`, in its order, and those named."""
    newest = Assignment.objects.filter(conversation=OuterRef("pk"), at__lte=at).order_by("-at", "-pk")
    apart = KeptOut.objects.filter(wall=OuterRef("client__wall_id"), member=OuterRef("asked"), since__lte=at)
    client = ("client", "client__office", "client__pledge_minutes")
    lead = ("client__lead", "client__lead__office", "client__lead__left_on")
    return talks.annotate(
        handed=Exists(newest),
        asked=Subquery(newest.values("member_id")[:1]),
        asked_left=Subquery(newest.values("member__left_on")[:1]),
        asked_apart=Exists(apart),
    ).values_list("pk", "settled_until", *client, *lead, "handed", "asked", "asked_left", "asked_apart", *more)


def looks_after(talk: Talk, *, at: datetime, replay: bool = False) -> int | None:
    """The member who looks after it; None: nobody.

    Who has left, or is kept from the client by a wall, looks after nobody.
    """
    if talk.handed:
        gone = talk.asked_apart or has_left(talk.asked_left, at, replay=replay)
        return None if gone else talk.asked
    return None if has_left(talk.lead_left, at, replay=replay) else talk.lead
