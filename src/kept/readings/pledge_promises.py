"""Promises kept, counted for the pledge: each on the day it was due."""

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Concat

from kept.kit import words
from kept.ledgers.promises.models import Promise
from kept.measures.promises import State
from kept.readings.fell_due import due_from, in_time, to_clients
from kept.readings.pledge_rows import Bound, Row, Scope
from kept.readings.promised import Standing, standings

NOUN = Promise._meta.label
ALL = Q()
MISSED = {
    State.KEPT_LATE: "late",
    State.LATE: "overdue",
    State.BROKEN: "broken",
}


def load(scope: Scope, *, of: Q = ALL) -> list[Standing]:
    """All that may have fallen due since, or those `of` them. Two queries."""
    made = to_clients(Promise.objects.all()).filter(due_from(scope.since), of, made_at__lte=scope.at)
    whose = {"client": scope.only} if scope.only else {}
    return standings(made.filter(**whose), at=scope.at, offices=scope.offices)


def rows(found: Iterable[Standing], bound: Bound, scope: Scope) -> Iterator[Row]:
    """What was kept, and what was not by its day; what is not due yet or was released is neither."""
    for one in found:
        kept, due = in_time(one.judged), one.judged.due
        if kept is None or not bound.counts(one.client_id, due, scope):
            continue
        if kept:
            yield Row(NOUN, one.pk, one.client_id, due, True)
        else:
            how = MISSED[one.judged.state]
            yield Row(NOUN, one.pk, one.client_id, due, False, how=how, by=_by(one, scope), opens=one.pk)


def names(keys: Sequence[int]) -> QuerySet[Promise, tuple[str, int, str]]:
    """(noun, key, the words as they were said) of these promises, still to be asked for."""
    said = Concat(Value("“"), "words", Value("”"), output_field=CharField())
    rows = Promise.objects.filter(pk__in=keys).order_by().annotate(noun=Value(NOUN, CharField()), what=said)
    return rows.values_list("noun", "pk", "what")


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
