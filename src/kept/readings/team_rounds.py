"""What rounds of the team may tell: averages with their ranges, and which earlier rounds may stand beside the last."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import fmean, stdev

from django.db.models import QuerySet

from kept.ledgers.rounds.models import HIGHEST, Asked, Question, Remark, Round, Tally
from kept.ledgers.rounds.verbs import token_for
from kept.ledgers.team.models import Member
from kept.measures import anonymity
from kept.measures.anonymity import HIDING, Hiding, Why
from kept.measures.feeling_intervals import differs, mean_interval
from kept.measures.intervals import Interval

A_YEAR = 26  # rounds


@dataclass(frozen=True, slots=True)
class Mean:
    """The average of one question, 0 to 10, its 95 % range and its standard error, of so many people."""

    question: Question
    mean: float
    interval: Interval | None
    error: float
    people: int


@dataclass(frozen=True, slots=True)
class Heard:
    """A round that has closed: whom it asked, and what may be shown of it."""

    closed_at: datetime
    asked: frozenset[int]
    answers: int
    why: Why | None  # why nothing is shown, if so
    means: tuple[Mean, ...] = ()
    offices: tuple[tuple[str, tuple[Mean, ...]], ...] = ()

    def of(self, question: Question) -> Mean | None:
        return next((one for one in self.means if one.question == question), None)


@dataclass(frozen=True, slots=True)
class Change:
    """Of one question, between two rounds that may be compared: the earlier mean, and whether it differs for sure."""

    before: Mean
    now: Mean
    sure: bool


@dataclass(frozen=True, slots=True)
class Rounds:
    """Newest first: those that may be seen together; `apart` are shown nowhere, as they could point at people."""

    people: int  # present in the firm
    open: Round | None = None
    latest: Heard | None = None
    beside: tuple[Heard, ...] = ()
    apart: int = 0
    remarks: tuple[str, ...] = ()
    changes: dict[Question, Change] = field(default_factory=dict)
    hiding: Hiding = HIDING  # the numbers by which it was judged what may be shown

    @property
    def too_small(self) -> bool:
        return self.people < self.hiding.firm


def rounds(*, at: datetime, hiding: Hiding = HIDING) -> Rounds:
    """The rounds of a year. Six queries, whatever their number."""
    people = Member.objects.present().count()
    rows = list(Round.objects.filter(opens_at__lte=at).defer("key", "box")[:A_YEAR])
    current = next((row for row in rows if row.closed_at is None and row.closes_at > at), None)
    heard = _heard([row for row in rows if row.closed_at is not None and row.closed_at <= at], hiding)
    if not heard:
        return Rounds(people, current, hiding=hiding)
    first, *earlier = heard
    beside = together(first[1], [one for _, one in earlier], hiding=hiding)
    remarks = (
        Remark.objects.filter(round=first[0]) if first[1].answers >= hiding.words_people else Remark.objects.none()
    )
    return Rounds(
        people,
        current,
        latest=first[1],
        beside=beside,
        apart=sum(one.why is None for _, one in earlier) - len(beside),
        remarks=tuple(remarks.values_list("words", flat=True)),
        changes=_changes(first[1], beside),
        hiding=hiding,
    )


def together(latest: Heard, earlier: Iterable[Heard], *, hiding: Hiding = HIDING) -> tuple[Heard, ...]:
    """The earlier rounds that may stand beside the latest: each may be compared with every other one shown."""
    shown = [latest] if latest.why is None else []
    for one in earlier:
        if one.why is None and all(anonymity.change_may_be_shown(one.asked, o.asked, hiding=hiding) for o in shown):
            shown.append(one)
    return tuple(one for one in shown if one is not latest)


def asked_now(member: Member, *, at: datetime) -> tuple[Round, str] | None:
    """The open round that asks this member, and the token they have not used yet; None without. One query."""
    row = asking(member, at=at).first()
    token = token_for(row, member) if row else ""
    return (row, token) if row and token else None


def was_asked(member: Member, *, at: datetime) -> bool:
    """Whether a round that is open now asked this member, answered or not. One query."""
    return asking(member, at=at).exists()


def asking(member: Member, *, at: datetime) -> QuerySet[Round]:
    """The round, if there is one, that is open now and asks this member, answered or not."""
    return Round.objects.filter(closed_at__isnull=True, opens_at__lte=at, closes_at__gt=at, asked__member=member)


def _heard(rows: Sequence[Round], hiding: Hiding) -> list[tuple[Round, Heard]]:
    asked: dict[int, set[int]] = defaultdict(set)
    for pk, member in Asked.objects.filter(round__in=rows).values_list("round_id", "member_id"):
        asked[pk].add(member)
    marks: dict[tuple[int, str, str], list[int]] = defaultdict(list)
    tallies = Tally.objects.filter(round__in=rows).order_by("round_id", "question", "office__name", "mark")
    columns = tallies.values_list("round_id", "office__name", "question", "mark", "people")
    for pk, office, question, mark, people in columns:
        marks[pk, office or "", question] += [mark] * people
    return [(row, _one(row, asked[row.pk], marks, hiding)) for row in rows]


def _one(row: Round, asked: set[int], marks: dict[tuple[int, str, str], list[int]], hiding: Hiding) -> Heard:
    answers = row.answers or 0
    # judged again: the numbers may have been raised since it closed
    allowed = anonymity.shown(anonymity.Round(len(asked), answers), hiding=hiding)
    closed_at = row.closed_at or row.closes_at
    offices = sorted({office for pk, office, _ in marks if pk == row.pk and office})
    if not allowed.whole:
        return Heard(closed_at, frozenset(asked), answers, allowed.why)
    return Heard(
        closed_at,
        frozenset(asked),
        answers,
        None,
        means=_means(row.pk, "", marks, hiding),
        offices=tuple((office, _means(row.pk, office, marks, hiding)) for office in offices),
    )


def _means(pk: int, office: str, marks: dict[tuple[int, str, str], list[int]], hiding: Hiding) -> tuple[Mean, ...]:
    found = []
    for question in Question:
        given = marks.get((pk, office, question), [])
        if len(given) >= max(2, hiding.people):
            error = stdev(given) / len(given) ** 0.5
            interval = mean_interval(given, low=0.0, high=float(HIGHEST))
            found.append(Mean(question, fmean(given), interval, error, len(given)))
    return tuple(found)


def _changes(latest: Heard, beside: Sequence[Heard]) -> dict[Question, Change]:
    """Each question against the newest round that may stand beside the latest."""
    found = {}
    for question in Question if beside else ():
        now, before = latest.of(question), beside[0].of(question)
        if now and before:
            found[question] = Change(before, now, differs(now.mean, now.error, before.mean, before.error))
    return found
