"""Rows found by what they are called, capitals or not: the same on every database, whatever letters a name has."""

from django.db import models


def called[Rows: models.QuerySet](rows: Rows, name: str, *, column: str = "name") -> Rows:  # type: ignore[type-arg]
    """Those whose `column` is `name`, in capitals or small letters."""
    return _by(rows, name, column, "iexact")


def containing[Rows: models.QuerySet](rows: Rows, part: str, *, column: str = "name") -> Rows:  # type: ignore[type-arg]
    """Those in whose `column` the part stands, in capitals or small letters."""
    return _by(rows, part, column, "icontains")


def _by[Rows: models.QuerySet](rows: Rows, said: str, column: str, how: str) -> Rows:  # type: ignore[type-arg]
    if said.isascii():
        return rows.filter(**{f"{column}__{how}": said})
    # SQLite, and PostgreSQL without a locale, fold no letter beyond z: "Ärzte" and "ärzte" would be two
    small = said.lower()
    names = rows.order_by().values_list("pk", column)
    if how == "iexact":
        return rows.filter(pk__in=[pk for pk, name in names if name.lower() == small])
    return rows.filter(pk__in=[pk for pk, name in names if small in name.lower()])
