"""Saying from which further address one of us writes; what a contact of a client writes from stays theirs."""

from datetime import datetime

from django.db import transaction

from kept.ledgers.clients.models import Contact, ContactAddress
from kept.ledgers.team import addresses
from kept.ledgers.team.models import Address, Member
from kept.ledgers.team.people import installation


class SomebodyWeServe(ValueError):
    """The address is a contact's: as ours, their mail would start no clock and wait for nobody."""


@transaction.atomic
def write_from(member: Member, *, email: str, by: Member, at: datetime) -> Address:
    """Another address from which the member writes; `addresses.drop_address` undoes it. Twice is once.

    Raises SomebodyWeServe for a contact's address, AlreadyThere for one of somebody else in the firm.
    """
    keep_theirs(email, by=by)
    return addresses.add_address(member, email=email, by=by, at=at)


def keep_theirs(email: str, *, by: Member | None) -> None:
    """Raise SomebodyWeServe where a contact writes from the address; `by` nobody: whoever holds the machine."""
    theirs = ContactAddress.objects.filter(email__iexact=email.strip().lower()).first()
    if theirs is not None:
        raise SomebodyWeServe(_refusal(theirs, by or installation()))


def _refusal(address: ContactAddress, by: Member) -> str:
    """Whose it is, as far as `by` may know, and what to do instead."""
    contact = Contact.objects.seen_by(by).filter(pk=address.contact_id).select_related("client").first()
    who = f"{contact.name} of {contact.client.name}" if contact else "somebody we serve"
    said = f"{address.email} is how {who} writes to us, and as one of ours their mail would wait for nobody."
    remedy = "It was not added. Name an address that is nobody else’s."
    if contact:
        page = f"on the page of {contact.client.name}, Their people"
        remedy += f" If it is not {contact.first_name}’s, a lead or an owner takes it off them {page}."
    if contact and contact.batch_id is not None:
        remedy += " If an import brought it there by mistake, `kept import list` names that import, to be undone."
    return f"{said} {remedy}"
