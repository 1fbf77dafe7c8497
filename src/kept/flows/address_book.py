"""Whom an address belongs to: one of us, somebody at a client, or a stranger."""

from dataclasses import dataclass, field
from datetime import datetime

from kept.kit.called import called
from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Client, ClientDomain, Contact, ContactAddress
from kept.ledgers.journal.models import Batch
from kept.ledgers.mailboxes.models import Mailbox
from kept.ledgers.team.models import Address as MemberAddress
from kept.ledgers.team.models import Domain, KeptOut, Member
from kept.measures.text.letter import Address
from kept.measures.text.providers import is_free


@dataclass(frozen=True)
class Known:
    """What is known of an address: who of us, or which contact of which client; nothing of a stranger."""

    ours: bool = False
    member: int | None = None
    contact: int | None = None
    client: int | None = None


STRANGER = Known()


@dataclass
class AddressBook:
    """All addresses and domains at once, so that a hundred thousand letters ask the database nothing."""

    batch: Batch | None
    at: datetime
    by: Member | None = None
    known: dict[str, Known] = field(default_factory=dict)
    our_domains: set[str] = field(default_factory=set)
    client_domains: dict[str, int] = field(default_factory=dict)
    new_clients: int = 0

    @classmethod
    def load(cls, *, batch: Batch | None, at: datetime, by: Member | None = None) -> "AddressBook":
        """The book as the ledgers have it now. People and clients met on the way are put down under `batch`."""
        book = cls(batch=batch, at=at, by=by)
        book.our_domains = set(Domain.objects.values_list("name", flat=True))
        book.client_domains = dict(ClientDomain.objects.values_list("name", "client_id"))
        for email, contact, client in ContactAddress.objects.values_list("email", "contact_id", "contact__client_id"):
            book.known[email.lower()] = Known(contact=contact, client=client)
        book._put_claims()
        for email, member in Member.objects.values_list("email", "pk"):
            book.known[email.lower()] = Known(ours=True, member=member)
        return book

    def _put_claims(self) -> None:
        """Put in the further addresses of ours, and those of our mailboxes.

        Who is kept from a client by a wall claims none of the client's: else their mail, taken for one of ours, would
        come to lie in front of the wall. Anybody else's claim counts, and their mail from there stays behind it.
        """
        walls = dict(Client.objects.exclude(wall=None).values_list("pk", "wall_id"))
        kept_out = set(KeptOut.objects.values_list("wall_id", "member_id"))
        mailboxes = Mailbox.objects.standing().values_list("address", "member_id")
        for email, member in (*mailboxes, *MemberAddress.objects.values_list("email", "member_id")):
            client = self.known.get(email.lower(), STRANGER).client or self.client_of(email.lower().rpartition("@")[2])
            wall = walls.get(client) if client else None
            if (wall, member) not in kept_out:
                walled = client if wall else None
                self.known[email.lower()] = Known(ours=True, member=member, client=walled)

    def look_up(self, email: str) -> Known:
        """What is known of an address, by itself or by its domain."""
        known = self.known.get(email)
        if known is not None:
            return known
        domain = email.rpartition("@")[2]
        if any(domain == ours or domain.endswith("." + ours) for ours in self.our_domains):
            return Known(ours=True)
        return Known(client=self.client_of(domain)) if domain else STRANGER

    def client_of(self, domain: str) -> int | None:
        """The client a domain belongs to, if there is one."""
        # mail.borealis.example is Borealis too
        while domain:
            if domain in self.client_domains:
                return self.client_domains[domain]
            domain = domain.partition(".")[2]
        return None

    def meet(self, person: Address, *, suggest_clients: bool) -> Known:
        """Like `look_up`, of somebody who wrote: a new person at a client becomes a contact, a new firm a client."""
        known = self.look_up(person.email)
        if known.ours or known.contact or "@" not in person.email:
            return known
        client = known.client
        if client is None and suggest_clients:
            client = self._suggest(person.email.rpartition("@")[2])
        if client is None:
            return known
        contact = self._introduce(person, client)
        self.known[person.email] = Known(contact=contact.pk, client=client)
        return self.known[person.email]

    def _introduce(self, person: Address, client: int) -> Contact:
        contact = Contact.objects.create(client_id=client, name=(person.name or person.email)[:200], batch=self.batch)
        ContactAddress.objects.create(contact=contact, email=person.email)
        return contact

    def _suggest(self, domain: str) -> int | None:
        if "." not in domain or is_free(domain):
            return None
        client = called(Client.objects.all(), domain).first()
        if client is None:
            client = clients.welcome(name=domain[:200], by=self.by, at=self.at, batch=self.batch)
            self.new_clients += 1
        clients.claim_domain(client, name=domain, by=self.by, at=self.at)
        self.client_domains[domain] = client.pk
        return client.pk
