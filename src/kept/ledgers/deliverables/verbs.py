"""What people do with work for a client: hand it over, say how it was received; and take each back."""

from datetime import datetime

from django.db import transaction

from kept.kit.rows import hold, remove
from kept.ledgers.clients.models import Client, Contact
from kept.ledgers.deliverables.models import Deliverable, Receipt, ReceiptKind
from kept.ledgers.engagements.models import Engagement
from kept.ledgers.journal.verbs import facts_of, write
from kept.ledgers.team.models import Member


@transaction.atomic
def hand_over(
    client: Client,
    *,
    name: str,
    handed_at: datetime,
    by: Member | None,
    at: datetime,
    rounds: int | None = None,
    engagement: Engagement | None = None,
) -> Deliverable:
    """Write down that a piece of work was handed over; `rounds` of changes as agreed. Twice is once.

    Raises ValueError without a name, for a moment to come, and for an engagement of another client.
    """
    name = name.strip()[:200]
    if not name:
        raise ValueError("Say what was handed over, in a few words.")
    if handed_at > at:
        raise ValueError("That day is still to come. Write it down when it was handed over.")
    if engagement is not None and engagement.client_id != client.pk:
        raise ValueError(f"Choose an engagement of {client.name}.")
    row, made = Deliverable.objects.get_or_create(
        client=client,
        name=name,
        handed_at=handed_at,
        defaults={"rounds": rounds, "engagement": engagement, "by": by, "at": at},
    )
    if made:
        write("deliverables.hand_over", row, by=by, at=at, client_id=client.pk, said=name, rounds=rounds)
    return row


@transaction.atomic
def receive(
    deliverable: Deliverable,
    *,
    kind: ReceiptKind,
    said_at: datetime,
    by: Member,
    at: datetime,
    contact: Contact | None = None,
    words: str = "",
) -> Receipt:
    """Write down what the client said of it: accepted, one more round because of us, or to be done again.

    The same twice is once, and accepted is said once. Raises ValueError before it was handed over, for a moment to
    come, and for a person of another client.
    """
    hold(deliverable)
    if not deliverable.handed_at <= said_at <= at:
        raise ValueError("Choose a day between the handing over and today.")
    if contact is not None and contact.client_id != deliverable.client_id:
        raise ValueError("Choose a person of this client.")
    accepted = deliverable.receipts.filter(kind=ReceiptKind.ACCEPTED).first()
    if kind == ReceiptKind.ACCEPTED and accepted is not None:
        return accepted
    row, made = Receipt.objects.get_or_create(
        deliverable=deliverable,
        kind=kind,
        said_at=said_at,
        defaults={"contact": contact, "words": words.strip()[:500], "by": by, "at": at},
    )
    if made:
        write(
            "deliverables.receive", row, by=by, at=at, client_id=deliverable.client_id, said=deliverable.name,
            kind=kind, contact=contact.name if contact else None,
        )  # fmt: skip
    return row


@transaction.atomic
def take_back(row: Deliverable | Receipt, *, by: Member, at: datetime) -> None:
    """Undo a handing over with all that was said of it, or one thing that was said. Twice is once."""
    of = row if isinstance(row, Deliverable) else row.deliverable
    receipts = [facts_of(one) for one in of.receipts.all()] if row is of else []
    if remove(row):
        write(
            "deliverables.take_back", row, by=by, at=at, client_id=of.client_id, said=of.name,
            was=facts_of(row), receipts=receipts,
        )  # fmt: skip
