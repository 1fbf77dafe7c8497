"""The year of a firm, made of numbers alone: so many clients, engagements, entries, messages and promises."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import batched
from typing import Any

from django.db import models, transaction

from kept.ledgers.clients.models import Client, ClientDomain, Contact, ContactAddress
from kept.ledgers.conversations import settling
from kept.ledgers.conversations.models import Body, Conversation, Message
from kept.ledgers.engagements.models import Budget, Engagement, Kind
from kept.ledgers.hours import verbs as hours
from kept.ledgers.hours.models import Entry
from kept.ledgers.promises.models import Outcome, OutcomeKind, Promise
from kept.ledgers.team import verbs as team
from kept.ledgers.team.keeping_hours import open_office
from kept.ledgers.team.models import Member, Role
from kept.measures.text import subjects

WORDS = ["launch", "page", "draft", "proof", "photo", "menu", "price", "map", "sign", "week", "shelf", "print"]


@dataclass(frozen=True)
class Size:
    """How large a firm: the year of ARCHITECTURE times `scale`; one lead for every twenty clients."""

    scale: int = 1

    @property
    def clients(self) -> int:
        return 200 * self.scale

    @property
    def engagements(self) -> int:
        return 500 * self.scale

    @property
    def entries(self) -> int:
        return 200_000 * self.scale

    @property
    def messages(self) -> int:
        return 100_000 * self.scale

    @property
    def promises(self) -> int:
        return 20_000 * self.scale

    @property
    def leads(self) -> int:
        return 10 * self.scale


def build(size: Size, *, now: datetime, chance: random.Random) -> None:
    """Fill an empty database with the firm; the last hour has some waiting people, as a real morning has."""
    with transaction.atomic():
        leads = people(size, now)
        clients = customers(size, leads)
        engagements = sold(size, clients, now, chance)
    work(size, engagements, leads, now, chance)
    talk(size, clients, leads, now, chance)
    words_given(size, clients, leads, now, chance)


def people(size: Size, now: datetime) -> list[Member]:
    team.found(name="Bench and Sons", currency="GBP", at=now)
    office = open_office(name="Leeds", zone="Europe/London", country="GB", region="ENG", by=None, at=now)
    team.join(name="Olive Owner", email="owner@bench.example", office=office, at=now, by=None, role=Role.OWNER)
    team.claim_domains(["bench.example"], by=None, at=now)
    return [
        team.join(name=f"Lee {k} Lead", email=f"lead{k}@bench.example", office=office, at=now, by=None, role=Role.LEAD)
        for k in range(size.leads)
    ]


def customers(size: Size, leads: list[Member]) -> list[tuple[Client, Contact]]:
    clients = Client.objects.bulk_create(
        [Client(name=f"Client {k:05d}", lead=leads[k % len(leads)]) for k in range(size.clients)]
    )
    ClientDomain.objects.bulk_create([ClientDomain(client=c, name=f"c{k}.example") for k, c in enumerate(clients)])
    contacts = Contact.objects.bulk_create([Contact(client=c, name=f"Person {k}") for k, c in enumerate(clients)])
    ContactAddress.objects.bulk_create(
        [ContactAddress(contact=c, email=f"person@c{k}.example") for k, c in enumerate(contacts)]
    )
    return list(zip(clients, contacts, strict=True))


def sold(size: Size, clients: list[tuple[Client, Contact]], now: datetime, chance: random.Random) -> list[Engagement]:
    first = now.date() - timedelta(days=365)
    kinds = [Kind.RETAINER, Kind.RETAINER, Kind.RETAINER, Kind.FIXED, Kind.HOURLY]
    rows = Engagement.objects.bulk_create(
        [
            Engagement(client=clients[k % len(clients)][0], name=f"Work {k}", kind=kinds[k % 5], starts=first)
            for k in range(size.engagements)
        ]
    )
    ends = now.date() + timedelta(days=60)
    Budget.objects.bulk_create(
        [
            Budget(
                engagement=row,
                starts=first,
                ends=ends if row.kind == Kind.FIXED else None,
                hours=Decimal(chance.randint(25, 50) if row.kind == Kind.RETAINER else chance.randint(300, 700)),
                fee=Decimal(4000),
                currency="GBP",
            )
            for row in rows
            if row.kind != Kind.HOURLY
        ]
    )
    return rows


def work(size: Size, engagements: list[Engagement], leads: list[Member], now: datetime, chance: random.Random) -> None:
    def rows() -> Iterator[Entry]:
        for k in range(size.entries):
            engagement = engagements[k % len(engagements)]
            yield Entry(
                client_id=engagement.client_id,
                engagement=engagement,
                member=leads[k % len(leads)],
                person="Lee Lead",
                day=now.date() - timedelta(days=chance.randrange(365)),
                seconds=chance.choice((900, 1800, 3600, 5400, 7200)),
                project=engagement.name,
                source="bench",
                external_id=str(k),
            )

    save(Entry, rows())
    with transaction.atomic():
        hours.recount(Client.objects.values_list("pk", flat=True))


def talk(
    size: Size,
    clients: list[tuple[Client, Contact]],
    leads: list[Member],
    now: datetime,
    chance: random.Random,
) -> None:
    """Threads of four, the last by us; of every four hundred one waits since this morning, some of them strangers'."""
    threads = size.messages // 4

    def begun(k: int) -> datetime:
        fresh = k % 400 == 0
        return now - (timedelta(minutes=chance.randint(5, 400)) if fresh else timedelta(days=chance.uniform(1, 365)))

    starts = [begun(k) for k in range(threads)]
    whose = [chance.randrange(len(clients)) for _ in range(threads)]  # which client each thread is with
    titles = [" ".join(chance.choices(WORDS, k=4)) for _ in range(threads)]
    save(
        Conversation,
        (
            Conversation(
                client=clients[whose[k]][0] if k % 20 != 7 and k % 4000 else None,
                subject=titles[k],
                subject_key=subjects.key(titles[k]),
                started_at=starts[k],
                last_at=starts[k],
            )
            for k in range(threads)
        ),
    )
    first = Conversation.objects.order_by("pk").values_list("pk", flat=True)[0]

    def letters() -> Iterator[Message]:
        for k in range(threads):
            waits = k % 400 == 0
            _, contact = clients[whose[k]]
            for turn in range(4):
                ours = turn % 2 == 1 and not waits
                yield Message(
                    conversation_id=first + k,
                    message_id=f"{k}.{turn}@bench.example",
                    fingerprint=f"{k}.{turn}",
                    at=min(now, starts[k] + timedelta(hours=0 if waits else turn)),
                    direction="out" if ours else "in",
                    contact=None if ours or k % 20 == 7 or k % 4000 == 0 else contact,
                    member=leads[whose[k] % len(leads)] if ours else None,
                    sender_name="Lee Lead" if ours else f"Person {whose[k]}",
                    sender_email="lead@bench.example" if ours else f"person@c{whose[k]}.example",
                    subject=titles[k],
                    snippet=titles[k],
                )

    save(Message, letters())
    start = Message.objects.order_by("pk").values_list("pk", flat=True)[0]
    text = " ".join(chance.choices(WORDS, k=90))
    save(Body, (Body(message_id=start + k, visible=text, text=text) for k in range(threads * 4)))
    for ids in batched(range(first, first + threads), 2000, strict=False):
        with transaction.atomic():
            settling.recount(ids)


