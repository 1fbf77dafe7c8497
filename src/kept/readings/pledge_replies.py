"""Reply time and calls returned, counted for the pledge: every run of their messages against what was promised."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When

from kept.kit import words
from kept.ledgers.conversations.care import Aside, AsideKind
from kept.ledgers.conversations.holding import Pause
from kept.ledgers.conversations.models import Channel, Direction, Message
from kept.ledgers.conversations.noticed import Contradiction
from kept.ledgers.conversations.undelivered import peoples_words
from kept.ledgers.pledges.models import Measure
from kept.measures.pauses import Pause as Stretch
from kept.measures.pauses import running, spans
from kept.measures.replies import Clock, Ended, Said, clocks
from kept.measures.working_time import Calendar
from kept.readings.pauses import pauses_of, stretches
from kept.readings.pledge_rows import Bound, Row, Scope

NOUN = Message._meta.label
BEFORE = timedelta(days=90)  # a run that began so long before the window is still known by its first message


class Word(NamedTuple):
    """One message a person wrote, as much of it as a clock takes."""

    talk: int
    at: datetime
    pk: int
    client: int
    direction: str
    quiet: bool
    closing: str
    channel: str
    closed: bool
    later: bool

    @property
    def ours(self) -> bool:
        return self.direction == Direction.OUT


class Run(NamedTuple):
    """One run of their messages, and the pauses of its conversation."""

    talk: int
    client: int
    called: bool
    later: bool  # set aside until a day still to come
    clock: Clock
    stood: Sequence[Stretch]


def load(scope: Scope) -> list[Run]:
    """Every run that began since, or waits still; those that a mark ended are left out. Two queries."""
    talks = {talk: list(found) for talk, found in groupby(_words(scope), key=lambda one: one.talk)}
    held = pauses_of(talks, at=scope.at) if len(talks) < 500 else _all_pauses(scope.at)
    return [run for talk, found in talks.items() for run in _runs(found, held.get(talk, ()), scope.at)]


def rows(runs: Iterable[Run], bound: Bound, scope: Scope) -> Iterator[Row]:
    """The runs that can be judged; calls alone where the sentence is about calls."""
    calls_only = bound.sentence.measure == Measure.CALLS
    for run in runs:
        began = run.clock.started_at
        counted = max(began, bound.since) if run.clock.running else began  # what waits still is never too long ago
        if (calls_only and not run.called) or not bound.counts(run.client, counted, scope):
            continue
        row = _row(run, timedelta(minutes=bound.within(run.client, counted, scope)), scope)
        if row is not None:
            yield row


def names(keys: Sequence[int]) -> QuerySet[Message, tuple[str, int, str]]:
    """(noun, key, who wrote) of these messages, still to be asked for."""
    who = Case(
        When(contact__isnull=False, then="contact__name"), When(~Q(sender_name=""), then="sender_name"),
        default="sender_email", output_field=CharField(),
    )  # fmt: skip
    rows = Message.objects.filter(pk__in=keys).order_by().annotate(noun=Value(NOUN, CharField()), what=who)
    return rows.values_list("noun", "pk", "what")


# a pure function of its moments, so what was answered once is counted once, however often the pledge is looked at
@lru_cache(maxsize=65_536)
def _worked(calendar: Calendar, began: datetime, until: datetime, stood: tuple[Stretch, ...]) -> timedelta:
    """Working time between the two in which the clock ran."""
    return running(calendar, began, until, without=spans(stood, until=until))


def _words(scope: Scope) -> Iterator[Word]:
    """Conversation by conversation, oldest first; older ones only where they waited still at `at`."""
    at, since = scope.at, scope.since - BEFORE
    unsettled = Q(conversation__their_last_at__gt=F("conversation__settled_until"))
    settled_since = Q(conversation__settled_until__gt=at)
    lately = Q(conversation__last_at__gte=scope.since, at__gte=since)
    marks = Aside.objects.filter(message=OuterRef("pk"), at__lte=at)
    found = Message.objects.filter(lately | unsettled | settled_since, peoples_words(at), at__lte=at)
    # what was contradicted later was still taken for a machine's, or for a mere thank-you
    found = found.exclude(Exists(Contradiction.objects.filter(message=OuterRef("pk"), at__gt=at)))
    of = {"conversation__client": scope.only} if scope.only else {"conversation__client__isnull": False}
    columns = ("conversation_id", "at", "pk", "conversation__client_id", "direction", "quiet", "closing", "channel")
    asides = {
        "closed": Exists(marks.filter(kind__in=[AsideKind.NO_REPLY, AsideKind.ELSEWHERE])),
        "later": Exists(marks.filter(kind=AsideKind.LATER, until__gt=at)),
    }
    rows = found.filter(**of).order_by("conversation_id", "at", "pk").annotate(**asides)
    for row in rows.values_list(*columns, "closed", "later"):
        yield Word(*row)


def _all_pauses(at: datetime) -> dict[int, list[Pause]]:
    found: dict[int, list[Pause]] = defaultdict(list)
    for pause in Pause.objects.filter(at__lte=at).order_by("at", "pk"):
        found[pause.conversation_id].append(pause)
    return found


def _runs(found: Sequence[Word], held: Sequence[Pause], at: datetime) -> Iterator[Run]:
    theirs = [one.at for one in found if not (one.ours or one.quiet or one.closing)]
    if not theirs:
        return
    stood = stretches(held, theirs=theirs, at=at)
    by_pk = {one.pk: one for one in found}
    for clock in clocks([said for one in found for said in _said(one)]):
        if clock.ended is Ended.CLOSED:
            continue
        first, last = by_pk[clock.started_by], by_pk[clock.nudges[-1] if clock.nudges else clock.started_by]
        yield Run(first.talk, first.client, first.channel == Channel.CALL, last.later, clock, stood)


def _said(one: Word) -> list[Said]:
    """The message as a clock takes it; a mark on it ends the wait of everything up to it."""
    said = Said(row=one.pk, at=one.at, ours=one.ours, quiet=one.quiet, closes=bool(one.closing) and not one.ours)
    return [said, Said(row=one.pk, at=one.at, ours=True, closes=True)] if one.closed and not one.ours else [said]


def _row(run: Run, pledge: timedelta, scope: Scope) -> Row | None:
    """None while it is young, put off or paused: neither kept nor missed."""
    clock, at = run.clock, scope.at
    if clock.running and (run.later or any(pause.holds(at) for pause in run.stood)):
        return None
    until = clock.answered_at or at
    took = until - clock.started_at
    # working time is never longer than the clock's, so most need no counting of days
    if took > pledge:
        calendar = scope.offices.calendar(scope.clients[run.client])
        took = _worked(calendar, clock.started_at, until, tuple(run.stood))
    if took <= pledge:
        return None if clock.running else Row(NOUN, clock.started_by, run.client, clock.started_at, True)
    over = words.working_span(took - pledge)
    how, by = ("still waiting", f"{over} late, still waiting") if clock.running else ("late", f"{over} late")
    return Row(NOUN, clock.started_by, run.client, clock.started_at, False, how=how, by=by, opens=run.talk)
