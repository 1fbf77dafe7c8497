"""A firm back from its backup: all of it or nothing, onto an empty installation or, when asked, over what is there."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import batched
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import DatabaseError, connection, models, transaction

from kept.doors.terminal.archive import Archive, Row, rows
from kept.doors.terminal.backing_up import back_up, columns, kept_models, migrations
from kept.kit.rows import learn_sizes

STAYS = {"contenttypes", "auth"}  # Django's own, the same in every installation of a version


class Refused(Exception):
    """The backup is not restored; the message says why and what to do. Nothing was changed."""


def restore(archive: Archive, *, told: Callable[[int], None] = lambda rows: None) -> None:
    """Replace whatever there is by what the backup holds, in one transaction. `told` hears of rows restored.

    Everybody signs in anew: sessions, links and queued work are not taken over, and those that were here go.
    Raises Refused for a backup of another version, archive.Broken for a damaged one; nothing is changed then.
    """
    _check_version(archive)
    with transaction.atomic():
        _clear()
        for model in kept_models():
            _load(archive, model, told)
        try:
            connection.check_constraints()
        except DatabaseError as fault:
            raise Refused(f"The backup contradicts itself ({fault}). Nothing was changed.") from None
        _go_on_from_here()


def firm_is_here() -> bool:
    """Whether there is anything a restore would replace."""
    return any(model._base_manager.exists() for model in kept_models())


def keep_safe(*, at: datetime) -> Path:
    """Back up what is here, under KEPT_HOME, before something else takes its place. Answers the file."""
    folder = settings.KEPT_HOME / "backups"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = Path(folder / f"before-restore-{at:%Y%m%d-%H%M%S}.kept")
    back_up(path, at=at)
    return path


def _check_version(archive: Archive) -> None:
    theirs, ours = set(archive.about["migrations"]), set(migrations())
    made_by = f"{archive.path} was made by Kept {archive.about['kept']}"
    if theirs - ours:
        raise Refused(f"{made_by}, which is newer than this one. Bring Kept up to date, then restore.")
    if ours - theirs:
        raise Refused(
            f"{made_by}, whose tables were older. Restore it with that version into an empty KEPT_HOME, "
            "then start this one there: it brings the tables up to date."
        )


def _clear() -> None:
    gone = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label not in STAYS]
    cache = str(settings.CACHES["default"]["LOCATION"])
    tables = [cache, *(model._meta.db_table for model in gone if not model._meta.proxy)]
    with connection.cursor() as cursor:
        # foreign keys are looked at when the transaction ends, so the order does not matter
        for table in tables:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608  # a name of ours


def _load(archive: Archive, model: type[models.Model], told: Callable[[int], None]) -> None:
    label = model._meta.label
    if label not in archive.tables:
        raise Refused(f"{archive.path} holds no {label}. Nothing was changed.")
    table = rows(archive, label)
    if next(table) != columns(model):
        raise Refused(f"{archive.path} has other columns in {label} than this Kept. Nothing was changed.")
    try:
        for some in batched(_made(model, table), 500, strict=False):
            model._base_manager.bulk_create(some)
            told(len(some))
    except (DatabaseError, ValidationError, ValueError, TypeError) as fault:  # of a row that no Kept has written
        raise Refused(f"The database does not take a row of {label} ({fault}). Nothing was changed.") from None


def _made(model: type[models.Model], table: Iterable[Row]) -> Iterator[models.Model]:
    fields = model._meta.concrete_fields
    # PostgreSQL cannot hold the letter of number 0, SQLite can
    clean = _without_zeros if connection.vendor == "postgresql" else lambda value: value
    for row in table:
        values = (field.to_python(clean(value)) for field, value in zip(fields, row, strict=True))
        yield model.from_db(connection.alias, [field.attname for field in fields], list(values))


def _without_zeros(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, list):
        return [_without_zeros(one) for one in value]
    return {key: _without_zeros(one) for key, one in value.items()} if isinstance(value, dict) else value


def _go_on_from_here() -> None:
    """Let the next row of each table have a free number, and be found by a plan that knows how many there are."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), kept_models()):
            cursor.execute(statement)
    learn_sizes()
