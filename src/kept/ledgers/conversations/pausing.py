"""Pauses: we can't answer before they do something, so their clock stands, with the reason; and taking that back."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from kept.kit.rows import hold, remove
from kept.ledgers.conversations.holding import Pause
from kept.ledgers.conversations.models import Conversation, Message
from kept.ledgers.conversations.verbs import NothingToAnswer
from kept.ledgers.journal.verbs import facts_of, write
from kept.ledgers.team.models import Member


@transaction.atomic
def pause(conversation: Conversation, *, reason: str, by: Member, at: datetime) -> Pause:
    """Let the clock stand until they write again or somebody ends it. Twice is once; other words replace the reason.

    Raises NothingToAnswer where nobody waits for us, ValueError without a reason.
    """
    said = reason.strip()[:300]
    if not said:
        raise ValueError("Say in a few words what we wait for, so that the next reader knows.")
    hold(conversation)
    if conversation.their_last_at is None or conversation.their_last_at <= conversation.settled_until:
        raise NothingToAnswer("Nobody waits for us in this conversation, so there is no clock to stop.")
    standing = _standing(conversation)
    if standing is not None and standing.reason == said:
        return standing
    before = facts_of(standing) if standing else None
    if standing is None:
        standing = Pause.objects.create(conversation=conversation, reason=said, by=by, at=at)
    else:
        standing.reason, standing.by = said, by
        standing.save(update_fields=["reason", "by"])
    write(
        "conversations.pause", standing, by=by, at=at, client_id=conversation.client_id, said=said, before=before
    )  # fmt: skip
    return standing


@transaction.atomic
def end_pause(row: Pause, *, by: Member, at: datetime) -> None:
    """Let the clock run on from now. Twice is once."""
    if Pause.objects.filter(pk=row.pk, ended_at=None).update(ended_at=max(at, row.at)):
        row.refresh_from_db()
        write("conversations.end_pause", row, by=by, at=at, client_id=row.conversation.client_id, said=row.reason)


@transaction.atomic
def take_back_end(row: Pause, *, by: Member, at: datetime) -> None:
    """Undo the ending of a pause, as if the clock had stood all the while. Twice is once.

    Raises ValueError where another pause stands by now.
    """
    hold(row.conversation)
    if Pause.objects.filter(conversation=row.conversation_id, ended_at=None).exclude(pk=row.pk).exists():
        raise ValueError("The clock stands already, for another reason.")
    ended = row.ended_at
    if Pause.objects.filter(pk=row.pk).exclude(ended_at=None).update(ended_at=None):
        write(
            "conversations.take_back_end", row, by=by, at=at, client_id=row.conversation.client_id, said=row.reason,
            ended_at=ended.isoformat() if ended else None,
        )  # fmt: skip


@transaction.atomic
def take_back_pause(row: Pause, *, by: Member, at: datetime) -> None:
    """Undo a pause; the clock counts as if it had never stood. Twice is once."""
    if remove(row):
        write(
            "conversations.take_back_pause", row, by=by, at=at, client_id=row.conversation.client_id, said=row.reason,
            was=facts_of(row),
        )  # fmt: skip


def move(conversation: Conversation, *, to: Conversation) -> None:
    """Take the pauses along when two conversations turn out to be one; of two that stand the other's goes on."""
    if Pause.objects.filter(conversation=to, ended_at=None).exists():
        Pause.objects.filter(conversation=conversation, ended_at=None).update(ended_at=F("at"))
    Pause.objects.filter(conversation=conversation).update(conversation=to)


def _standing(conversation: Conversation) -> Pause | None:
    """The pause that stands; one that they ended by writing is closed at that moment, so that a new one can begin."""
    row = Pause.objects.filter(conversation=conversation, ended_at=None).first()
    if row is None:
        return None
    wrote = Message.objects.asking().filter(conversation=conversation, at__gt=row.at).order_by("at").first()
    if wrote is None:
        return row
    Pause.objects.filter(pk=row.pk).update(ended_at=wrote.at)
    return None
