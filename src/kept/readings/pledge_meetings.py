"""Meetings kept and promised people present, counted for the pledge."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import F

from kept.kit import words
from kept.kit.names import calling
from kept.ledgers.pledges.models import Measure
from kept.ledgers.touches.models import EndingKind, Meeting, MeetingPerson
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
    """Meetings of which was said by `at` how they ended. Two queries, or one where none was."""
    found = Meeting.objects.filter(
        ending__at__lte=scope.at, planned_at__lte=scope.at, planned_at__gte=scope.since - EARLIER
    )
    of = {"client": scope.only} if scope.only else {}
    columns = ("pk", "client_id", "planned_at", "about", "ending__kind", "ending__minutes_late")
    meetings = list(found.filter(**of).order_by().values_list(*columns))
    people = _people([row[0] for row in meetings]) if meetings else {}
    return [_was(row, people.get(row[0], [])) for row in meetings]


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


def named(found: Sequence[Row]) -> list[Row]:
    """They bring what they were about. No query."""
    return list(found)


def _people(meetings: Sequence[int]) -> dict[int, list[tuple[str, bool | None]]]:
    found: dict[int, list[tuple[str, bool | None]]] = {}
    rows = MeetingPerson.objects.filter(meeting__in=meetings, promised=True).order_by("pk")
    for meeting, name, came in rows.values_list("meeting_id", F("member__name"), "came"):
        found.setdefault(meeting, []).append((name, came))
    return found


def _was(row: tuple[int, int, datetime, str, str, int | None], people: Sequence[tuple[str, bool | None]]) -> Was:
    return Was(*row, promised=len(people), away=tuple(calling(name) for name, came in people if came is False))


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
