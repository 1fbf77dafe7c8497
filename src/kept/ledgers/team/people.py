"""Finding members, and the one who is nobody: the installation itself, which sees all."""

from django.db.models import Q

from kept.ledgers.team.models import Member, Role


def installation() -> Member:
    """Whoever holds the machine: sees everything, is no row, and can do nothing that needs a name."""
    return Member(name="Kept", email="", role=Role.OWNER)


def find(address: str) -> Member | None:
    """The present member who signs in with, or writes from, this address."""
    return Member.objects.present().filter(_writes_from(address)).distinct().first()


def addresses_of(member: Member) -> frozenset[str]:
    """Every address the member signs in with or writes from, in small letters. One query."""
    others = member.addresses.values_list("email", flat=True) if member.pk else ()
    return frozenset(email.lower() for email in (member.email, *others) if email)


def taken(address: str, *, but: Member | None = None) -> bool:
    """Whether anybody else, present or gone, signs in with or writes from this address."""
    return Member.objects.filter(_writes_from(address)).exclude(pk=(but and but.pk) or 0).exists()


def _writes_from(address: str) -> Q:
    small = address.lower()  # as all are kept: SQLite folds no letter beyond z by itself
    return Q(email__iexact=small) | Q(addresses__email__iexact=small)
