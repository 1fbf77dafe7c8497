"""Promises kept, counted for the pledge: each at the moment at which it was kept, or its day had passed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Concat

from kept.kit import words
from kept.ledgers.promises.models import Promise
from kept.measures.promises import OVERDUE, State
from kept.readings.pledge_rows import Bound, Row, Scope
from kept.readings.promised import Standing, standings

NOUN = Promise._meta.label
MISSED = {
    State.KEPT_LATE: "late",
    State.LATE: "overdue",
    State.BROKEN: "broken",
}


def load(scope: Scope) -> list[Standing]:
    """All that may have been decided since. Two queries."""
    since = scope.since
    found = Promise.objects.filter(
        Q(ended_at__gte=since) | Q(ended_at=None, due__gte=since) | Q(first_due__gte=since), made_at__lte=scope.at
    )
    of = {"client": scope.only} if scope.only else {}
    return standings(found.filter(**of), at=scope.at, offices=scope.offices)


def rows(found: Iterable[Standing], bound: Bound, scope: Scope) -> Iterator[Row]:
    """What was kept, and what was not by its day; what is not due yet or was released is neither."""
    for one in found:
        decided = _decided(one)
        if decided is None or not bound.counts(one.client_id, decided, scope):
            continue
        if one.judged.is_kept:
            yield Row(NOUN, one.pk, one.client_id, decided, True)
        else:
            how = MISSED[one.judged.state]
            yield Row(NOUN, one.pk, one.client_id, decided, False, how=how, by=_by(one, scope), opens=one.pk)


def names(keys: Sequence[int]) -> QuerySet[Promise, tuple[str, int, str]]:
    """(noun, key, the words as they were said) of these promises, still to be asked for."""
    said = Concat(Value("“"), "words", Value("”"), output_field=CharField())
    rows = Promise.objects.filter(pk__in=keys).order_by().annotate(noun=Value(NOUN, CharField()), what=said)
    return rows.values_list("noun", "pk", "what")


def _decided(one: Standing) -> datetime | None:
    judged = one.judged
    if judged.is_kept:
        return judged.settled_at
    late = judged.state in OVERDUE or judged.worth is not None
    return judged.due if late else None


def _by(one: Standing, scope: Scope) -> str:
    """ "late by a day", "broken", "due four working days ago"."""
    judged = one.judged
    if judged.state is State.BROKEN:
        return "broken"
    calendar = scope.offices.calendar(scope.clients[one.client_id])
    until = judged.settled_at or scope.at
    days = len(calendar.open_dates(scope.day(judged.due), scope.day(until))) - 1
    if days < 1:
        over = words.span(until - judged.due)
    else:
        over = "a working day" if days == 1 else words.count(days, "working day")
    return f"late by {over}" if judged.settled_at else f"late by {over} so far"
