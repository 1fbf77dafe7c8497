"""What came by a mailbox and was read becomes messages: made, and gone from what waits, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kept.flows.address_book import AddressBook
from kept.flows.receive_mail import Incoming, Tally, Terms, receive
from kept.ledgers.mailboxes.models import Arrival, Mailbox


@dataclass(frozen=True)
class Read:
    """An arrival that could be read."""

    arrival: int
    incoming: Incoming


@transaction.atomic
def place_arrivals(some: Sequence[Read], *, mailbox: Mailbox, at: datetime) -> Tally:
    """Receive what still waits of these, all from one mailbox; what another has placed meanwhile is left alone."""
    waiting = Arrival.objects.select_for_update().filter(pk__in=[one.arrival for one in some]).order_by("pk")
    here = set(waiting.values_list("pk", flat=True))
    mine = [one.incoming for one in some if one.arrival in here]
    terms = Terms(quiet_before=mailbox.quiet_before)
    tally = receive(mine, book=AddressBook.load(batch=None, at=at), terms=terms)
    Arrival.objects.filter(pk__in=here).delete()
    return tally


def set_apart(arrival: int, *, why: str) -> None:
    """Keep an arrival that cannot be read, with the reason, where it stops no other."""
    Arrival.objects.filter(pk=arrival).update(trouble=why[:500])
