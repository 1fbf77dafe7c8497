"""Our own numbers as they stood at a moment: what Kept comes with, and what people changed by then."""

from datetime import datetime
from hashlib import sha256

from kept.ledgers.journal.models import Line
from kept.ledgers.reckoning.models import NumberChange
from kept.measures.parameters import DEFAULTS, Parameters, changed_numbers, numbers, with_numbers


def parameters_at(at: datetime) -> Parameters:
    """The firm's numbers as of `at`. Two queries.

    A number that this version knows no more, or lets be set to other values only, is left as Kept comes with it.
    """
    rows = [*NumberChange.objects.filter(at__lte=at).values_list("pk", "key", "value"), *_taken_back_since(at)]
    newest = {key: value for _, key, value in sorted(rows)}
    return with_numbers(DEFAULTS, _fitting({key: value for key, value in newest.items() if value is not None}))


def _taken_back_since(at: datetime) -> list[tuple[int, str, float | None]]:
    """Changes that stood at `at` and were taken back later."""
    lines = Line.objects.filter(verb="reckoning.take_back_change", at__gt=at).values_list("facts__was", flat=True)
    return [(was["id"], was["key"], was["value"]) for was in lines if datetime.fromisoformat(was["at"]) <= at]


def _fitting(changes: dict[str, float]) -> dict[str, float]:
    """Those of the changes that can be made."""
    told = {number.key: number.told for number in numbers()}
    return {key: value for key, value in changes.items() if key in told and told[key].low <= value <= told[key].high}


def fingerprint(parameters: Parameters) -> str:
    """The same for the same numbers, in any process."""
    changed = sorted(changed_numbers(parameters).items())
    return sha256(repr(changed).encode()).hexdigest()