def words_given(
    size: Size,
    clients: list[tuple[Client, Contact]],
    leads: list[Member],
    now: datetime,
    chance: random.Random,
) -> None:
    """Promises of a year, one in two hundred still open and due about now."""

    def rows() -> Iterator[Promise]:
        for k in range(size.promises):
            which = chance.randrange(len(clients))
            client, contact = clients[which]
            is_open = k % 200 == 0
            due = (
                now
                + timedelta(hours=chance.uniform(-20, 40))
                - timedelta(days=0 if is_open else chance.uniform(3, 360))
            )
            yield Promise(
                client=client,
                contact=contact,
                by=leads[which % len(leads)],
                words=" ".join(chance.choices(WORDS, k=5)),
                made_at=due - timedelta(days=5),
                first_due=due,
                due=due,
                ended_at=None if is_open else due - timedelta(hours=2),
            )

    save(Promise, rows())
    ended = Promise.objects.filter(ended_at__isnull=False).values_list("pk", "ended_at", "due").iterator(5000)
    save(Outcome, (Outcome(promise_id=pk, kind=OutcomeKind.KEPT, at=at, was_due=due) for pk, at, due in ended))


def save(model: type[models.Model], rows: Iterable[Any]) -> None:
    """Insert in batches, each its own transaction."""
    for batch in batched(rows, 10_000, strict=False):
        model._default_manager.bulk_create(batch, batch_size=2000)


def moment() -> datetime:
    """A working morning: the last weekday at 10:30 UTC, so that clocks run."""
    day: date = datetime.now(UTC).date()
    while day.weekday() > 4:
        day -= timedelta(days=1)
    return datetime(day.year, day.month, day.day, 10, 30, tzinfo=UTC)
