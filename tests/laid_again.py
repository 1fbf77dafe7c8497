"""Rows that verbs made once are laid again for the next test as they were: the studio costs each test 2 ms, not 40."""

import pickle
from collections.abc import Callable
from functools import cache
from itertools import chain
from typing import Any

from django.apps import apps
from django.db import connection, transaction

# by table: the columns, and every row's values as the database gives them
type Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]
DJANGOS_OWN = ("auth_permission", "django_content_type")


class LaidAgain[Made]:
    """What `make` makes in an empty database, as often as a process asks for it.

    The first call makes it; a later one lays its rows where their tables are empty, and makes it anew elsewhere.
    """

    def __init__(self, make: Callable[[], Made]) -> None:
        self._make = make
        self._rows: Rows = {}
        self._made = b""

    def __call__(self) -> Made:
        if not self._made:
            return self._make_first()
        return pickle.loads(self._made) if self._lay() else self._make()  # noqa: S301  # our own, of a moment ago

    def _make_first(self) -> Made:
        before = _all_rows()
        made = self._make()
        if not any(rows for table, (_, rows) in before.items() if table not in DJANGOS_OWN):
            self._rows = {table: rows for table, rows in _all_rows().items() if rows[1] != before[table][1]}
            self._made = pickle.dumps(made)
        return made

    @transaction.atomic
    def _lay(self) -> bool:
        """Whether the rows lie: where other rows are, nothing is done."""
        with connection.cursor() as cursor:
            cursor.execute(_anything_in(tuple(self._rows)))
            if cursor.fetchone()[0]:
                return False
            for table, (columns, rows) in self._rows.items():
                cursor.execute(_insert(table, tuple(columns), len(rows)), list(chain.from_iterable(rows)))
            if connection.vendor == "postgresql":
                cursor.execute(_go_on_behind(tuple((table, rows[-1][0]) for table, (_, rows) in self._rows.items())))
        return True


def _all_rows() -> Rows:
    tables = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            columns = [str(field.column) for field in model._meta.local_concrete_fields if not field.generated]
            quoted = ", ".join(map(_quoted, columns))
            cursor.execute(f"SELECT {quoted} FROM {_quoted(model._meta.db_table)} ORDER BY 1")  # noqa: S608
            tables[model._meta.db_table] = columns, cursor.fetchall()
    return tables


@cache
def _anything_in(tables: tuple[str, ...]) -> str:
    return "SELECT " + " OR ".join(f"EXISTS (SELECT 1 FROM {_quoted(table)})" for table in tables)  # noqa: S608


@cache
def _insert(table: str, columns: tuple[str, ...], count: int) -> str:
    row = f"({', '.join(['%s'] * len(columns))})"
    quoted = ", ".join(map(_quoted, columns))
    return f"INSERT INTO {_quoted(table)} ({quoted}) VALUES {', '.join([row] * count)}"  # noqa: S608


@cache
def _go_on_behind(last: tuple[tuple[str, int], ...]) -> str:
    """The next number of each table is free: SQLite sees to it, and so it is unless a restore turned numbers back."""
    turned = "SELECT setval('{0}_id_seq', {1}) FROM {0}_id_seq WHERE last_value < {1}"
    return " UNION ALL ".join(turned.format(table, number) for table, number in last)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
