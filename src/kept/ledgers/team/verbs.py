"""What happens to the firm and its people: found, join, change, leave, set rate."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from kept.kit.rows import hold, hold_all, remove
from kept.kit.taken import one_only
from kept.ledgers.journal.verbs import facts_of, write
from kept.ledgers.team.keeping_hours import check_zone
from kept.ledgers.team.models import Domain, Firm, Grade, Member, Office, Rate, Role
from kept.ledgers.team.people import taken


class AlreadyThere(ValueError):
    """What was to be made exists; the message says what."""


@transaction.atomic
def found(*, name: str, currency: str, at: datetime, pledge_minutes: int = 240, is_demo: bool = False) -> Firm:
    """Make the one firm of this installation. Raises AlreadyThere when there is one."""
    with one_only(AlreadyThere("There is a firm here already.")):
        firm = Firm.objects.create(
            name=name, currency=currency.upper(), pledge_minutes=pledge_minutes, founded_at=at, is_demo=is_demo
        )
    write("team.found", firm, by=None, at=at, said=name)
    return firm


@transaction.atomic
def change_firm(firm: Firm, *, by: Member, at: datetime, **new: Any) -> Firm:
    """Change the firm's name, currency or pledge. Twice is once; raises ValueError for a pledge of no time."""
    if new.get("pledge_minutes", 1) < 1:
        raise ValueError("Promise an answer within at least one minute.")
    return _change(firm, "team.change_firm", by=by, at=at, new=new)


@transaction.atomic
def change_office(office: Office, *, by: Member, at: datetime, **new: Any) -> Office:
    """Change the office's name, zone, country or region. Twice is once.

    Raises ValueError for an unknown zone, AlreadyThere for the name of another office.
    """
    if "zone" in new:
        check_zone(new["zone"])
    with one_only(AlreadyThere(f"There is an office called {new.get('name')} already.")):
        return _change(office, "team.change_office", by=by, at=at, new=new)


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
def give_up_domain(domain: Domain, *, by: Member, at: datetime) -> None:
    """Undo the claim of a domain. Twice is once."""
    if remove(domain):
        write("team.give_up_domain", domain, by=by, at=at, said=domain.name)


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
    email = _free_address(email)
    member = Member(
        name=name.strip(), email=email, office=office, role=role, grade=grade, title=title,
        joined_on=on or at.date(), weekly_hours=weekly_hours,
    )  # fmt: skip
    member.set_password(password)
    with one_only(_is_there(email)):
        member.save()
    write("team.join", member, by=by, at=at, said=member.name, role=str(role))
    return member


@transaction.atomic
def change_member(member: Member, *, by: Member, at: datetime, **new: Any) -> Member:
    """Change what is written about a member. Twice is once.

    Raises ValueError where the last owner would go, AlreadyThere for the address of somebody else.
    """
    if new.get("role", Role.OWNER) != Role.OWNER:
        _keep_an_owner(member)
    if "email" in new:
        new["email"] = _free_address(new["email"], but=member)
    with one_only(_is_there(str(new.get("email")))):
        return _change(member, "team.change_member", by=by, at=at, new=new)


@transaction.atomic
def leave(member: Member, *, on: date, by: Member, at: datetime) -> None:
    """The member has left and can no longer sign in; what they did stays. Twice is once.

    Raises ValueError for the last owner, and for a day before they joined.
    """
    _keep_an_owner(member)
    hold(member)
    if member.left_on == on:
        return
    if on < member.joined_on:
        raise ValueError(f"{member.name} joined on {member.joined_on}. Choose that day or a later one.")
    member.left_on = on
    member.save(update_fields=["left_on"])
    write("team.leave", member, by=by, at=at, said=member.name, on=on.isoformat())


@transaction.atomic
def come_back(member: Member, *, by: Member, at: datetime) -> None:
    """Undo a leaving. Twice is once."""
    hold(member)
    if member.left_on is None:
        return
    left_on, member.left_on = member.left_on, None
    member.save(update_fields=["left_on"])
    write("team.come_back", member, by=by, at=at, said=member.name, left_on=left_on.isoformat())


@transaction.atomic
def set_rate(
    member: Member, *, kind: str, per_hour: Decimal, currency: str, from_day: date, by: Member | None, at: datetime
) -> Rate:
    """What an hour of the member costs or is sold for from a day on; the rates before that day stay. Twice is once."""
    hold(member)
    new = {"per_hour": per_hour, "currency": currency.upper()}
    before = Rate.objects.filter(member=member, kind=kind, from_day=from_day).first()
    if before is not None and (before.per_hour, before.currency) == (per_hour, currency.upper()):
        return before
    rate, _ = Rate.objects.update_or_create(member=member, kind=kind, from_day=from_day, defaults=new)
    write(
        "team.set_rate", rate, by=by, at=at, said=member.name, kind=kind, from_day=from_day.isoformat(),
        per_hour=f"{per_hour} {rate.currency}", before=f"{before.per_hour} {before.currency}" if before else None,
    )  # fmt: skip
    return rate


@transaction.atomic
def take_back_rate(rate: Rate, *, by: Member, at: datetime) -> None:
    """Undo a rate; the one of an earlier day counts again. Twice is once."""
    if remove(rate):
        write("team.take_back_rate", rate, by=by, at=at, said=rate.member.name, was=facts_of(rate))


def _free_address(email: str, *, but: Member | None = None) -> str:
    # in small letters: sign-in looks for it so
    email = email.strip().lower()
    if taken(email, but=but):
        raise _is_there(email)
    return email


def _is_there(email: str) -> AlreadyThere:
    return AlreadyThere(f"Somebody with the address {email} is in the firm already.")


def _keep_an_owner(member: Member) -> None:
    """Raise ValueError when the member is the only owner; of two who go at once the second finds out."""
    owners = Member.objects.present().filter(role=Role.OWNER)
    hold_all(owners)
    if list(owners) == [member]:
        raise ValueError(f"{member.name} is the only owner. Make somebody else an owner first.")


def _change[Row: (Firm, Member, Office)](row: Row, verb: str, *, by: Member, at: datetime, new: dict[str, Any]) -> Row:
    hold(row)
    new = {name: value for name, value in new.items() if getattr(row, name) != value}
    before = {name: str(getattr(row, name)) for name in new}
    for name, value in new.items():
        setattr(row, name, value)
    if new:
        row.save(update_fields=list(new))
        write(verb, row, by=by, at=at, said=str(row), before=before)
    return row
