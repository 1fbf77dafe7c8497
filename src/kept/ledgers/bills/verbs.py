"""What people do with bills: send, say that one surprised, settle that; and take each back."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from kept.kit.rows import hold, remove
from kept.kit.taken import one_only
from kept.ledgers.bills.models import Bill, Surprise
from kept.ledgers.clients.models import Client, Contact
from kept.ledgers.engagements.models import Engagement
from kept.ledgers.journal.verbs import facts_of, write
from kept.ledgers.team.models import Member


@dataclass(frozen=True)
class Amount:
    """What was billed and what was quoted (None: not known), in one currency; `told` of a difference beforehand."""

    billed: Decimal
    currency: str
    quoted: Decimal | None = None
    told: bool = False


@transaction.atomic
def send(
    client: Client,
    *,
    number: str,
    amount: Amount,
    sent_on: date,
    by: Member | None,
    at: datetime,
    link: str = "",
    engagement: Engagement | None = None,
) -> Bill:
    """Write down that a bill went out; the bill itself stays in the invoicing tool. The same number twice is once.

    Raises ValueError without a number, below nothing, without a currency, and for an engagement of another client.
    """
    number = number.strip()[:60]
    if not number:
        raise ValueError("Give the number the bill has in your invoicing tool.")
    if amount.billed < 0 or (amount.quoted is not None and amount.quoted < 0):
        raise ValueError("A bill and a quote are nothing or more.")
    if len(amount.currency) != 3:
        raise ValueError("Give the currency in three letters, such as GBP.")
    if engagement is not None and engagement.client_id != client.pk:
        raise ValueError(f"Choose an engagement of {client.name}.")
    facts = {
        "engagement": engagement, "link": link.strip(), "sent_on": sent_on, "amount": amount.billed,
        "quoted": amount.quoted, "currency": amount.currency.upper(), "told_beforehand": amount.told,
    }  # fmt: skip
    row, made = Bill.objects.get_or_create(client=client, number=number, defaults=facts | {"by": by, "at": at})
    if made:
        write("bills.send", row, by=by, at=at, client_id=client.pk, said=number)
    return row


@transaction.atomic
def surprise(
    bill: Bill, *, words: str, opened_at: datetime, by: Member, at: datetime, contact: Contact | None = None
) -> Surprise:
    """The bill surprised them, in their words. While one is open, twice is once.

    Raises ValueError without words, for a moment to come, and for a person of another client.
    """
    words = words.strip()[:500]
    if not words:
        raise ValueError("Write what they said, in their words.")
    if opened_at > at:
        raise ValueError("That moment is still to come.")
    if contact is not None and contact.client_id != bill.client_id:
        raise ValueError("Choose a person of this client.")
    hold(bill)
    row, made = Surprise.objects.get_or_create(
        bill=bill, settled_at=None, defaults={"words": words, "opened_at": opened_at, "contact": contact, "by": by,
                                              "at": at}
    )  # fmt: skip
    if made:
        write("bills.surprise", row, by=by, at=at, client_id=bill.client_id, said=bill.number)
    return row


@transaction.atomic
def settle(surprise: Surprise, *, how: str, by: Member, at: datetime) -> None:
    """It is settled with them, and how. Twice is once; raises ValueError without words."""
    how = how.strip()[:500]
    if not how:
        raise ValueError("Say how it was settled with them.")
    hold(surprise)
    if surprise.settled_at is not None:
        return
    surprise.settled_at, surprise.how = at, how
    surprise.save(update_fields=["settled_at", "how"])
    write("bills.settle", surprise, by=by, at=at, client_id=surprise.bill.client_id, said=surprise.bill.number)


@transaction.atomic
def open_again(surprise: Surprise, *, by: Member, at: datetime) -> None:
    """Undo a settling. Twice is once; raises ValueError when another one about the bill is open."""
    hold(surprise)
    if surprise.settled_at is None:
        return
    was = facts_of(surprise)
    surprise.settled_at, surprise.how = None, ""
    with one_only(ValueError("Something else about this bill is open. Settle that first.")):
        surprise.save(update_fields=["settled_at", "how"])
    write(
        "bills.open_again", surprise, by=by, at=at, client_id=surprise.bill.client_id, said=surprise.bill.number,
        was=was,
    )  # fmt: skip


@transaction.atomic
def take_back(row: Bill | Surprise, *, by: Member, at: datetime) -> None:
    """Undo a bill with all that was said of it, or one surprise. Twice is once; the journal keeps it."""
    bill = row if isinstance(row, Bill) else row.bill
    surprises = [facts_of(one) for one in bill.surprises.all()] if row is bill else []
    if remove(row):
        write(
            "bills.take_back", row, by=by, at=at, client_id=bill.client_id, said=bill.number,
            was=facts_of(row), surprises=surprises,
        )  # fmt: skip
