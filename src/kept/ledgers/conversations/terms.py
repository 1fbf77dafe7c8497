"""The names that belong to a client alone: a line that differs in nothing else is the same line."""

from collections import defaultdict
from collections.abc import Collection

from kept.kit.names import calling
from kept.ledgers.clients.models import Client, Contact
from kept.ledgers.engagements.models import Engagement


def terms_of(clients: Collection[int]) -> dict[int, frozenset[str]]:
    """For each client its name, its people's, and what its work is called. Three queries."""
    found: dict[int, set[str]] = defaultdict(set)
    for client, name in Client.objects.filter(pk__in=clients).values_list("pk", "name"):
        found[client].add(name)
    for client, name in Contact.objects.filter(client__in=clients).values_list("client", "name"):
        found[client] |= {name, calling(name)}
    for client, name in Engagement.objects.filter(client__in=clients).values_list("client", "name"):
        found[client].add(name)
    return {client: frozenset(names) for client, names in found.items()}
