"""Writing down a meeting: its words are kept, and what was promised in them is noticed; and taking the note back."""

from datetime import datetime

from django.db import transaction

from kept.flows.notice import SOURCE, forget, notice
from kept.ledgers.clients.models import Client
from kept.ledgers.conversations import noting
from kept.ledgers.conversations.models import Message
from kept.ledgers.conversations.noting import Meeting
from kept.ledgers.letters.models import Letter
from kept.ledgers.promises.models import Promise
from kept.ledgers.team.models import Member


@transaction.atomic
def note(client: Client, *, words: str, meeting: Meeting, by: Member, at: datetime) -> Message:
    """Keep the note, and notice what sounds like a promise of ours in it, also of colleagues who are named.

    Twice is once. Raises ValueError as `noting.note` does.
    """
    message = noting.note(client, words=words, meeting=meeting, by=by, at=at)
    notice([message.pk], at=at)
    return message


@transaction.atomic
def take_back(message: Message, *, by: Member, at: datetime) -> None:
    """Undo a note. Twice is once. Raises ValueError while something hangs on it: a promise, a letter, another word."""
    promised = Promise.objects.filter(source_noun=SOURCE, source_id=message.pk).first()
    if promised is not None:
        raise ValueError(f"“{promised.words}” was promised in it. Take that out first.")
    if Letter.objects.filter(conversation=message.conversation_id, dropped_at=None).exists():
        raise ValueError("A letter was begun from this note. Throw that away first.")
    forget([message.pk])
    noting.take_back_note(message, by=by, at=at)
