"""Who does not want to be asked, and at which occasions Kept asks by itself; both taken back."""

from datetime import datetime

from django.db import transaction

from kept.kit.rows import remove
from kept.ledgers.clients.models import Contact
from kept.ledgers.journal.verbs import facts_of, write
from kept.ledgers.pulses.models import Habit, Occasion, Wish
from kept.ledgers.team.models import Member


@transaction.atomic
def leave_alone(contact: Contact, *, by: Member | None, at: datetime, words: str = "") -> Wish:
    """They do not want to be asked; `by` None: they said so themselves. `take_back_wish` undoes it. Twice is once."""
    facts = {"at": at, "by": by, "words": words.strip()[:300]}
    row, new = Wish.objects.get_or_create(contact=contact, defaults=facts)
    if new:
        write("pulses.leave_alone", row, by=by, at=at, client_id=contact.client_id, said=row.words)
    return row


@transaction.atomic
def take_back_wish(row: Wish, *, by: Member | None, at: datetime) -> None:
    """They may be asked again. Twice is once."""
    was = facts_of(row)
    if remove(row):
        write("pulses.take_back_wish", row, by=by, at=at, client_id=row.contact.client_id, was=was)


@transaction.atomic
def take_up(occasion: Occasion, *, by: Member | None, at: datetime) -> Habit:
    """From now on Kept asks by itself at this occasion; `give_up` undoes it. Twice is once.

    `by` None: whoever runs the server.
    """
    row, new = Habit.objects.get_or_create(occasion=occasion, defaults={"since": at, "by": by})
    if new:
        write("pulses.take_up", row, by=by, at=at, said=str(occasion))
    return row


@transaction.atomic
def give_up(row: Habit, *, by: Member | None, at: datetime) -> None:
    """Kept asks nobody at this occasion any more, but by hand. Twice is once."""
    was = facts_of(row)
    if remove(row):
        write("pulses.give_up", row, by=by, at=at, was=was)
