"""What a client is called: by a name no other client has; and whose an address is by its domain."""

from collections.abc import Iterable

from kept.kit.called import called
from kept.ledgers.clients.models import Client, ClientDomain, behind_wall
from kept.ledgers.team.models import Member


class AlreadyThere(ValueError):
    """A client of that name, or a contact of that address, exists; the message says which."""


def free_name(name: str, *, but: Client | None = None) -> str:
    """The name as it is kept. Raises ValueError without one, AlreadyThere when another client has it."""
    name = name.strip()[:200]
    if not name:
        raise ValueError("A client needs a name.")
    if any(other != but for other in called(Client.objects.all(), name)):
        raise taken(name)
    return name


def taken(name: str) -> AlreadyThere:
    """The refusal of a name that a client has."""
    return AlreadyThere(f"There is a client called {name} already.")


def free_of_walls(emails: Iterable[str], *, by: Member) -> None:
    """Raise AlreadyThere for an address in the domain of a client from which a wall keeps `by`.

    An address counts before its domain: as somebody else's, mail from it would come to lie in front of the wall.
    """
    domains = {domain for email in emails for domain in _domains_of(email)}
    if ClientDomain.objects.filter(behind_wall(by, "client__wall_id"), name__in=domains).exists():
        raise AlreadyThere("Mail from that address is known as somebody else’s already. Nothing was added.")


def _domains_of(email: str) -> list[str]:
    """ "mail.borealis.example" and all above it."""
    parts = email.lower().rpartition("@")[2].split(".")
    return [".".join(parts[first:]) for first in range(len(parts))]
