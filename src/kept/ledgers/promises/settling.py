"""Keeping each promise's two sums true: when it is due now, and when it ended."""

from collections.abc import Iterable

from django.db import transaction

from kept.kit.rows import hold_all
from kept.ledgers.promises.models import Outcome, OutcomeKind, Promise


@transaction.atomic
def recount(ids: Iterable[int]) -> None:
    """Write the sums of these promises afresh from their outcomes."""
    rows = Promise.objects.filter(pk__in=list(ids))
    hold_all(rows)
    promises = list(rows.prefetch_related("outcomes"))
    for promise in promises:
        outcomes = sorted(promise.outcomes.all(), key=lambda outcome: outcome.pk)
        moved = [outcome.new_due for outcome in outcomes if outcome.new_due is not None]
        promise.due = moved[-1] if moved else promise.first_due
        promise.ended_at = next((one.at for one in outcomes if _ends(one)), None)
    Promise.objects.bulk_update(promises, ["due", "ended_at"], batch_size=500)


def _ends(outcome: Outcome) -> bool:
    return outcome.kind != OutcomeKind.MOVED
