"""Who and what the names in a file from elsewhere stand for: clients, engagements, members."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Client
from kept.ledgers.engagements.models import Engagement
from kept.ledgers.journal.models import Batch
from kept.ledgers.team.models import Address, Member

LONGEST_NAME = 200  # what the ledgers keep of a client's or an engagement's name


@lru_cache(maxsize=16_384)  # a file of a hundred thousand rows names the same few over and over
def fold(name: str) -> str:
    """The name as it is compared: capitals, outer spaces and what is too long to keep make no difference."""
    return name.strip()[:LONGEST_NAME].strip().casefold()


@dataclass
class NameBook:
    """All names at once, so that a hundred thousand rows ask the database nothing.

    Clients not known yet are made on the way, under `batch`.
    """

    batch: Batch
    at: datetime
    by: Member | None = None
    clients: dict[str, int] = field(default_factory=dict)
    engagements: dict[tuple[int, str], int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)  # members by folded address and by folded name
    new_clients: set[int] = field(default_factory=set)

    @classmethod
    def load(cls, *, batch: Batch, at: datetime, by: Member | None = None) -> "NameBook":
        """The book as the ledgers have it now."""
        book = cls(batch=batch, at=at, by=by)
        book.clients = {fold(name): pk for name, pk in Client.objects.values_list("name", "pk")}
        for client, name, pk in Engagement.objects.values_list("client_id", "name", "pk"):
            book.engagements[client, fold(name)] = pk
        book.people = _people()
        return book

    def client(self, name: str) -> int:
        """The client of that name; a new one where there is none."""
        key = fold(name)
        if key not in self.clients:
            client = clients.welcome(name=name.strip()[:LONGEST_NAME], by=self.by, at=self.at, batch=self.batch)
            self.clients[key] = client.pk
            self.new_clients.add(client.pk)
        return self.clients[key]

    def engagement(self, client: int, name: str) -> int | None:
        """The client's engagement of that name, if there is one."""
        return self.engagements.get((client, fold(name)))

    def member(self, *, email: str, name: str) -> int | None:
        """Who of us it is, by address before name; None for somebody else, and for a name that two of us bear."""
        return self.people.get(fold(email)) or self.people.get(fold(name))


def _people() -> dict[str, int]:
    """Members by every address they have, and by their name where only one bears it."""
    named: dict[str, set[int]] = defaultdict(set)
    for pk, name in Member.objects.values_list("pk", "name"):
        named[fold(name)].add(pk)
    people = {name: min(bearers) for name, bearers in named.items() if name and len(bearers) == 1}
    people |= {fold(email): pk for email, pk in Address.objects.values_list("email", "member_id")}
    people |= {fold(email): pk for email, pk in Member.objects.values_list("email", "pk")}
    return people
