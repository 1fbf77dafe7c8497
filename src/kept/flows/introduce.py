"""Saying whose conversation this is: an old client's or a new one's, and who its writer is to them."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kept.flows.keep_sentences import keep_sentences
from kept.flows.notice import follow
from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Client, Contact, ContactAddress, Stage
from kept.ledgers.conversations import verbs as conversations
from kept.ledgers.conversations.models import Conversation, Message
from kept.ledgers.team.models import Member


@dataclass(frozen=True)
class Introduced:
    """What came of it; `was_id` is whose the conversation was before."""

    client: Client
    contact: Contact | None
    was_id: int | None


@transaction.atomic
def introduce(conversation: Conversation, *, client: Client | str, meet: bool, by: Member, at: datetime) -> Introduced:
    """The conversation belongs to `client`; a name makes a new one, a prospect led by `by`. Twice is once.

    With `meet` whoever wrote last becomes a contact there, unless the address is a contact's already. Raises
    AlreadyThere when a client has that name.
    """
    was = conversation.client_id
    if isinstance(client, str):
        client = clients.welcome(name=client, stage=Stage.PROSPECT, lead=by, since=None, by=by, at=at)
    conversations.belong_to(conversation, client=client, by=by, at=at)
    contact = _met(conversation, client, by=by, at=at) if meet else None
    _follow(conversation, at=at)
    return Introduced(client, contact, was)


@transaction.atomic
def take_back(conversation: Conversation, *, was: Client | None, by: Member, at: datetime) -> None:
    """Undo an introduction: the conversation is again whose it was. New clients and contacts stay where they are."""
    left = conversation.client_id
    conversations.belong_to(conversation, client=was, by=by, at=at)
    if left != conversation.client_id:
        Message.objects.filter(conversation=conversation, contact__client=left).update(contact=None)
        _follow(conversation, at=at)


def _follow(conversation: Conversation, *, at: datetime) -> None:
    """What was noticed in it, and which lines we sent in it, are its client's from now on."""
    follow(conversation, at=at)
    keep_sentences(list(conversation.messages.values_list("pk", flat=True)))


def _met(conversation: Conversation, client: Client, *, by: Member, at: datetime) -> Contact | None:
    written = Message.objects.theirs().filter(conversation=conversation).exclude(sender_email="")
    last = written.order_by("at", "pk").last()
    if last is None:
        return None
    email = last.sender_email.lower()
    known = ContactAddress.objects.filter(email__iexact=email).select_related("contact").first()
    if known is not None and known.contact.client_id != client.pk:
        return None
    contact = known.contact if known else clients.meet(
        client, name=last.sender_name or email, emails=(email,), by=by, at=at
    )  # fmt: skip
    conversation.messages.filter(sender_email__iexact=email).update(contact=contact)
    return contact
