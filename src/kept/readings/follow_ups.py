"""We wrote, and nobody answered: letters of ours that come back, on the chosen day or by the reader's own rhythm."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from kept.kit.names import calling
from kept.kit.written_once import written_once
from kept.ledgers.clients.models import Client
from kept.ledgers.conversations.holding import FollowUp
from kept.ledgers.conversations.models import Conversation, Direction, Message
from kept.ledgers.conversations.undelivered import peoples_words
from kept.ledgers.team.models import Member
from kept.readings.calendars import Offices
from kept.readings.rhythm import Written, suggested

REACH = timedelta(days=60)  # what was left open longer comes back only where somebody chose a day
MOST = 200  # so many letters are looked at, the newest first


@dataclass(frozen=True)
class Unanswered:
    """One letter of ours that nobody has answered, and that was to come back by now."""

    conversation: Conversation
    client: Client | None  # with its lead
    message: Message  # ours, with its member
    who: str  # to whom, as the letter calls them
    due_at: datetime
    why: str
    chosen: FollowUp | None  # None: nobody chose the day

    @property
    def member_id(self) -> int | None:
        """Whose it is: the writer's, once they are gone the lead's; None: nobody's."""
        writer = self.message.member
        if writer is not None and writer.left_on is None:
            return writer.pk
        lead = self.client.lead if self.client else None
        return lead.pk if lead is not None and lead.left_on is None else None


def unanswered(viewer: Member, *, at: datetime, offices: Offices, own: bool = False) -> list[Unanswered]:
    """Letters that have come back by `at`, of those the viewer may know of; longest due first.

    A day that was chosen counts. Else a letter comes back that asked for something, when nine of ten answers of that
    reader would have come. Judged from what was known at `at`, also when that is past. `own`: only what the viewer
    wrote, or nobody who is here. Three queries at most.
    """
    keys = [key for (key,) in _candidates(at, at - REACH)]
    rows = _open(viewer, keys, at, own=own) if keys else []
    days = suggested(
        [Written(row, _address(row), calling(_name(row))) for row in rows if _chosen(row, at) is None], offices=offices
    )
    found = []
    for row in rows:
        chosen = _chosen(row, at)
        due_at, why = (chosen.due_at, _said(chosen)) if chosen else days[row.pk]
        if due_at is not None and due_at <= at:
            talk = row.conversation
            found.append(Unanswered(talk, talk.client, row, _name(row), due_at, why, chosen))
    return sorted(found, key=lambda one: (one.due_at, one.message.pk))


@written_once
def _candidates(at: datetime, begins: datetime) -> QuerySet[Any, tuple[int]]:
    """Keys of letters that asked for something and had no word since, and of those for which somebody chose a day.

    Asked for by themselves, each by its own index: put together with the rest PostgreSQL reads all messages.
    """
    asked = Message.objects.filter(~Exists(_since(at)), asks=True, at__gte=begins, **_ours(at)).order_by()
    chosen = FollowUp.objects.filter(due_at__lte=at, at__lte=at).order_by()
    found: QuerySet[Any, tuple[int]] = asked.values_list("pk").union(chosen.values_list("message")).order_by()
    return found


def _ours(at: datetime) -> dict[str, Any]:
    return {"direction": Direction.OUT, "automatic": "", "quiet": False, "at__lte": at}


def _since(at: datetime) -> QuerySet[Message]:
    """What people wrote in the same conversation after the message."""
    return Message.objects.filter(
        conversation=OuterRef("conversation"), automatic="", at__gt=OuterRef("at"), at__lte=at
    )


@written_once
def _open(viewer: Member, keys: Sequence[int], at: datetime, *, own: bool) -> QuerySet[Message]:
    """Of these our letters that might have come back: nobody spoke since, or for a chosen day nobody of theirs did."""
    said = Q(follow_up__isnull=False, follow_up__at__lte=at) & (Q(follow_up__due_at=None) | Q(follow_up__due_at__gt=at))
    rows = (
        Message.objects.seen_by(viewer)
        .filter(pk__in=keys, **_ours(at))
        .exclude(Exists(_since(at).filter(direction=Direction.IN)))
        .exclude(said)
        .filter(peoples_words(at))
        .select_related("conversation__client__lead", "member", "follow_up__by")
        .defer("cc", "defects", "attachments", "automatic_why", "fingerprint", "message_id")
        .order_by("-at", "-pk")
    )
    if own:
        rows = rows.filter(Q(member=viewer) | Q(member=None) | Q(member__left_on__isnull=False))
    return rows[:MOST]


def _address(row: Message) -> str:
    return next((str(email).lower() for _, email in row.to if email), "")


def _name(row: Message) -> str:
    return next((str(name or email) for name, email in row.to if name or email), "Somebody")


def _chosen(row: Message, at: datetime) -> FollowUp | None:
    """The day that somebody had chosen by then."""
    chosen: FollowUp | None = getattr(row, "follow_up", None)
    return chosen if chosen is not None and chosen.at <= at else None


def _said(chosen: FollowUp) -> str:
    return f"{chosen.by.first_name if chosen.by else 'Somebody'} chose this day."
