"""Which mails to take from a server, told by a few of their headers, before anything of them is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kept.flows import thread_mail
from kept.flows.address_book import AddressBook
from kept.ledgers.conversations.models import Message, Reference


@dataclass(frozen=True, slots=True)
class Glimpse:
    """A mail by its headers: `at` as its Date says, `people` the addresses in From, To and Cc, `size` in bytes."""

    message_id: str
    references: tuple[str, ...]
    sender: str
    people: tuple[str, ...]
    at: datetime | None
    size: int


def unknown(glimpses: Sequence[Glimpse]) -> list[bool]:
    """Of each mail whether we lack it: by its id, and, as ids are used twice, by who wrote it, when, and its size."""
    names = {thread_mail.short(one.message_id) for one in glimpses if one.message_id}
    columns = ("message_id", "sender_email", "at", "size")
    had = set(Message.objects.filter(message_id__in=names).values_list(*columns))
    marks = [(thread_mail.short(one.message_id), one.sender[:254], one.at, one.size) for one in glimpses]
    return [mark not in had for mark in marks]


def of_ours(glimpses: Sequence[Glimpse], *, book: AddressBook) -> list[bool]:
    """Of each mail whether it is for the firm: a contact or client is named in it, or it belongs to a thread we have.

    For personal mailboxes: the rest is nobody's business and is not even asked for.
    """
    names = {thread_mail.short(name) for one in glimpses for name in (one.message_id, *one.references) if name}
    ours = set(Message.objects.filter(message_id__in=names).values_list("message_id", flat=True))
    ours |= set(Reference.objects.filter(names__in=names).values_list("names", flat=True))
    return [_with_client(one, book) or _threaded(one, ours) for one in glimpses]


def _with_client(one: Glimpse, book: AddressBook) -> bool:
    return any(book.look_up(email).client for email in one.people if email)


def _threaded(one: Glimpse, ours: set[str]) -> bool:
    return any(thread_mail.short(name) in ours for name in (one.message_id, *one.references) if name)
