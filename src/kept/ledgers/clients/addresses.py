"""From where a contact writes: one more address, and one that is theirs no longer; what was written stays as it is."""

from datetime import datetime

from django.db import transaction

from kept.kit.rows import remove
from kept.kit.taken import one_only
from kept.ledgers.clients.models import Contact, ContactAddress
from kept.ledgers.clients.naming import AlreadyThere, free_of_walls
from kept.ledgers.journal.verbs import facts_of, write
from kept.ledgers.team import people
from kept.ledgers.team.models import Member


@transaction.atomic
def add_address(contact: Contact, *, email: str, by: Member, at: datetime) -> ContactAddress:
    """Mail from the address is known as the contact's from now on. Twice is once.

    Raises AlreadyThere where it is another contact's, one of ours, or behind a wall by its domain.
    """
    email = email.strip().lower()
    found = ContactAddress.objects.filter(email__iexact=email).first()
    if found is not None:
        if found.contact_id != contact.pk:
            raise AlreadyThere(_refusal(found, by))
        return found
    if people.taken(email):
        raise AlreadyThere(
            f"{email} is an address of one of us already: mail from it counts as ours. Nothing was added."
        )
    free_of_walls([email], by=by)
    with one_only(AlreadyThere(f"{email} belongs to a contact already. Nothing was added.")):
        address = ContactAddress.objects.create(contact=contact, email=email)
    write("clients.add_address", address, by=by, at=at, client_id=contact.client_id, said=email)
    return address


@transaction.atomic
def drop_address(address: ContactAddress, *, by: Member, at: datetime) -> None:
    """The address is the contact's no longer; messages from it stay theirs, later ones are a stranger's. Twice is once.

    The last one may go too: who has only a telephone is a contact as well.
    """
    if remove(address):
        client_id = address.contact.client_id
        write(
            "clients.drop_address", address, by=by, at=at, client_id=client_id, said=address.email,
            was=facts_of(address),
        )  # fmt: skip


def _refusal(address: ContactAddress, by: Member) -> str:
    """Whose it is, as far as `by` may know, and what to do instead."""
    theirs = Contact.objects.seen_by(by).filter(pk=address.contact_id).select_related("client").first()
    if theirs is None:
        return f"{address.email} belongs to a contact already. Nothing was added."
    return (
        f"{address.email} is how {theirs.name} of {theirs.client.name} writes to us already. Nothing was added. "
        f"Take it off {theirs.first_name} first, then add it here."
    )
