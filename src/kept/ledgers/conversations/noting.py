"""Notes of meetings: what was said in a room or on the phone, kept where letters are; and taking that back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from kept.kit import words as say
from kept.kit.rows import hold, remove
from kept.ledgers.clients.models import Client, Contact
from kept.ledgers.conversations import settling
from kept.ledgers.conversations.in_turn import in_turn
from kept.ledgers.conversations.models import Body, Channel, Conversation, Direction, Message
from kept.ledgers.journal.verbs import facts_of, write
from kept.ledgers.team.models import Member

LONGEST = 100_000  # letters of a note


@dataclass(frozen=True)
class Meeting:
    """When it was and who was there beside the writer: theirs, the first named first, and ours."""

    held_at: datetime
    contacts: Sequence[Contact] = ()
    members: Sequence[Member] = ()


@transaction.atomic
def note(client: Client, *, words: str, meeting: Meeting, by: Member, at: datetime) -> Message:
    """Keep what was said at a meeting, as a conversation of its own in which nobody waits. Twice is once.

    Raises ValueError with a plain sentence without words, before the meeting, and for people of another client.
    """
    said = words.strip()[:LONGEST]
    if not said:
        raise ValueError("Write what was said.")
    if meeting.held_at > at:
        raise ValueError("The meeting is still to come. Write the note when it is over.")
    if any(one.client_id != client.pk for one in meeting.contacts):
        raise ValueError(f"Choose people of {client.name}.")
    hold(client)  # of two who send the same note at once the second finds it
    mark = sha256("\n".join([str(client.pk), str(by.pk), meeting.held_at.isoformat(), said]).encode()).hexdigest()
    standing = Message.objects.filter(message_id=_name(mark)).first()
    if standing is not None:
        return standing
    message = _keep(client, said, meeting, by, mark)
    write("conversations.note", message, by=by, at=at, client_id=client.pk, said=message.subject)
    return message


@transaction.atomic
def take_back_note(message: Message, *, by: Member, at: datetime) -> None:
    """Undo a note; the journal keeps its words. Twice is once.

    Raises ValueError when more was said in its conversation since, and for what is no note.
    """
    if message.channel != Channel.NOTE:
        raise ValueError("Only a note can be taken back: what was sent was sent.")
    conversation = message.conversation
    if conversation.messages.exclude(pk=message.pk).exists():
        raise ValueError("More was said in this conversation since, so the note stays.")
    said = Body.objects.filter(message=message).values_list("visible", flat=True).first()
    if remove(message):
        Conversation.objects.filter(pk=conversation.pk).delete()
        write(
            "conversations.take_back_note", message, by=by, at=at, client_id=conversation.client_id, said=said or "",
            was=facts_of(message),
        )  # fmt: skip


def _keep(client: Client, said: str, meeting: Meeting, by: Member, mark: str) -> Message:
    in_turn()
    held = meeting.held_at
    subject = f"Meeting of {held.day} {say.MONTHS[held.month - 1]}"
    # no key: what is found by its subject would join letters to it
    conversation = Conversation.objects.create(client=client, subject=subject, started_at=held, last_at=held)
    message = Message.objects.create(
        conversation=conversation,
        message_id=_name(mark),
        fingerprint=mark,
        at=held,
        direction=Direction.OUT,
        channel=Channel.NOTE,
        contact=next(iter(meeting.contacts), None),
        member=by,
        sender_name=by.name,
        sender_email=by.email,
        to=_people(meeting),
        subject=subject,
        snippet=" ".join(said[:600].split())[:200],
        size=len(said.encode()),
    )
    Body.objects.create(message=message, visible=said, text=said)
    settling.recount([conversation.pk])
    return message


def _people(meeting: Meeting) -> list[list[str]]:
    theirs = [[one.name, one.addresses.values_list("email", flat=True).first() or ""] for one in meeting.contacts]
    return [*theirs, *([one.name, one.email] for one in meeting.members)]


def _name(mark: str) -> str:
    return f"note-{mark}@kept"
