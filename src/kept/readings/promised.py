"""Promises with what became of them, judged at a moment."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from kept.kit.written_once import written_once
from kept.ledgers.promises.models import Outcome, OutcomeKind, Promise, Promises
from kept.measures.promises import SOON_WORKDAYS, Judgement, Move, Promised, State, judge
from kept.measures.working_time import Calendar
from kept.readings.calendars import Offices
from kept.readings.promised_said import Came, Owed, Said, Standing

__all__ = [
    "Came",
    "Owed",
    "Said",
    "Standing",
    "judged",
    "judged_rows",
    "standings",
    "standings_of",
    "standings_with",
]

AS_STANDINGS = ("pk", "made_at", "first_due", "size", "by", "client", "client__office", "client__lead__office")
AT_LAST = datetime(9000, 1, 1, tzinfo=UTC)


def judged(promises: QuerySet[Promise], *, at: datetime, offices: Offices) -> list[Said]:
    """Judge these promises, in their order; those made later than `at` are left out. Two queries."""
    return judged_rows(list(with_people(promises, at=at)), at=at, offices=offices)


def with_people(promises: QuerySet[Promise], *, at: datetime) -> QuerySet[Promise]:
    """Those made by `at`, with all that `judged_rows` looks at."""
    return promises.filter(made_at__lte=at).select_related("client__lead", "contact", "by")


def judged_rows(rows: Sequence[Promise], *, at: datetime, offices: Offices) -> list[Said]:
    """As `judged`, of rows already loaded `with_people`. One query."""
    outcomes, moment = outcomes_of((row.pk for row in rows), at=at), Moment(at)
    return [
        Said(
            promise=row,
            outcomes=tuple(outcomes[row.pk]),
            judged=moment.judged(facts(row, outcomes[row.pk]), offices.calendar(row.client)),
        )
        for row in rows
    ]


def standings(promises: QuerySet[Promise], *, at: datetime, offices: Offices) -> list[Standing]:
    """Judge these promises without loading them, by due day as it is written. Two queries."""
    return standings_of(list(as_standings(promises, at=at)), at=at, offices=offices)


def as_standings(promises: QuerySet[Promise], *, at: datetime) -> QuerySet[Promise, tuple[Any, ...]]:
    """The columns `standings_of` looks at."""
    return promises.filter(made_at__lte=at).order_by("due", "pk").values_list(*AS_STANDINGS)


def standings_of(rows: Sequence[tuple[Any, ...]], *, at: datetime, offices: Offices) -> list[Standing]:
    """As `standings`, of rows already loaded `as_standings`. One query."""
    outcomes: dict[int, list[Came]] = defaultdict(list)
    for pk, kind, happened, new_due, agreed in _came([row[0] for row in rows], at):
        outcomes[pk].append(Came(kind, happened, new_due, agreed))
    return standings_with(rows, outcomes, at=at, offices=offices)


def standings_with(
    rows: Sequence[tuple[Any, ...]], outcomes: Mapping[int, Sequence[Came]], *, at: datetime, offices: Offices
) -> list[Standing]:
    """As `standings_of`, with what came of each until `at`, oldest first. No query."""
    standing, moment = [], Moment(at)
    for pk, made_at, due, size, by, client, office, leads in rows:
        begun = Promised(row=pk, made_at=made_at, due=due, size=size)
        calendar = offices.calendar_of(office, leads)
        judged = moment.judged(promised_of(begun, outcomes.get(pk, ())), calendar)
        standing.append(Standing(pk, judged, by, client, size))
    return standing


@written_once
def _came(promises: Sequence[int], at: datetime) -> QuerySet[Outcome, tuple[Any, ...]]:
    found = Outcome.objects.filter(promise__in=promises, at__lte=at).order_by("at", "pk")
    return found.values_list("promise", "kind", "at", "new_due", "agreed")


class Moment:
    """Judges promises at one moment: gives what measures.promises.judge gives, without counting days anew for each.

    The facts it is given are those known at the moment.
    """

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.soon_until: dict[Calendar, datetime] = {}

    def judged(self, promised: Promised, calendar: Calendar) -> Judgement:
        if promised.kept_at or promised.released_at:
            return _in_the_end(promised, calendar)
        if self.at <= promised.due and not promised.moves:
            return Judgement(promised.row, self._ahead(promised.due, calendar), promised.due, moved=False)
        end = _in_the_end(promised, calendar)
        if end.settled_at is not None and self.at > end.settled_at:
            return end
        state = State.LATE if self.at > end.due else self._ahead(end.due, calendar)
        return Judgement(promised.row, state, end.due, end.moved)

    def _ahead(self, due: datetime, calendar: Calendar) -> State:
        if calendar not in self.soon_until:
            self.soon_until[calendar] = calendar.same_time_after(self.at, SOON_WORKDAYS)
        return State.SOON if due <= self.soon_until[calendar] else State.OPEN


# a pure function of its facts, so what was kept or broke once is counted once, however often it is looked at
@lru_cache(maxsize=8192)
def _in_the_end(promised: Promised, calendar: Calendar) -> Judgement:
    """What a promise comes to if nothing more happens: as it ended, or broken from the day on which it breaks."""
    return judge(promised, at=AT_LAST, calendar=calendar)


def outcomes_of(promises: Iterable[int], *, at: datetime) -> dict[int, list[Outcome]]:
    """What came of each promise until `at`, oldest first."""
    found: dict[int, list[Outcome]] = defaultdict(list)
    for outcome in _outcomes(list(promises), at):
        found[outcome.promise_id].append(outcome)
    return found


@written_once
def _outcomes(promises: Sequence[int], at: datetime) -> QuerySet[Outcome]:
    return Outcome.objects.filter(promise__in=promises, at__lte=at).select_related("by").order_by("at", "pk")


def facts(promise: Promise, outcomes: Sequence[Outcome]) -> Promised:
    """The promise as the measure takes it."""
    begun = Promised(
        row=promise.pk,
        made_at=promise.made_at,
        due=promise.first_due,
        size=promise.size,  # type: ignore[arg-type]  # the table's choices are the measure's sizes
    )
    return promised_of(begun, [Came(one.kind, one.at, one.new_due, one.agreed) for one in outcomes])


def promised_of(begun: Promised, came: Sequence[Came]) -> Promised:
    """The promise as it was first said, with what came of it."""
    if not came:
        return begun
    ends = {one.kind: one.at for one in came}
    moves = tuple(
        Move(at=one.at, new_due=one.new_due, agreed=bool(one.agreed)) for one in came if one.new_due is not None
    )
    return replace(begun, moves=moves, kept_at=ends.get(OutcomeKind.KEPT), released_at=ends.get(OutcomeKind.RELEASED))


def open_at(promises: Promises, at: datetime, *, replay: bool) -> Promises:
    """Those still open at the moment; a replay looks at the outcomes of before it instead of the kept sum."""
    if not replay:
        return promises.open()
    return promises.filter(made_at__lte=at).exclude(
        outcomes__in=Outcome.objects.filter(at__lte=at).exclude(kind=OutcomeKind.MOVED)
    )
