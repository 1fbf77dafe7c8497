"""Everything a firm has, in one file: written while Kept runs, as of one moment, whatever the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from kept.doors.terminal import archive
from kept.doors.terminal.archive import Archive, Table

# What a restored firm must not have: who is signed in, links and codes on their way, work in hand; and what Django
# itself writes at every migration
LEFT_OUT = {"sessions", "clock", "django_tasks_db", "contenttypes", "auth", "team.SignInLink"}
Told = Callable[[int], None]


def back_up(path: Path, *, at: datetime, told: Told = lambda rows: None) -> Archive:
    """Write everything to the file, read back and compared before it has its name. `told` hears of rows written.

    Raises OSError where it cannot be written; nothing is left then.
    """
    with snapshot():
        tables = (_table(model, told) for model in kept_models())
        return archive.write(path, tables, about=about(at))


def kept_models() -> list[type[models.Model]]:
    """The tables that make a firm what it is, in one order."""
    every = apps.get_models(include_auto_created=True)
    kept = [model for model in every if not model._meta.proxy and not {_label(model), _app(model)} & LEFT_OUT]
    return sorted(kept, key=_label)


def about(at: datetime) -> dict[str, Any]:
    """What a backup says of where it comes from; its migrations say what its tables look like."""
    return {
        "kept": version("kept"),
        "made_at": at.isoformat(),
        "database": connection.vendor,
        "migrations": migrations(),
    }


def migrations() -> list[str]:
    """The migrations of the tables that are kept, as the database has them."""
    ours = {_app(model) for model in kept_models()}
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied if app in ours)


def columns(model: type[models.Model]) -> list[str]:
    """The names of the table's columns, as Django has them."""
    return [field.attname for field in model._meta.concrete_fields]


@contextmanager
def snapshot() -> Iterator[None]:
    """Read everything as of one moment, while others go on writing."""
    if connection.in_atomic_block:
        yield  # the caller's transaction is the moment
        return
    with _reading(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM django_migrations")  # the first look is the moment that is held
        yield


@contextmanager
def _reading() -> Iterator[None]:
    connection.ensure_connection()
    if connection.vendor != "sqlite":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    # ours are IMMEDIATE, which would keep every writer waiting to the end
    usual = connection.transaction_mode  # type: ignore[attr-defined]
    connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            yield
    finally:
        connection.transaction_mode = usual  # type: ignore[attr-defined]


def _table(model: type[models.Model], told: Told) -> Table:
    names = columns(model)
    every = model._base_manager.order_by("pk").values_list(*names)

    def counted() -> Iterator[tuple[Any, ...]]:
        for number, row in enumerate(every.iterator(500), 1):
            yield row
            if not number % 500:
                told(500)

    return _label(model), names, counted()


def _label(model: type[models.Model]) -> str:
    return model._meta.label


def _app(model: type[models.Model]) -> str:
    return model._meta.app_label
