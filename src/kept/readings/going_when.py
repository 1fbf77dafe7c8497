"""When a letter had better go: not within the hours at which its receiver does not like to be written to."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kept.kit import words
from kept.ledgers.clients.models import Agreement, Contact
from kept.ledgers.letters.models import Letter
from kept.measures.text.hours_said import Said, read
from kept.measures.working_time import Calendar

MOST_STEPS = 30  # between their hours and ours; after that there is no moment that suits both


@dataclass(frozen=True)
class Hours:
    """A receiver, what they said about their hours in their own words, and what Kept understood of it."""

    contact: Contact
    agreed: Agreement
    said: Said


def hours_of(letter: Letter) -> Hours | None:
    """Of the first receiver in To whom the writer may know of and with whom hours were agreed. Two queries."""
    emails = [email.lower() for _, email in letter.to]
    known = Contact.objects.seen_by(letter.by).filter(addresses__email__in=emails).distinct()
    contacts = known.prefetch_related("addresses", "agreements")
    order = {email: place for place, email in enumerate(emails)}
    placed = sorted(contacts, key=lambda one: min(order.get(a.email.lower(), len(order)) for a in one.addresses.all()))
    for contact in placed:
        agreed = next(iter(contact.agreements.all()), None)  # the newest counts
        if agreed is not None and (agreed.no_go_hours or agreed.good_hours):
            return Hours(contact, agreed, read(agreed.no_go_hours, agreed.good_hours))
    return None


def suggested_go_at(letter: Letter, *, at: datetime, calendar: Calendar) -> tuple[datetime, str] | None:
    """When it should go instead of now, and why in a sentence; None when now is as good as any moment.

    The first moment outside of their no-go hours at which we work, by the clock of `calendar`. What of their words was
    not understood delays nothing: see `Hours.said.unread`.
    """
    hours = hours_of(letter)
    against = hours.said.closed_at(at.astimezone(calendar.zone)) if hours else None
    if hours is None or against is None:
        return None
    moment = _first_good(hours.said, at, calendar)
    if moment is None:
        return None
    zone, name = calendar.zone, hours.contact.first_name
    when = words.moment(moment, now=at, zone=zone)
    return moment, f"{name} asked for this: “{against.words}”. It goes at {when} unless you send it now."


def _first_good(said: Said, at: datetime, calendar: Calendar) -> datetime | None:
    moment = at
    for _ in range(MOST_STEPS):
        theirs = said.open_from(moment.astimezone(calendar.zone))
        if theirs is None:
            return None
        ours = calendar.add(theirs, timedelta(0))
        if ours == theirs:
            return theirs
        moment = ours
    return None
