"""What happens to the firm and its people: found, join, change, leave, set rate, put behind a wall."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from kept.ledgers.journal.verbs import write
from kept.ledgers.team.models import Address, Domain, Firm, Grade, KeptOut, Member, Office, Rate, Role, Wall


class AlreadyThere(ValueError):
    """What was to be made exists; the message says what."""


@transaction.atomic
def found(*, name: str, currency: str, at: datetime, pledge_minutes: int = 240, is_demo: bool = False) -> Firm:
    """Make the one firm of this installation. Raises AlreadyThere when there is one."""
    if Firm.objects.exists():
        raise AlreadyThere("There is a firm here already.")
    firm = Firm.objects.create(
        name=name, currency=currency.upper(), pledge_minutes=pledge_minutes, founded_at=at, is_demo=is_demo
    )
    write("team.found", firm, by=None, at=at, said=name)
    return firm


@transaction.atomic
def change_firm(firm: Firm, *, by: Member, at: datetime, **new: Any) -> Firm:
    """Change the firm's name, currency or pledge."""
    return _change(firm, "team.change_firm", by=by, at=at, new=new)


@transaction.atomic
def claim_domains(names: Iterable[str], *, by: Member | None, at: datetime) -> list[Domain]:
    """Say that whoever writes from these domains is one of us. Answers the new ones."""
    new = []
    for name in names:
        domain, made = Domain.objects.get_or_create(name=name.strip().lower().removeprefix("@"))
        if made:
            new.append(domain)
            write("team.claim_domain", domain, by=by, at=at, said=domain.name)
    return new


@transaction.atomic
def join(
    *,
    name: str,
    email: str,
    office: Office,
    at: datetime,
    by: Member | None,
    role: Role = Role.MEMBER,
    grade: Grade = Grade.MID,
    title: str = "",
    on: date | None = None,
    password: str | None = None,
    weekly_hours: Decimal = Decimal(40),
) -> Member:
    """Welcome a person to the firm. Raises AlreadyThere when somebody has that address."""
    email = email.strip()
    if Member.objects.filter(email__iexact=email).exists():
        raise AlreadyThere(f"Somebody with the address {email} is in the firm already.")
    member = Member(
        name=name.strip(), email=email, office=office, role=role, grade=grade, title=title,
        joined_on=on or at.date(), weekly_hours=weekly_hours,
    )  # fmt: skip
    member.set_password(password)
    member.save()
    write("team.join", member, by=by, at=at, said=member.name, role=str(role))
    return member


@transaction.atomic
def change_member(member: Member, *, by: Member, at: datetime, **new: Any) -> Member:
    """Change what is written about a member. Raises ValueError where the last owner would go."""
    if new.get("role", member.role) != Role.OWNER:
        _keep_an_owner(member)
    return _change(member, "team.change_member", by=by, at=at, new=new)


@transaction.atomic
def leave(member: Member, *, on: date, by: Member, at: datetime) -> None:
    """The member has left and can no longer sign in; what they did stays. Raises ValueError for the last owner."""
    _keep_an_owner(member)
    member.left_on = on
    member.save(update_fields=["left_on"])
    write("team.leave", member, by=by, at=at, said=member.name)


@transaction.atomic
def come_back(member: Member, *, by: Member, at: datetime) -> None:
    """Undo a leaving."""
    member.left_on = None
    member.save(update_fields=["left_on"])
    write("team.come_back", member, by=by, at=at, said=member.name)


@transaction.atomic
def add_address(member: Member, *, email: str, by: Member | None, at: datetime) -> Address:
    """Another address from which the member writes."""
    address, made = Address.objects.get_or_create(email=email.strip().lower(), defaults={"member": member})
    if made:
        write("team.add_address", address, by=by, at=at, said=address.email)
    return address


@transaction.atomic
def set_rate(
    member: Member, *, kind: str, per_hour: Decimal, currency: str, from_day: date, by: Member | None, at: datetime
) -> Rate:
    """What an hour of the member costs or is sold for from a day on. The rates before that day stay as they were."""
    rate, _ = Rate.objects.update_or_create(
        member=member, kind=kind, from_day=from_day, defaults={"per_hour": per_hour, "currency": currency.upper()}
    )
    write("team.set_rate", rate, by=by, at=at, kind=kind, from_day=from_day.isoformat())
    return rate


@transaction.atomic
def raise_wall(*, name: str, reason: str = "", keep_out: Iterable[Member] = (), by: Member, at: datetime) -> Wall:
    """Make a wall, and keep these members out from now on."""
    if Wall.objects.filter(name=name).exists():
        raise AlreadyThere(f"There is a wall called {name} already.")
    wall = Wall.objects.create(name=name, reason=reason)
    write("team.raise_wall", wall, by=by, at=at, said=name)
    for member in keep_out:
        keep_out_of(wall, member=member, by=by, at=at)
    return wall


@transaction.atomic
def keep_out_of(wall: Wall, *, member: Member, by: Member, at: datetime) -> None:
    """Keep the member out from now on."""
    row, made = KeptOut.objects.get_or_create(wall=wall, member=member, defaults={"since": at, "by_name": by.name})
    if made:
        write("team.keep_out", row, by=by, at=at, said=f"{member.name}, {wall.name}")


@transaction.atomic
def let_in(wall: Wall, *, member: Member, by: Member, at: datetime) -> None:
    """Undo a keeping out."""
    row = KeptOut.objects.filter(wall=wall, member=member).first()
    if row is not None:
        write("team.let_in", row, by=by, at=at, said=f"{member.name}, {wall.name}")
        row.delete()


def _keep_an_owner(member: Member) -> None:
    others = Member.objects.present().filter(role=Role.OWNER).exclude(pk=member.pk)
    if member.role == Role.OWNER and not others.exists():
        raise ValueError(f"{member.name} is the only owner. Make somebody else an owner first.")


def _change[Row: (Firm, Member, Office)](row: Row, verb: str, *, by: Member, at: datetime, new: dict[str, Any]) -> Row:
    before = {name: str(getattr(row, name)) for name in new}
    for name, value in new.items():
        setattr(row, name, value)
    row.save(update_fields=list(new))
    write(verb, row, by=by, at=at, said=str(row), before=before)
    return row
