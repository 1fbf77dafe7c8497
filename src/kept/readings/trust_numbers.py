"""Our own numbers as they stood at a moment: what Kept comes with, and what people changed by then."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db.models import CharField, FloatField, JSONField, QuerySet, Value
from django.db.models.functions import Cast

from kept.ledgers.journal.models import Line
from kept.ledgers.reckoning.models import NumberChange
from kept.measures.parameters import DEFAULTS, Parameters, changed_numbers, numbers, with_numbers


def parameters_at(at: datetime) -> Parameters:
    """The firm's numbers as of `at`. One query.

    A number that this version knows no more, or lets be set to other values only, is left as Kept comes with it.
    """
    newest = {key: value for _, key, value in sorted(_changes(at), key=lambda row: row[0])}
    return with_numbers(DEFAULTS, _fitting({key: value for key, value in newest.items() if value is not None}))


def _changes(at: datetime) -> list[tuple[int, str, float | None]]:
    """The changes that stood at `at` (key of the row, of the number, value), with those taken back later."""
    standing: QuerySet[Any, Any] = NumberChange.objects.filter(at__lte=at).order_by()
    taken_back: QuerySet[Any, Any] = Line.objects.filter(verb="reckoning.take_back_change", at__gt=at).order_by()
    no_key, no_value = Cast(Value(""), CharField(max_length=80)), Cast(Value(None), FloatField())
    first = standing.annotate(was=Cast(Value(None), JSONField())).values_list("pk", "key", "value", "was")
    second = taken_back.annotate(key=no_key, value=no_value).values_list("pk", "key", "value", "facts")
    rows: QuerySet[Any, Any] = first.union(second, all=True)
    return [change for row in rows.order_by() if (change := _change(*row, at=at))]


def _change(
    pk: int, key: str, value: float | None, facts: dict[str, Any] | None, *, at: datetime
) -> tuple[int, str, float | None] | None:
    if facts is None:
        return pk, key, value
    was = facts["was"]
    return (was["id"], was["key"], was["value"]) if datetime.fromisoformat(was["at"]) <= at else None


def _fitting(changes: dict[str, float]) -> dict[str, float]:
    """Those of the changes that can be made."""
    told = {number.key: number.told for number in numbers()}
    return {key: value for key, value in changes.items() if key in told and told[key].low <= value <= told[key].high}


def fingerprint(parameters: Parameters) -> str:
    """The same for the same numbers, in any process."""
    changed = sorted(changed_numbers(parameters).items())
    return sha256(repr(changed).encode()).hexdigest()
