"""Meeting the clients and people of a list: found by name, domain or address, or welcomed; strangers claimed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from django.db import transaction

from kept.flows.address_book import AddressBook
from kept.flows.brought import Addition, Brought, fill, remember
from kept.flows.claim_strangers import claim_strangers
from kept.flows.meet_people import People, meet_person
from kept.flows.name_book import NameBook, fold
from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Client, ClientDomain, Contact
from kept.measures.entries import ClientRow, Rejection
from kept.measures.text.providers import is_free


@dataclass
class Tally:
    """What came of it: rows that brought something and rows known; what is new; conversations of strangers claimed.

    `remarks` are parts of rows left out, such as a domain that is another client's, and names taken for others.
    """

    new: int = 0
    known: int = 0
    clients: int = 0
    contacts: int = 0
    domains: int = 0
    conversations: int = 0
    rejections: list[Rejection] = field(default_factory=list)
    remarks: list[Rejection] = field(default_factory=list)


@dataclass
class _Meeting:
    names: NameBook
    people: People
    tally: Tally = field(default_factory=Tally)
    brought: list[Brought] = field(default_factory=list)

    @property
    def addresses(self) -> AddressBook:
        return self.people.addresses

    @property
    def steps(self) -> int:
        """Grows with everything that is new."""
        return len(self.brought) + self.tally.domains + self.people.new + len(self.names.new_clients)


@transaction.atomic
def meet_clients(
    rows: Sequence[ClientRow], *, book: NameBook, on_progress: Callable[[int], None] = lambda done: None
) -> Tally:
    """Take a list in, all or nothing; what stands already changes nothing.

    A client is found by whom the row's addresses belong to, then by its name, then by its domain. What is empty is
    filled, what somebody wrote stays. Conversations of strangers who turn out to be theirs are given to them.
    `on_progress` is told how many rows were gone through since it was last told.
    """
    people = People.load(batch=book.batch, at=book.at, by=book.by)
    meeting = _Meeting(book, people)
    tally = meeting.tally
    for row in rows:
        before = meeting.steps
        fault = _take_in(row, meeting)
        if fault:
            tally.rejections.append(fault)
        elif meeting.steps > before:
            tally.new += 1
        else:
            tally.known += 1
        on_progress(1)
    tally.conversations, claimed = claim_strangers(meeting.addresses)
    remember([*meeting.brought, *claimed], batch=book.batch, at=book.at, by=book.by)
    tally.clients = len(book.new_clients)
    tally.contacts = Contact.objects.filter(batch=book.batch).count()
    return tally


def _take_in(row: ClientRow, meeting: _Meeting) -> Rejection | None:
    """Take one row in; answers what stands against it."""
    row = replace(row, emails=tuple(email.lower() for email in row.emails))
    if any(meeting.addresses.look_up(email).ours for email in row.emails):
        return Rejection(
            row.line,
            "its address is one of ours",
            "Leave it out: people of the firm are welcomed under Settings.",
        )
    client, fault = _client(row, meeting)
    if client is None:
        return fault
    _name(client, row, meeting)
    meeting.tally.remarks += _taken_for(client, row, meeting)
    _claim_domain(client, row, meeting)
    if row.contact or row.emails:
        meeting.brought += meet_person(row, client=client, people=meeting.people)
    return None


def _client(row: ClientRow, meeting: _Meeting) -> tuple[int | None, Rejection | None]:
    """The row's client, found or new; or why there is none."""
    known = [meeting.addresses.look_up(email) for email in row.emails]
    owners = {one.client for one in known if one.contact and one.client}
    named = meeting.names.clients.get(fold(row.client)) if row.client else None
    if len(owners | {named} - {None}) > 1:
        return None, _elsewhere(row, owners)
    near = [meeting.addresses.client_of(row.domain), *(one.client for one in known)]
    found = next(iter(owners), None) or named or next((client for client in near if client), None)
    if found:
        return found, None
    name = row.client or ("" if is_free(row.domain) else row.domain)
    if name:
        return meeting.names.client(name), None
    return None, Rejection(
        row.line,
        "it names no client, and its addresses belong to none that Kept knows",
        "Fill in whom the person works for, then import the list again.",
    )


def _elsewhere(row: ClientRow, owners: set[int]) -> Rejection:
    names = " and ".join(Client.objects.filter(pk__in=owners).values_list("name", flat=True))
    return Rejection(
        row.line,
        f"its address belongs to a contact at {names} already" + (f"; the row says {row.client}" if row.client else ""),
        "If the person moved, change the contact there; if not, correct the row. Then import the list again.",
    )


def _name(client: int, row: ClientRow, meeting: _Meeting) -> None:
    """A client that bears only its domain for a name, as mail suggests them, gets the one the list has."""
    bears = next((name for name, pk in meeting.names.clients.items() if pk == client), "")
    bears_domain = bears and meeting.addresses.client_domains.get(bears) == client
    if not row.client or fold(row.client) in meeting.names.clients or not bears_domain:
        return
    one = Client.objects.get(pk=client)
    change = fill(one, field="name", now=row.client.strip()[:200])
    meeting.brought.append((client, change))
    del meeting.names.clients[bears]
    meeting.names.clients[fold(row.client)] = client


def _taken_for(client: int, row: ClientRow, meeting: _Meeting) -> list[Rejection]:
    """What to say where the list calls a known client by another name."""
    if not row.client or meeting.names.clients.get(fold(row.client)) == client:
        return []
    known = Client.objects.get(pk=client).name
    return [
        Rejection(
            row.line,
            f"“{row.client}” was taken for {known}, whose domain or address the row has",
            "Nothing to do if they are one; if they are two, correct the row.",
        )
    ]


def _claim_domain(client: int, row: ClientRow, meeting: _Meeting) -> None:
    book = meeting.addresses
    if not row.domain or is_free(row.domain) or book.client_domains.get(row.domain) == client:
        return
    if row.domain in book.client_domains or book.look_up(f"@{row.domain}").ours:
        meeting.tally.remarks.append(
            Rejection(
                row.line,
                f"the domain {row.domain} belongs to somebody else already; the rest of the row was kept",
                "Give it up there first, if it is this client's.",
            )
        )
        return
    one = Client.objects.get(pk=client)
    domain = clients.claim_domain(one, name=row.domain, by=book.by, at=book.at)
    book.client_domains[row.domain] = client
    meeting.tally.domains += 1
    if domain and client not in meeting.names.new_clients:
        meeting.brought.append((client, Addition(ClientDomain._meta.label, (domain.pk,))))
