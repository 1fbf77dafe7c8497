"""What the ledgers hold and what the journal was told, for tests to compare."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.apps import apps
from django.db import connection
from django.db.backends.utils import CursorWrapper

from kept.ledgers.journal.models import Line

LEDGERS = [
    "journal",
    "team",
    "clients",
    "engagements",
    "hours",
    "conversations",
    "promises",
    "mailboxes",
    "letters",
    "touches",
    "deliverables",
    "bills",
    "choices",
    "pledges",
    "reviews",
    "pulses",
    "reckoning",
    "rounds",
    "reflections",
]


def everything() -> dict[str, list[str]]:
    """All rows of all ledgers but the journal's lines, without their numbers: a row made again is the same row."""
    models, ask = _ledgers()
    with connection.cursor() as cursor:
        cursor.execute(ask)
        rows_in = dict(zip(models, cursor.fetchone(), strict=True))
        return {label: _rows(cursor, select) if rows_in[label] else [] for label, select in models.items()}


@cache
def _ledgers() -> tuple[dict[str, str], str]:
    """The question for a table's rows, by what they are called, and the one that says which tables hold any."""
    models = [model for label in LEDGERS for model in apps.get_app_config(label).get_models() if model is not Line]
    tables = [connection.ops.quote_name(model._meta.db_table) for model in models]
    columns = [[field.column for field in model._meta.local_concrete_fields if field.name != "id"] for model in models]
    selects = (
        f"SELECT {', '.join(map(connection.ops.quote_name, names))} FROM {table}"  # noqa: S608
        for names, table in zip(columns, tables, strict=True)
    )
    holds = ", ".join(f"EXISTS (SELECT 1 FROM {table})" for table in tables)  # noqa: S608
    return dict(zip((model._meta.label for model in models), selects, strict=True)), f"SELECT {holds}"


def _rows(cursor: CursorWrapper, select: str) -> list[str]:
    cursor.execute(select)
    names = [column[0] for column in cursor.description]
    return sorted(repr(dict(zip(names, row, strict=True))) for row in cursor.fetchall())


@contextmanager
def told(*verbs: str) -> Iterator[list[Line]]:
    """The journal is told exactly these verbs, in this order; the list yielded holds the lines afterwards."""
    before = set(Line.objects.values_list("pk", flat=True))
    lines: list[Line] = []
    yield lines
    lines += Line.objects.exclude(pk__in=before).order_by("pk")
    assert [line.verb for line in lines] == list(verbs)
