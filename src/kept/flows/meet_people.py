"""Meeting the people of a list: known ones completed where something is empty, new ones introduced."""

from dataclasses import dataclass, field
from datetime import datetime

from kept.flows.address_book import AddressBook, Known
from kept.flows.brought import Addition, Brought, fill
from kept.flows.name_book import fold
from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Agreement, Client, Contact, ContactAddress, ContactRole
from kept.ledgers.journal.models import Batch
from kept.ledgers.team.models import Member
from kept.measures.entries import ClientRow

# what lists of contacts call the parts that people play
_ROLES = {
    ContactRole.SPONSOR: ("sponsor", "champion", "executive"),
    ContactRole.DECIDES: ("decision", "decides", "decider", "entscheider", "budget holder"),
    ContactRole.DAILY: ("day to day", "daily", "primary", "main contact", "project"),
    ContactRole.FINANCE: ("finance", "billing", "pays", "accounts", "accounting", "invoice", "buchhaltung"),
}


@dataclass
class People:
    """Who is known, by address and by name at their client, and who was met on the way."""

    addresses: AddressBook
    named: dict[tuple[int, str], int] = field(default_factory=dict)
    met: set[int] = field(default_factory=set)

    @classmethod
    def load(cls, *, batch: Batch, at: datetime, by: Member | None) -> "People":
        """Everybody as the ledgers have them now."""
        people = cls(AddressBook.load(batch=batch, at=at, by=by))
        for client, name, pk in Contact.objects.order_by("-pk").values_list("client_id", "name", "pk"):
            people.named[client, fold(name)] = pk
        return people

    @property
    def new(self) -> int:
        """How many were met."""
        return len(self.met)


def meet_person(row: ClientRow, *, client: int, people: People) -> list[Brought]:
    """Meet the row's person at the client; answers what changed of somebody known."""
    known = next((one.contact for email in row.emails if (one := people.addresses.look_up(email)).contact), None)
    known = known or people.named.get((client, fold(row.contact)))
    if known is None:
        return _introduce(row, client, people)
    return _complete(row, Contact.objects.get(pk=known), people)


def _introduce(row: ClientRow, client: int, people: People) -> list[Brought]:
    book = people.addresses
    contact = clients.meet(
        Client.objects.get(pk=client), name=row.contact or row.emails[0], emails=row.emails, role=role(row.role),
        title=row.title, phone=row.phone, by=book.by, at=book.at, batch=book.batch,
    )  # fmt: skip
    people.met.add(contact.pk)
    people.named[client, fold(contact.name)] = contact.pk
    _note(row.emails, contact, book)
    return _language(row, contact, book)


def _complete(row: ClientRow, contact: Contact, people: People) -> list[Brought]:
    book, client = people.addresses, contact.client_id
    missing = tuple(email for email in row.emails if not book.look_up(email).contact)
    added = [ContactAddress.objects.create(contact=contact, email=email).pk for email in missing]
    _note(missing, contact, book)
    brought: list[Brought] = []
    if added and contact.pk not in people.met:
        brought.append((client, Addition(ContactAddress._meta.label, tuple(added))))
    said = {"title": row.title[:120], "phone": row.phone[:60]}
    if "@" in contact.name and row.contact:
        said["name"] = row.contact[:200]  # mail knew only the address
    brought += [
        (client, fill(contact, field=name, now=value))
        for name, value in said.items()
        if value and (name == "name" or not getattr(contact, name))
    ]
    return brought + _language(row, contact, book)


def _note(emails: tuple[str, ...], contact: Contact, book: AddressBook) -> None:
    for email in emails:
        book.known[email] = Known(contact=contact.pk, client=contact.client_id)


def _language(row: ClientRow, contact: Contact, book: AddressBook) -> list[Brought]:
    """Write down the language they like, where nothing is agreed with them yet."""
    if not row.language or contact.agreements.exists():
        return []
    agreement = clients.agree(contact, on=book.at.date(), by=book.by, at=book.at, language=row.language[:35])
    return [(contact.client_id, Addition(Agreement._meta.label, (agreement.pk,)))]


def role(text: str) -> ContactRole:
    """The part a person plays, from what a list calls it; OTHER for what it may mean anything."""
    said = text.casefold().replace("-", " ").replace("_", " ")
    return next((role for role, marks in _ROLES.items() if any(mark in said for mark in marks)), ContactRole.OTHER)
