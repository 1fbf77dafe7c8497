"""Promises with what became of them, judged at a moment."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from kept.ledgers.promises.models import Outcome, OutcomeKind, Promise
from kept.measures.promises import Judgement, Move, Promised, judge
from kept.readings.calendars import Offices


@dataclass(frozen=True)
class Said:
    """One promise with its outcomes until the moment, oldest first, and what it is judged to be."""

    promise: Promise  # with client, contact and by
    outcomes: tuple[Outcome, ...]
    judged: Judgement

    @property
    def to(self) -> str:
        """To whom it was said: the person, or the client."""
        return self.promise.contact.name if self.promise.contact else self.promise.client.name

    @property
    def first(self) -> str:
        """How we call them: the person's first name, or the client."""
        return self.promise.contact.first_name if self.promise.contact else self.promise.client.name

    @property
    def move(self) -> Outcome | None:
        """The newest move, if there was one."""
        return next((one for one in reversed(self.outcomes) if one.kind == OutcomeKind.MOVED), None)

    @property
    def ending(self) -> Outcome | None:
        """How it ended; None while it is open."""
        return next((one for one in reversed(self.outcomes) if one.kind != OutcomeKind.MOVED), None)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one promise stands, without its row: enough to count, to sort and to group thousands."""

    pk: int
    judged: Judgement
    by_id: int
    client_id: int
    size: str


def judged(promises: QuerySet[Promise], *, at: datetime, offices: Offices) -> list[Said]:
    """Judge these promises, in their order; those made later than `at` are left out. Two queries."""
    rows = list(promises.filter(made_at__lte=at).select_related("client__lead", "contact", "by"))
    outcomes = outcomes_of((row.pk for row in rows), at=at)
    return [
        Said(
            promise=row,
            outcomes=tuple(outcomes[row.pk]),
            judged=judge(facts(row, outcomes[row.pk]), at=at, calendar=offices.calendar(row.client)),
        )
        for row in rows
    ]


def standings(promises: QuerySet[Promise], *, at: datetime, offices: Offices) -> list[Standing]:
    """Judge these promises without loading them, by due day as it is written. Two queries."""
    promises = promises.filter(made_at__lte=at)
    rows = promises.order_by("due", "pk").values_list(
        "pk", "made_at", "first_due", "size", "by", "client", "client__office", "client__lead__office"
    )
    found: dict[int, list[Outcome]] = defaultdict(list)
    outcomes = Outcome.objects.filter(promise__in=promises.order_by().values("pk"), at__lte=at)
    for outcome in outcomes.only("promise", "kind", "at", "new_due", "agreed").order_by("at", "pk"):
        found[outcome.promise_id].append(outcome)
    return [
        Standing(
            pk=pk,
            judged=judge(
                _facts(Promised(row=pk, made_at=made_at, due=due, size=size), found.get(pk, ())),  # type: ignore[arg-type]  # as below
                at=at,
                calendar=offices.calendars.get(office or leads or 0, offices.main),
            ),
            by_id=by,
            client_id=client,
            size=size,
        )
        for pk, made_at, due, size, by, client, office, leads in rows
    ]


def outcomes_of(promises: Iterable[int], *, at: datetime) -> dict[int, list[Outcome]]:
    """What came of each promise until `at`, oldest first."""
    found: dict[int, list[Outcome]] = defaultdict(list)
    for outcome in (
        Outcome.objects.filter(promise__in=list(promises), at__lte=at).select_related("by").order_by("at", "pk")
    ):
        found[outcome.promise_id].append(outcome)
    return found


def facts(promise: Promise, outcomes: Sequence[Outcome]) -> Promised:
    """The promise as the measure takes it."""
    return _facts(
        Promised(
            row=promise.pk,
            made_at=promise.made_at,
            due=promise.first_due,
            size=promise.size,  # type: ignore[arg-type]  # the table's choices are the measure's sizes
        ),
        outcomes,
    )


def _facts(begun: Promised, outcomes: Sequence[Outcome]) -> Promised:
    if not outcomes:
        return begun
    ends = {outcome.kind: outcome.at for outcome in outcomes}
    return Promised(
        row=begun.row,
        made_at=begun.made_at,
        due=begun.due,
        size=begun.size,
        moves=tuple(
            Move(at=outcome.at, new_due=outcome.new_due, agreed=bool(outcome.agreed))
            for outcome in outcomes
            if outcome.new_due is not None
        ),
        kept_at=ends.get(OutcomeKind.KEPT),
        released_at=ends.get(OutcomeKind.RELEASED),
    )


def open_at(promises: QuerySet[Promise], at: datetime, *, replay: bool) -> QuerySet[Promise]:
    """Those still open at the moment; a replay looks at the outcomes of before it instead of the kept sum."""
    if not replay:
        return promises.open()  # type: ignore[attr-defined,no-any-return]
    return promises.filter(made_at__lte=at).exclude(
        outcomes__in=Outcome.objects.filter(at__lte=at).exclude(kind=OutcomeKind.MOVED)
    )
