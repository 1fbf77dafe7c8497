"""The addresses from which a member writes, beside the one they sign in with."""

from datetime import datetime

from django.db import transaction

from kept.kit.rows import remove
from kept.ledgers.journal.verbs import facts_of, write
from kept.ledgers.team.models import Address, Member
from kept.ledgers.team.verbs import AlreadyThere


@transaction.atomic
def add_address(member: Member, *, email: str, by: Member | None, at: datetime) -> Address:
    """Another address from which the member writes. Twice is once; AlreadyThere when it is somebody else's."""
    email = email.strip().lower()
    address, made = Address.objects.get_or_create(email=email, defaults={"member": member})
    others = Member.objects.filter(email__iexact=email).exclude(pk=member.pk)
    if address.member_id != member.pk or others.exists():
        raise AlreadyThere(f"The address {email} belongs to somebody else in the firm.")
    if made:
        write("team.add_address", address, by=by, at=at, said=address.email)
    return address


@transaction.atomic
def drop_address(address: Address, *, by: Member, at: datetime) -> None:
    """Undo the adding of an address. Twice is once."""
    if remove(address):
        write("team.drop_address", address, by=by, at=at, said=address.email, was=facts_of(address))
