"""What a client is called: by a name no other client has."""

from kept.kit.called import called
from kept.ledgers.clients.models import Client


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
