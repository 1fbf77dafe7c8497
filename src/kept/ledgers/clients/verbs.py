"""What happens to clients and their people: welcome, meet, agree, tie, change, part."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

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
from kept.ledgers.journal.models import Batch
from kept.ledgers.journal.verbs import write
from kept.ledgers.team.models import Member, Wall


class AlreadyThere(ValueError):
    """A client of that name, or a contact of that address, exists; the message says which."""


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
    name = name.strip()
    if not name:
        raise ValueError("A client needs a name.")
    if Client.objects.filter(name__iexact=name).exists():
        raise AlreadyThere(f"There is a client called {name} already.")
    client = Client.objects.create(name=name, stage=stage, lead=lead, since=since, batch=batch)
    write("clients.welcome", client, by=by, at=at, client_id=client.pk, said=name)
    return client


@transaction.atomic
def change(client: Client, *, by: Member | None, at: datetime, **new: Any) -> Client:
    """Change what is written about a client: lead, stage, pledge, office, name."""
    before = {name: str(getattr(client, name)) for name in new}
    for name, value in new.items():
        setattr(client, name, value)
    client.save(update_fields=list(new))
    write("clients.change", client, by=by, at=at, client_id=client.pk, said=client.name, before=before)
    return client


def part(client: Client, *, by: Member, at: datetime) -> Client:
    """We no longer work together; everything stays. Undone by `change(stage=...)`."""
    return change(client, by=by, at=at, stage=Stage.PAST)


@transaction.atomic
def put_behind(client: Client, *, wall: Wall | None, by: Member, at: datetime) -> Client:
    """Put the client behind a wall, or in front of it again (None)."""
    client.wall = wall
    client.save(update_fields=["wall"])
    write("clients.put_behind", client, by=by, at=at, client_id=client.pk, said=wall.name if wall else "no wall")
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
    """A person at the client. Raises AlreadyThere when one of the addresses is somebody else's."""
    emails = tuple(dict.fromkeys(email.strip().lower() for email in emails if email.strip()))
    taken = ContactAddress.objects.filter(email__in=emails).first()
    if taken is not None:
        raise AlreadyThere(f"The address {taken.email} belongs to a contact already.")
    contact = Contact.objects.create(
        client=client, name=name.strip()[:200], role=role, title=title[:120], phone=phone[:60], batch=batch
    )
    ContactAddress.objects.bulk_create([ContactAddress(contact=contact, email=email) for email in emails])
    write("clients.meet", contact, by=by, at=at, client_id=client.pk, said=contact.name)
    return contact


@transaction.atomic
def agree(contact: Contact, *, on: date, by: Member | None, at: datetime, **lines: str) -> Agreement:
    """Write down how the contact likes to be spoken to; the agreements before stay as history.

    `lines`: channel, language, plainness, detail, good_hours, no_go_hours, matters.
    """
    agreement = Agreement.objects.create(contact=contact, agreed_on=on, by=by, **lines)
    write("clients.agree", agreement, by=by, at=at, client_id=contact.client_id, said=contact.name)
    return agreement


@transaction.atomic
def take_back_agreement(agreement: Agreement, *, by: Member, at: datetime) -> None:
    """Undo an agreement; the one before it counts again."""
    write(
        "clients.take_back_agreement", agreement, by=by, at=at,
        client_id=agreement.contact.client_id, said=" ".join(agreement.lines()),
    )  # fmt: skip
    agreement.delete()


@transaction.atomic
def tie(of: Contact, *, to: Contact, kind: TieKind, by: Member | None, at: datetime, words: str = "") -> Tie:
    """Who knows whom. Twice is once."""
    row, made = Tie.objects.get_or_create(of=of, to=to, kind=kind, defaults={"words": words})
    if made:
        write(
            "clients.tie",
            row,
            by=by,
            at=at,
            client_id=of.client_id,
            said=f"{of.name} {row.get_kind_display()} {to.name}",
        )
    return row
