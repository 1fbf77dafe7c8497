"""Pouring many time records in at once, by one statement; those known already are left alone."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, Self

from django.db import connection, transaction

from kept.ledgers.hours.models import Entry


class Record(NamedTuple):
    """The columns of one entry. A tuple, because a hundred thousand rows of Django's take longer than their writing."""

    client_id: int
    engagement_id: int | None
    member_id: int | None
    person: str
    day: date
    started_at: datetime | None
    seconds: int
    project: str
    task: str
    note: str
    billable: bool | None
    source: str
    external_id: str
    batch_id: int | None

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """The record an unsaved entry stands for."""
        return cls(*(getattr(entry, name) for name in cls._fields))


@transaction.atomic
def pour(records: Sequence[Record]) -> int:
    """Add the records, those known (by source and external id) left alone. Answers how many are new.

    Whoever pours has seen to it that engagements are their clients', and calls `verbs.recount` for the clients
    touched when all is poured.
    """
    if not records:
        return 0
    with connection.cursor() as cursor:
        cursor.executemany(_statement(), _adapted(records))
        return int(cursor.rowcount)


def _statement() -> str:
    # each field bears the name of its column
    names = ", ".join(map(connection.ops.quote_name, Record._fields))
    places = ", ".join(["%s"] * len(Record._fields))
    table = connection.ops.quote_name(Entry._meta.db_table)
    # nothing but our own names of columns is put together here
    return f"INSERT INTO {table} ({names}) VALUES ({places}) ON CONFLICT (source, external_id) DO NOTHING"  # noqa: S608


def _adapted(records: Sequence[Record]) -> list[tuple[Any, ...]]:
    """The rows as this database takes days and moments."""
    day, moment = connection.ops.adapt_datefield_value, connection.ops.adapt_datetimefield_value
    return [(*row[:4], day(row[4]), row[5] and moment(row[5]), *row[6:]) for row in records]
