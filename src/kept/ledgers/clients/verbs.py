"""What happens to clients and their people: welcome, meet, agree, tie, change, part."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from kept.kit.rows import hold, remove
from kept.kit.taken import one_only
from kept.ledgers.clients.models import (
    Agreement,
    Client,
    ClientDomain,
    Contact,
    ContactAddress,
    ContactRole,
    Stage,
    Tie,
    TieKind,
)
from kept.ledgers.clients.naming import AlreadyThere as AlreadyThere
from kept.ledgers.clients.naming import free_name, free_of_walls, taken
from kept.ledgers.journal.models import Batch
from kept.ledgers.journal.verbs import facts_of, write
from kept.ledgers.team.models import Member, Wall

CHANGEABLE = {"lead", "stage", "since", "pledge_minutes", "office", "name"}


@transaction.atomic
def welcome(
    *,
    name: str,
    by: Member | None,
    at: datetime,
    stage: Stage = Stage.ACTIVE,
    lead: Member | None = None,
    since: date | None = None,
    batch: Batch | None = None,
) -> Client:
    """A new client. Raises AlreadyThere when one has that name, whatever its case."""
    name = free_name(name)
    with one_only(taken(name)):
        client = Client.objects.create(name=name, stage=stage, lead=lead, since=since, batch=batch)
    write("clients.welcome", client, by=by, at=at, client_id=client.pk, said=name)
    return client


@transaction.atomic
def change(client: Client, *, by: Member | None, at: datetime, **new: Any) -> Client:
    """Change what is written about a client: lead, stage, since, pledge_minutes, office, name. Twice is once.

    Raises AlreadyThere when another client has the name, ValueError without a name, TypeError for other facts.
    """
    if not new.keys() <= CHANGEABLE:
        raise TypeError(f"clients.change does not know {sorted(new.keys() - CHANGEABLE)}")
    hold(client)
    if "name" in new:
        new["name"] = free_name(new["name"], but=client)
    new = {name: value for name, value in new.items() if getattr(client, name) != value}
    before = {name: str(getattr(client, name)) for name in new}
    for name, value in new.items():
        setattr(client, name, value)
    if new:
        with one_only(taken(client.name)):
            client.save(update_fields=list(new))
        write("clients.change", client, by=by, at=at, client_id=client.pk, said=client.name, before=before)
    return client


def part(client: Client, *, by: Member, at: datetime) -> Client:
    """We no longer work together; everything stays. Undone by `change(stage=...)`."""
    return change(client, by=by, at=at, stage=Stage.PAST)


@transaction.atomic
def put_behind(client: Client, *, wall: Wall | None, by: Member, at: datetime) -> Client:
    """Put the client behind a wall, or in front of it again (None). Twice is once."""
    hold(client)
    before = client.wall
    if before == wall:
        return client
    client.wall = wall
    client.save(update_fields=["wall"])
    write(
        "clients.put_behind", client, by=by, at=at, client_id=client.pk, said=wall.name if wall else "no wall",
        before=before.name if before else None,
    )  # fmt: skip
    return client


@transaction.atomic
def claim_domain(client: Client, *, name: str, by: Member | None, at: datetime) -> ClientDomain | None:
    """Whoever writes from the domain belongs to the client. None when another client has it."""
    domain, made = ClientDomain.objects.get_or_create(
        name=name.strip().lower().removeprefix("@"), defaults={"client": client}
    )
    if made:
        write("clients.claim_domain", domain, by=by, at=at, client_id=client.pk, said=domain.name)
    return domain if domain.client_id == client.pk else None


@transaction.atomic
def give_up_domain(domain: ClientDomain, *, by: Member, at: datetime) -> None:
    """Undo the claim of a domain. Twice is once."""
    if remove(domain):
        write("clients.give_up_domain", domain, by=by, at=at, client_id=domain.client_id, said=domain.name)


@transaction.atomic
def meet(
    client: Client,
    *,
    name: str,
    by: Member | None,
    at: datetime,
    emails: tuple[str, ...] = (),
    role: ContactRole = ContactRole.OTHER,
    title: str = "",
    phone: str = "",
    batch: Batch | None = None,
) -> Contact:
    """A person at the client. Raises AlreadyThere when one of the addresses is somebody else's, see `free_of_walls`."""
    emails = tuple(dict.fromkeys(email.strip().lower() for email in emails if email.strip()))
    theirs = ContactAddress.objects.filter(email__in=emails).first()
    if theirs is not None:
        raise AlreadyThere(f"The address {theirs.email} belongs to a contact already.")
    if by is not None:
        free_of_walls(emails, by=by)
    contact = Contact.objects.create(
        client=client, name=name.strip()[:200], role=role, title=title[:120], phone=phone[:60], batch=batch
    )
    with one_only(AlreadyThere("One of these addresses belongs to a contact already.")):
        ContactAddress.objects.bulk_create([ContactAddress(contact=contact, email=email) for email in emails])
    write("clients.meet", contact, by=by, at=at, client_id=client.pk, said=contact.name)
    return contact


@transaction.atomic
def agree(contact: Contact, *, on: date, by: Member | None, at: datetime, **lines: str) -> Agreement:
    """Write down how the contact likes to be spoken to; the agreements before stay as history. Twice is once.

    `lines`: channel, language, plainness, detail, good_hours, no_go_hours, matters.
    """
    hold(contact)
    agreement = Agreement(contact=contact, agreed_on=on, by=by, **lines)
    newest = contact.agreements.first()
    if newest is not None and newest.agreed_on == on and newest.all_lines() == agreement.all_lines():
        return newest
    agreement.save()
    write("clients.agree", agreement, by=by, at=at, client_id=contact.client_id, said=contact.name)
    return agreement


@transaction.atomic
def take_back_agreement(agreement: Agreement, *, by: Member, at: datetime) -> None:
    """Undo an agreement; the one before it counts again. Twice is once."""
    if remove(agreement):
        write(
            "clients.take_back_agreement", agreement, by=by, at=at, client_id=agreement.contact.client_id,
            said=" ".join(agreement.lines()), was=facts_of(agreement),
        )  # fmt: skip


@transaction.atomic
def tie(of: Contact, *, to: Contact, kind: TieKind, by: Member | None, at: datetime, words: str = "") -> Tie:
    """Who knows whom. Twice is once; raises ValueError when both are one."""
    if of.pk == to.pk:
        raise ValueError("Choose two people.")
    row, made = Tie.objects.get_or_create(of=of, to=to, kind=kind, defaults={"words": words[:200]})
    if made:
        write("clients.tie", row, by=by, at=at, client_id=_nearer_a_wall(row), said=_tie_words(row))
    return row


@transaction.atomic
def untie(row: Tie, *, by: Member, at: datetime) -> None:
    """Undo a tie. Twice is once."""
    if remove(row):
        write(
            "clients.untie", row, by=by, at=at, client_id=_nearer_a_wall(row), said=_tie_words(row),
            was=facts_of(row),
        )  # fmt: skip


def _tie_words(row: Tie) -> str:
    return f"{row.of.name} {row.get_kind_display()} {row.to.name}"


def _nearer_a_wall(row: Tie) -> int:
    """The client whose people may read of the tie: the walled one, for the line names both."""
    return row.to.client_id if row.to.client.wall_id else row.of.client_id
