"""Rows under change: hold one still while a rule is judged, or remove one exactly once."""

from typing import Any

from django.db import connection, models


def hold(row: models.Model) -> None:
    """Read the row afresh and keep others from changing it until the transaction ends.

    Whoever holds a row may judge by it: what was loaded earlier, for a page or a form, may have changed since.
    Raises the model's DoesNotExist when somebody removed it.
    """
    # NO KEY: rows that point here may be added meanwhile; a full lock would deadlock with two who both added one
    row.refresh_from_db(from_queryset=type(row)._default_manager.select_for_update(no_key=True))


def hold_all(rows: models.QuerySet[Any]) -> None:
    """Keep others from changing these rows until the transaction ends; in one order, so that two never cross."""
    list(rows.order_by("pk").select_for_update(no_key=True).values_list("pk"))


def remove(row: models.Model) -> bool:
    """Remove the row; False when somebody did before. The object keeps its facts and its key, for the journal."""
    _, gone = type(row)._default_manager.filter(pk=row.pk).delete()
    return gone.get(row._meta.label, 0) > 0


def learn_sizes() -> None:
    """Let PostgreSQL see how many rows there are by now: until it looks by itself it plans as for the tables before.

    Of use after many rows came at once; the first pages could take minutes otherwise. SQLite plans by its indexes.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
