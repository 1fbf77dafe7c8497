"""Where the rows behind trust are opened: one table from what a row is to its page."""

from collections.abc import Callable
from types import MappingProxyType

from django.urls import reverse


def _page(name: str) -> Callable[[int, int], str]:
    """A page of the row's own."""
    return lambda client, pk: reverse(name, args=[pk])


def _under(name: str, anchor: str = "") -> Callable[[int, int], str]:
    """A page of the client's, at the row if it has an anchor."""
    return lambda client, pk: reverse(name, args=[client]) + (f"#{anchor}-{pk}" if anchor else "")


PLACES = MappingProxyType(
    {
        "promises.Promise": _page("desk:promise"),
        "conversations.Conversation": _page("desk:conversation"),
        "touches.Meeting": _under("desk:service", "meeting"),
        "deliverables.Deliverable": _under("desk:service", "deliverable"),
        "bills.Bill": _under("desk:service", "bill"),
        "pulses.Answer": _under("desk:client_felt"),
        "clients.Client": _under("desk:service"),
    }
)


def place_of(noun: str, pk: int, *, client: int) -> str:
    """The address that opens the row; "" for one that has none."""
    found = PLACES.get(noun)
    return found(client, pk) if found else ""
