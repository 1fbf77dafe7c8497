"""Writing down what was done; every verb of every ledger calls `write` inside its own transaction."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from django.db import models, transaction

from kept.ledgers.journal.models import Batch, Line


class Actor(Protocol):
    """Whoever does something: a member, or the firm's own machinery."""

    @property
    def pk(self) -> int | None: ...
    @property
    def name(self) -> str: ...


def write(
    verb: str,
    row: models.Model,
    *,
    by: Actor | None,
    at: datetime,
    client_id: int | None = None,
    said: str = "",
    **facts: Any,
) -> Line:
    """Add one line: `verb` ("promises.keep") was done to `row` by `by` (None: Kept itself) at `at`."""
    return Line.objects.create(
        at=at,
        by_id=by.pk if by else None,
        by_name=by.name if by else "Kept",
        verb=verb,
        noun=row._meta.label,
        row_id=row.pk,
        client_id=client_id,
        said=said,
        facts=facts,
    )


def facts_of(row: models.Model) -> dict[str, Any]:
    """The row's columns and what stands in them, as a line can keep them; for `was=` when a row is removed."""
    facts = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return {name: _plain(value) for name, value in facts.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str | Decimal) else value


@transaction.atomic
def open_batch(kind: str, source: str, *, by: Actor | None, at: datetime) -> Batch:
    """Begin a batch of rows from outside; `close_batch` tells what came of it."""
    batch = Batch.objects.create(kind=kind, source=source[:500], at=at, by_name=by.name if by else "Kept")
    write(f"{kind}.import", batch, by=by, at=at, said=source)
    return batch


@transaction.atomic
def close_batch(batch: Batch, *, counts: dict[str, Any], by: Actor | None) -> Batch:
    """Keep what the import counted beside its batch.

    Its line comes after all that was brought: what a process keeps until the journal moves must not miss the rows.
    """
    batch.counts = counts
    batch.save(update_fields=["counts"])
    write(f"{batch.kind}.close_batch", batch, by=by, at=batch.at, said=batch.source, **counts)
    return batch


def mark_undone(batch: Batch, *, at: datetime) -> bool:
    """Mark a batch as taken back; False when it already was. Whoever takes it back writes the line, with what went."""
    return bool(Batch.objects.filter(pk=batch.pk, undone_at__isnull=True).update(undone_at=at))
