"""Several lists of columns asked for in one query: on a page, each way to the database costs more than its answer.

    found = together({"sent": Bill.objects.values_list("pk", "sent_on"), "asked": Surprise.objects.values_list("bill")})
    found["sent"]  # [(7, date(2026, 11, 3))]

Each list becomes a named part of one statement, whose rows come as JSON; what a column holds says its field. For lists
of some thousand rows at most: of more the reading costs more than the way.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection, models

type Asked = Mapping[str, Iterable[Any]]  # querysets, or the rows they answered
_ARRAY = {"sqlite": "json_array", "postgresql": "json_build_array"}


def together(asked: Mapping[str, models.QuerySet[Any, Any]]) -> dict[str, list[Any]]:
    """The rows of every `values_list`, as tuples, each in its own order. One query; none where nothing can match."""
    found: dict[str, list[Any]] = {name: [] for name in asked}
    names = list(asked)
    parts = {number: part for number, rows in enumerate(asked.values()) if (part := _part(number, rows))}
    if not parts:
        return found
    sql = "WITH " + ", ".join(one.named for one in parts.values())
    sql += " " + " UNION ALL ".join(one.picked for one in parts.values())
    with connection.cursor() as cursor:
        cursor.execute(sql, [param for one in parts.values() for param in one.params])
        for number, said in cursor:
            values = json.loads(said, parse_float=Decimal)
            read = zip(parts[number].readers, values, strict=True)
            found[names[number]].append(tuple(reader(value) for reader, value in read))
    return found


class _Part(NamedTuple):
    """One list: its own SQL under a name, how its rows are picked, and what reads its columns."""

    named: str
    picked: str
    params: Sequence[Any]
    readers: Sequence[Callable[[Any], Any]]


def _part(number: int, rows: models.QuerySet[Any, Any]) -> _Part | None:
    """None where nothing can match."""
    compiler = rows.query.get_compiler(using=rows.db)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    fields = [expression.output_field for expression, _, _ in compiler.select or ()]
    columns = [f"c{place}" for place in range(len(fields))]
    # facts as text, which nobody reads but their own field
    told = ", ".join(
        f"CAST({name} AS text)" if isinstance(field, models.JSONField) else name
        for name, field in zip(columns, fields, strict=True)
    )
    # only names made here are put into the words; what anybody typed stays a parameter of Django's own SQL
    picked = f"SELECT {number}, CAST({_ARRAY[connection.vendor]}({told}) AS text) FROM q{number}"  # noqa: S608
    named = f"q{number} ({', '.join(columns)}) AS ({sql})"
    return _Part(named, picked, params, [_reader(field) for field in fields])


def _reader(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """What makes of JSON what the field holds."""
    kind = next((read for of, read in _READERS if isinstance(field, of)), None)
    return (lambda value: value if value is None else kind(value)) if kind else _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


def _moment(said: str) -> datetime:
    at = datetime.fromisoformat(said)
    return at if at.tzinfo else at.replace(tzinfo=UTC)  # SQLite keeps moments in UTC, and does not say so


def _day(said: str) -> date:
    return date.fromisoformat(said[:10])  # PostgreSQL makes a moment of a day that is cut to its month


_READERS: tuple[tuple[type[models.Field[Any, Any]], Callable[[Any], Any]], ...] = (
    (models.DateTimeField, _moment),  # before the date it is one of
    (models.DateField, _day),
    (models.DecimalField, Decimal),
    (models.FloatField, float),
    (models.BooleanField, bool),
    (models.JSONField, json.loads),
)
