"""Letters of ours that should come back when nobody answers: on a chosen day, or never; taking that back."""

from datetime import datetime

from django.db import transaction

from kept.kit.rows import hold, remove
from kept.ledgers.conversations.holding import FollowUp
from kept.ledgers.conversations.models import Channel, Direction, Message
from kept.ledgers.journal.verbs import facts_of, write
from kept.ledgers.team.models import Member


@transaction.atomic
def choose_day(message: Message, *, due_at: datetime, by: Member, at: datetime) -> FollowUp:
    """Let our message come back then if nobody has answered. Twice is once; another day replaces the first.

    Raises ValueError for a day that is past, and for a message that is not ours.
    """
    if due_at <= at:
        raise ValueError("Choose a day that is still to come.")
    return _set(message, due_at, by=by, at=at, verb="conversations.choose_day")


@transaction.atomic
def never(message: Message, *, by: Member, at: datetime) -> FollowUp:
    """Say that our message needs no answer, so that it never comes back. Twice is once."""
    return _set(message, None, by=by, at=at, verb="conversations.never")


@transaction.atomic
def take_back_follow_up(row: FollowUp, *, by: Member, at: datetime) -> None:
    """Undo what was said about its coming back; it comes back as it would have. Twice is once."""
    if remove(row):
        client = row.message.conversation.client_id
        write("conversations.take_back_follow_up", row, by=by, at=at, client_id=client, was=facts_of(row))


def _set(message: Message, due_at: datetime | None, *, by: Member, at: datetime, verb: str) -> FollowUp:
    if message.direction != Direction.OUT or message.channel == Channel.NOTE:
        raise ValueError("Only what we wrote ourselves can wait for their answer.")
    hold(message)
    standing = FollowUp.objects.filter(message=message).first()
    if standing is not None and standing.due_at == due_at:
        return standing
    before = facts_of(standing) if standing else None
    row, _ = FollowUp.objects.update_or_create(message=message, defaults={"due_at": due_at, "by": by, "at": at})
    client = message.conversation.client_id
    said = due_at.isoformat() if due_at else ""
    write(verb, row, by=by, at=at, client_id=client, said=said, before=before)
    return row
