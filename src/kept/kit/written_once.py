"""Queries of hot pages, written once: Django takes longer to make their SQL than the database to answer it.

    @written_once
    def _asking(viewer: Member, talks: Sequence[int], at: datetime) -> QuerySet[Message]:
        return Message.objects.seen_by(viewer).filter(conversation__in=talks, at__lte=at)

    rows = _asking(viewer, [7, 9], at)  # a list

The builder is called once for each kind of call, with stand-ins for what changes from call to call: rows and keys,
moments, days, and lists of keys. Whatever else it takes (bool, str) makes a query of its own. No `if` in it may ask a
stand-in anything: reckon first, and hand over what comes of it. Why: docs/decisions/0008-queries-written-once.md.
"""

import inspect
import json
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any, get_origin

from django.db import connections, models
from django.db.models.expressions import BaseExpression
from django.db.models.sql.compiler import SQLCompiler

_FIELDS: dict[Any, models.Field[Any, Any]] = {
    int: models.BigIntegerField(),
    datetime: models.DateTimeField(),
    date: models.DateField(),
}


class _Given(BaseExpression):
    """Stands in the SQL for an argument; no sums can be made with it, for the database would make them otherwise."""

    def __init__(self, name: str, field: models.Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.name = name

    @property
    def pk(self) -> "_Given":
        return self

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]

    def value(self, value: Any, connection: Any) -> Any:
        """What the database is told instead."""
        return self.output_field.get_db_prep_value(getattr(value, "pk", value), connection)


class _GivenKeys(_Given):
    """Stands for a list of keys, after `in`; the same SQL for any number of them."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "(SELECT value FROM json_each(%s))", [self]

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        return "(SELECT unnest(%s::bigint[]))", [self]

    def value(self, value: Any, connection: Any) -> Any:
        keys = list(value)
        return keys if connection.vendor == "postgresql" else json.dumps(keys)


@dataclass(frozen=True)
class _Written:
    """The queryset, and what Django made of it for one kind of database."""

    rows: Any
    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]

    def answer(self, given: dict[str, Any]) -> list[Any]:
        """The rows. What the compiler knows of columns is only read; its connection is this thread's."""
        connection = connections[self.rows.db]
        params = tuple(
            one.value(given[one.name], connection) if isinstance(one, _Given) else one for one in self.params
        )
        compiler, query = copy(self.compiler), copy(self.rows.query)
        compiler.connection = connection
        compiler.as_sql = lambda *_, **__: (self.sql, params)  # type: ignore[method-assign]
        query.get_compiler = lambda *_, **__: compiler
        rows = object.__new__(type(self.rows))  # a queryset's own copy would ask the database
        vars(rows).update(vars(self.rows), _query=query)
        return list(rows)


def written_once[**P, Row](build: Callable[P, models.QuerySet[Any, Row]]) -> Callable[P, list[Row]]:
    """The builder's rows as a list; its arguments are told apart by their annotations."""
    signature = inspect.signature(build)
    stands = {name: made for name, each in signature.parameters.items() if (made := _stand_in(name, each.annotation))}
    kept: dict[tuple[Any, ...], _Written] = {}

    @wraps(build)
    def rows(*args: P.args, **kwargs: P.kwargs) -> list[Row]:
        bound = signature.bind(*args, **kwargs)
        bound.apply_defaults()
        given = bound.arguments
        key = (connections["default"].vendor, *(value for name, value in given.items() if name not in stands))
        if key not in kept:
            kept[key] = _write(build(**(given | stands)))  # type: ignore[call-arg]
        return kept[key].answer(given)

    return rows


def _write(rows: models.QuerySet[Any, Any]) -> _Written:
    compiler = rows.query.get_compiler(using=rows.db)
    sql, params = compiler.as_sql()
    return _Written(rows, compiler, sql, tuple(params))


def _stand_in(name: str, kind: Any) -> _Given | None:
    """What stands for an argument of that type; None: it has to be known while the query is written."""
    if get_origin(kind) is Sequence:
        return _GivenKeys(name, _FIELDS[int])
    if isinstance(kind, type) and issubclass(kind, models.Model):
        return _Given(name, _FIELDS[int])
    return _Given(name, _FIELDS[kind]) if kind in _FIELDS else None
