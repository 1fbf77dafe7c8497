"""Recording the hours that a time tool kept: clients found or made, engagements and members found by their names."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from itertools import batched
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Count, Sum

from kept.flows.name_book import NameBook
from kept.ledgers.hours import verbs as hours
from kept.ledgers.hours.models import Entry
from kept.ledgers.hours.pouring import Record, pour
from kept.measures.entries import Rejection, TimeRow

CHUNK = 5000  # rows written at a time, between two tellings of the progress
LONGEST_ID = 120
UNNAMED = "No client named"


@dataclass(frozen=True)
class Terms:
    """How rows are taken in.

    Moments without an offset are local times of `zone`. Rows that name no client go to the client called `unnamed`.
    `numbered_by` is the column whose numbers the rows are known by, "" where they are known by their facts: two tools
    that both count from 1 must not be taken for one.
    """

    zone: ZoneInfo
    unnamed: str = UNNAMED
    numbered_by: str = ""


@dataclass
class Tally:
    """What came of recording, in rows and seconds; `loose` are new rows of no engagement, `clients` the new ones."""

    new: int = 0
    known: int = 0
    seconds: int = 0  # of all rows that stand now
    seconds_new: int = 0
    clients: int = 0
    loose: int = 0
    strangers: int = 0  # new rows of people who are none of us
    without_client: int = 0  # rows that name none
    rejections: list[Rejection] = field(default_factory=list)


@transaction.atomic
def record(
    rows: Sequence[TimeRow],
    *,
    book: NameBook,
    terms: Terms,
    on_progress: Callable[[int], None] = lambda done: None,
) -> Tally:
    """Keep the rows, all or none. Rows recorded before change nothing.

    A row with the number of one that stands, and with another day or length, is rejected: which of the two is true
    only their owner knows. `on_progress` is told how many rows were gone through since it was last told.
    """
    tally = Tally()
    touched: set[int] = set()
    for chunk in batched(rows, CHUNK, strict=False):
        records = [_record(row, book, terms) for row in chunk]
        touched.update(one.client_id for one in records)
        new = pour(records)
        changed = _changed(chunk, records) if terms.numbered_by and new < len(chunk) else []
        tally.rejections += changed
        tally.new += new
        tally.known += len(chunk) - new - len(changed)
        tally.seconds += _standing_seconds(chunk, changed)
        tally.without_client += sum(not row.client for row in chunk)
        on_progress(len(chunk))
    if tally.new:
        hours.recount(touched)
    _sum_up(tally, book)
    return tally


def _record(row: TimeRow, book: NameBook, terms: Terms) -> Record:
    client = book.client(row.client or terms.unnamed)
    at = row.started_at
    return Record(
        client_id=client,
        engagement_id=book.engagement(client, row.project) if row.project else None,
        member_id=book.member(email=row.person_email, name=row.person),
        person=(row.person or row.person_email)[:200],
        day=row.day,
        started_at=at.replace(tzinfo=terms.zone) if at and at.tzinfo is None else at,
        seconds=row.seconds,
        project=row.project[:300],
        task=row.task[:300],
        note=row.note,
        billable=row.billable,
        source=row.source,
        external_id=_known_by(row, terms.numbered_by),
        batch_id=book.batch.pk,
    )


def _known_by(row: TimeRow, numbered_by: str) -> str:
    name = f"{numbered_by}:{row.external_id}" if numbered_by else row.external_id
    return name if len(name) <= LONGEST_ID else sha256(name.encode("utf-8", "replace")).hexdigest()


def _changed(rows: Sequence[TimeRow], records: Sequence[Record]) -> list[Rejection]:
    """The rows whose number stands with another day or length; those just written stand as they are."""
    names = [one.external_id for one in records]
    found = Entry.objects.filter(source=records[0].source, external_id__in=names)
    standing = {
        name: (day, seconds, batch)
        for name, day, seconds, batch in found.values_list("external_id", "day", "seconds", "batch_id")
    }
    return [
        _rejection(row, *standing[name])
        for row, name in zip(rows, names, strict=True)
        if standing[name][:2] != (row.day, row.seconds)
    ]


def _rejection(row: TimeRow, day: date, seconds: int, batch: int | None) -> Rejection:
    undo = f"take the earlier import back with `kept import undo {batch}` and import this file again" if batch else ""
    return Rejection(
        row.line,
        f"its number, {row.external_id}, stands already with {_hours(seconds)} on {day}; "
        f"this row says {_hours(row.seconds)} on {row.day}",
        f"If this row is the true one, {undo or 'correct the entry that stands'}. If it is another piece of work that "
        "happens to have the same number, say where it comes from with --from NAME.",
    )


def _hours(seconds: int) -> str:
    return f"{seconds // 3600}:{seconds // 60 % 60:02} h"


def _standing_seconds(rows: Sequence[TimeRow], changed: Sequence[Rejection]) -> int:
    lines = {one.line for one in changed}
    return sum(row.seconds for row in rows if row.line not in lines)


def _sum_up(tally: Tally, book: NameBook) -> None:
    sums = Entry.objects.filter(batch=book.batch).aggregate(
        rows=Count("pk"), seconds=Sum("seconds", default=0), sold=Count("engagement"), ours=Count("member")
    )
    tally.seconds_new = sums["seconds"]
    tally.loose = sums["rows"] - sums["sold"]
    tally.strangers = sums["rows"] - sums["ours"]
    tally.clients = len(book.new_clients)
