"""What happens to time records: log, add many, take a batch back, gather loose ones; and the monthly sums."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import Max, Q, Sum

from kept.kit.rows import hold_all, remove
from kept.ledgers.clients.models import Client
from kept.ledgers.engagements.models import Engagement
from kept.ledgers.hours.models import Entries, Entry, MonthTotal
from kept.ledgers.hours.months import MonthOf
from kept.ledgers.hours.pouring import Record, pour
from kept.ledgers.journal.models import Batch
from kept.ledgers.journal.verbs import facts_of, write
from kept.ledgers.team.models import Member

A_DAY = 86_400  # seconds
Sums = dict[tuple[int, int | None, date], tuple[int, date]]  # (client, engagement, month) -> (seconds, last day)


@transaction.atomic
def log(
    client: Client,
    *,
    member: Member,
    day: date,
    seconds: int,
    by: Member,
    at: datetime,
    engagement: Engagement | None = None,
    note: str = "",
) -> Entry:
    """Write down one piece of work; the same again at the same moment is once.

    Raises ValueError when the engagement is another client's, or the time is none or more than a day.
    """
    if engagement is not None and engagement.client_id != client.pk:
        raise ValueError(f"Choose an engagement of {client.name}.")
    if not 0 < seconds <= A_DAY:
        raise ValueError("Write down more than nothing and at most 24 hours.")
    facts = [
        client.pk,
        engagement.pk if engagement else None,
        member.pk,
        day.isoformat(),
        seconds,
        note,
        at.isoformat(),
    ]
    entry, new = Entry.objects.get_or_create(
        source="kept", external_id=sha256(repr(facts).encode()).hexdigest(),
        defaults={"client": client, "engagement": engagement, "member": member, "person": member.name, "day": day,
                  "seconds": seconds, "note": note},
    )  # fmt: skip
    if new:
        recount([client.pk])
        write("hours.log", entry, by=by, at=at, client_id=client.pk, seconds=seconds)
    return entry


@transaction.atomic
def strike(entry: Entry, *, by: Member, at: datetime) -> None:
    """Undo a piece of work written down; twice is once. The journal keeps it."""
    if remove(entry):
        recount([entry.client_id])
        write(
            "hours.strike", entry, by=by, at=at, client_id=entry.client_id, said=entry.note,
            was=facts_of(entry),
        )  # fmt: skip


@transaction.atomic
def add(entries: Sequence[Entry]) -> int:
    """Add many entries at once, those known (by source and external id) left alone. Answers how many are new.

    The caller calls `recount` for the clients touched when all are added, and writes the journal line of the batch.
    Raises ValueError when an entry names another client's engagement.
    """
    _check_engagements(entries)
    return pour([Record.of(entry) for entry in entries])


@transaction.atomic
def take_back_batch(batch: Batch) -> int:
    """Remove the entries of a batch. Answers how many went."""
    entries = Entry.objects.filter(batch=batch)
    clients = list(entries.order_by().values_list("client_id", flat=True).distinct())
    gone, _ = entries.delete()
    recount(clients)
    return gone


@transaction.atomic
def gather(engagement: Engagement, *, at: datetime, by: Member | None) -> int:
    """Give the client's loose hours, recorded under the engagement's name, to the engagement. Answers how many."""
    return gather_for([engagement], at=at, by=by)


@transaction.atomic
def gather_for(engagements: Sequence[Engagement], *, at: datetime, by: Member | None) -> int:
    """Like `gather`, for many engagements."""
    touched = set()
    gathered = 0
    for engagement in engagements:
        count = loose_hours_of(engagement).update(engagement=engagement)
        if count:
            touched.add(engagement.client_id)
            gathered += count
            write("hours.gather", engagement, by=by, at=at, client_id=engagement.client_id, entries=count)
    if touched:
        recount(touched)
    return gathered


@transaction.atomic
def let_go(engagements: Iterable[int]) -> int:
    """Make the hours of these engagements loose again, as before they were gathered. Answers how many."""
    entries = Entry.objects.filter(engagement__in=list(engagements))
    clients = list(entries.order_by().values_list("client_id", flat=True).distinct())
    count = entries.update(engagement=None)
    recount(clients)
    return count


@transaction.atomic
def recount(clients: Iterable[int]) -> None:
    """Make the monthly sums of these clients afresh from their entries."""
    clients = list(clients)
    # two who each add hours must not both count without the other's
    hold_all(Client.objects.filter(pk__in=clients))
    MonthTotal.objects.filter(client__in=clients).delete()
    MonthTotal.objects.bulk_create(
        [
            MonthTotal(client_id=client, engagement_id=engagement, month=month, seconds=seconds, last_day=last)
            for (client, engagement, month), (seconds, last) in counted(Q(client__in=clients)).items()
        ],
        batch_size=2000,
    )


def loose_hours_of(engagement: Engagement) -> Entries:
    """The client's hours that belong to no engagement and were recorded under the name of this one."""
    loose = Entry.objects.filter(client=engagement.client_id, engagement=None).exclude(project="")
    # told apart here and not in the database: SQLite knows no capital letters beyond A to Z
    names = loose.order_by().values_list("project", flat=True).distinct()
    return loose.filter(project__in=[name for name in names if name.casefold() == engagement.name.casefold()])


def counted(which: Q = Q()) -> Sums:  # noqa: B008  # an empty Q is frozen in all but name
    """The monthly sums as the entries have them."""
    rows = (
        Entry.objects.filter(which)
        .order_by()
        .annotate(month=MonthOf("day"))
        .values("client_id", "engagement_id", "month")
        .annotate(seconds=Sum("seconds"), last=Max("day"))
    )
    return {(row["client_id"], row["engagement_id"], row["month"]): (row["seconds"], row["last"]) for row in rows}


def _check_engagements(entries: Sequence[Entry]) -> None:
    named = {entry.engagement_id: entry.client_id for entry in entries if entry.engagement_id}
    theirs = dict(Engagement.objects.filter(pk__in=named).values_list("pk", "client_id"))
    if any(entry.engagement_id and theirs.get(entry.engagement_id) != entry.client_id for entry in entries):
        raise ValueError("Some of these hours name an engagement of another client.")


def untrue() -> list[tuple[int, int | None, date]]:
    """Months whose kept sum differs from the entries; empty when all is well."""
    kept: Sums = {
        (row.client_id, row.engagement_id, row.month): (row.seconds, row.last_day)
        for row in MonthTotal.objects.iterator(2000)
    }
    true = counted()
    return sorted((key for key in kept.keys() | true.keys() if kept.get(key) != true.get(key)), key=str)
