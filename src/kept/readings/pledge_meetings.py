"""Meetings kept and promised people present, counted for the pledge."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from kept.kit import words
from kept.kit.names import calling
from kept.ledgers.pledges.models import Measure
from kept.ledgers.touches.models import EndingKind, Meeting
from kept.readings.pledge_rows import Bound, Row, Scope

NOUN = Meeting._meta.label
EARLIER = timedelta(days=100)  # before the window: a new client's first month reaches back into it
COUNTED = {EndingKind.HELD, EndingKind.MISSED, EndingKind.OFF_BY_US}


class Was(NamedTuple):
    """One meeting that ended, and those who had been promised and did not come."""

    pk: int
    client: int
    planned_at: datetime
    about: str
    kind: str
    minutes_late: int | None
    promised: int
    away: tuple[str, ...]


def load(scope: Scope) -> list[Was]:
    """Meetings of which was said by `at` how they ended. One query, a row for each of our people."""
    found = Meeting.objects.filter(
        ending__at__lte=scope.at, planned_at__lte=scope.at, planned_at__gte=scope.since - EARLIER
    )
    of = {"client": scope.only} if scope.only else {}
    columns = ("pk", "client_id", "planned_at", "about", "ending__kind", "ending__minutes_late")
    people = ("people__promised", "people__came", "people__member__name")
    rows = found.filter(**of).order_by("pk", "people__pk").values_list(*columns, *people)
    return [
        _was(meeting, [row[6:] for row in with_people]) for meeting, with_people in groupby(rows, lambda row: row[:6])
    ]


def rows(found: Iterable[Was], bound: Bound, scope: Scope) -> Iterator[Row]:
    """Every meeting, or for promised people those that were held with somebody promised."""
    judge = _present if bound.sentence.measure == Measure.PEOPLE else _kept
    for one in found:
        if one.kind not in COUNTED or not bound.counts(one.client, one.planned_at, scope):
            continue
        verdict = judge(one, bound.within(one.client, one.planned_at, scope))
        if verdict is not None:
            how, by = verdict
            row = Row(NOUN, one.pk, one.client, one.planned_at, not how, how=how, by=by, what=one.about, opens=one.pk)
            yield row


def _was(meeting: tuple[Any, ...], people: Sequence[tuple[bool | None, bool | None, str]]) -> Was:
    promised = [(came, name) for was_promised, came, name in people if was_promised]
    away = tuple(calling(name) for came, name in promised if came is False)
    pk, client, planned_at, about, kind, minutes_late = meeting
    return Was(pk, client, planned_at, about, kind, minutes_late, len(promised), away)


def _present(one: Was, within: int) -> tuple[str, str] | None:
    """What was amiss, in a word and in more; ("", "") where nothing was; None where it does not count."""
    if one.kind != EndingKind.HELD or not one.promised:
        return None
    if not one.away:
        return "", ""
    number = words.count(len(one.away), "promised person", "promised people")
    return "without somebody promised", f"{number} not there"


def _kept(one: Was, within: int) -> tuple[str, str] | None:
    if one.kind == EndingKind.MISSED:
        return "missed", "we did not come"
    if one.kind == EndingKind.OFF_BY_US:
        return "called off by us", "called off by us"
    late = one.minutes_late or 0
    return ("late", f"{late} min late") if late > within else ("", "")
