"""A message of ours came back undelivered, so that the question it answered is open again; and taking that back."""

from datetime import datetime

from django.db import transaction

from kept.kit.rows import remove
from kept.ledgers.conversations.models import Direction, Message
from kept.ledgers.conversations.settling import recount
from kept.ledgers.conversations.undelivered import Undelivered
from kept.ledgers.journal.verbs import facts_of, write
from kept.ledgers.team.models import Member


@transaction.atomic
def come_back(message: Message, *, whom: str, at: datetime, by: Member | None = None) -> Undelivered:
    """Whom it was for did not get it, as we learned at `at`. Twice is once; ValueError for what is not ours."""
    if message.direction != Direction.OUT:
        raise ValueError("Only what we wrote ourselves can come back.")
    row, new = Undelivered.objects.get_or_create(message=message, defaults={"at": at, "said": whom[:300]})
    if new:
        recount([message.conversation_id])
        write("conversations.come_back", row, by=by, at=at, client_id=message.conversation.client_id, said=row.said)
    return row


@transaction.atomic
def arrived_after_all(row: Undelivered, *, by: Member, at: datetime) -> None:
    """They have it, whatever their server said: it answers again. Twice is once; `come_back` undoes it."""
    if remove(row):
        recount([row.message.conversation_id])
        client = row.message.conversation.client_id
        write("conversations.arrived_after_all", row, by=by, at=at, client_id=client, said=row.said, was=facts_of(row))
