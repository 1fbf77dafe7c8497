"""Giving conversations of strangers to the client they turn out to be of."""

from collections import defaultdict
from collections.abc import Iterable

from kept.flows.address_book import STRANGER, AddressBook, Known
from kept.flows.brought import Brought, Change
from kept.ledgers.clients.models import Client
from kept.ledgers.conversations.models import Conversation, Direction, Message
from kept.measures.text.letter import Address

SLICE = 500


def claim_strangers(book: AddressBook) -> tuple[int, list[Brought]]:
    """Claim what is nobody's for the clients in the book, as mail received now would be.

    A conversation belongs to the client that its first telling letter names: by who wrote it, or, of ours, by whom it
    was sent to; to one behind a wall before others, so that nothing is shown across it. Answers how many conversations
    were claimed, and what to remember for undoing. Whoever wrote from a client's domain becomes a contact.
    """
    walled = set(Client.objects.exclude(wall=None).values_list("pk", flat=True))
    homes: dict[int, int] = {}
    writers: dict[tuple[int, int], list[int]] = defaultdict(list)  # (client, contact) -> messages
    for letter in _unclaimed():
        known = _writer(letter, book)
        if known.client and known.contact and letter.contact_id is None:
            writers[known.client, known.contact].append(letter.pk)
        client = known.client or _first_client(letter, book)
        if client and (letter.conversation_id not in homes or client in walled):
            homes[letter.conversation_id] = client
    return len(homes), [*_give(homes), *_name(writers)]


def _unclaimed() -> Iterable[Message]:
    """Letters of conversations that are nobody's, the oldest first."""
    columns = ("conversation_id", "contact_id", "direction", "sender_email", "sender_name", "automatic", "to", "cc")
    return Message.objects.filter(conversation__client=None).order_by("at", "pk").only(*columns).iterator(2000)


def _writer(letter: Message, book: AddressBook) -> Known:
    """Who wrote: a machine introduces nobody, and who of us wrote is known already."""
    if letter.direction == Direction.OUT:
        return STRANGER
    if letter.automatic:
        return book.look_up(letter.sender_email)
    return book.meet(Address(letter.sender_name, letter.sender_email), suggest_clients=False)


def _first_client(letter: Message, book: AddressBook) -> int | None:
    """The client that one of ours wrote to."""
    if letter.direction == Direction.IN:
        return None
    return next((client for _, one in (*letter.to, *letter.cc) if (client := book.look_up(one).client)), None)


def _give(homes: dict[int, int]) -> list[Brought]:
    theirs: dict[int, list[int]] = defaultdict(list)
    for conversation, client in homes.items():
        theirs[client].append(conversation)
    brought: list[Brought] = []
    for client, conversations in theirs.items():
        for start in range(0, len(conversations), SLICE):
            Conversation.objects.filter(pk__in=conversations[start : start + SLICE]).update(client=client)
        brought.append((client, Change(Conversation._meta.label, "client_id", tuple(conversations), None, client)))
    return brought


def _name(writers: dict[tuple[int, int], list[int]]) -> list[Brought]:
    brought: list[Brought] = []
    for (client, contact), messages in writers.items():
        for start in range(0, len(messages), SLICE):
            Message.objects.filter(pk__in=messages[start : start + SLICE]).update(contact=contact)
        brought.append((client, Change(Message._meta.label, "contact_id", tuple(messages), None, contact)))
    return brought
