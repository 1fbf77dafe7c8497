"""Reply time and calls returned, counted for the pledge: every run of their messages against what was promised."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import timedelta

from django.db.models import Case, CharField, Q, QuerySet, Value, When

from kept.kit import words
from kept.ledgers.conversations.models import Message
from kept.ledgers.pledges.models import Measure
from kept.readings.pledge_rows import Bound, Row, Scope
from kept.readings.reply_facts import BEFORE, runs
from kept.readings.reply_runs import Run, in_time

NOUN = Message._meta.label


def load(scope: Scope, *, clients: Collection[int] | None = None) -> list[Run]:
    """Every run that began since, or waits still, of these clients or all; those that a mark ended are left out.

    Two queries.
    """
    of = [scope.only] if scope.only else clients
    return list(runs(at=scope.at, since=scope.since - BEFORE, moved_since=scope.since, clients=of))


def rows(found: Iterable[Run], bound: Bound, scope: Scope) -> Iterator[Row]:
    """The runs that can be judged; calls alone where the sentence is about calls."""
    calls_only = bound.sentence.measure == Measure.CALLS
    for run in found:
        counted = run.counts_at(bound.since)
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


def _row(run: Run, pledge: timedelta, scope: Scope) -> Row | None:
    """None while it is young, put off or paused: neither kept nor missed."""
    clock, at = run.clock, scope.at
    took = run.took(scope.offices.calendar(scope.clients[run.client]), at=at, pledge=pledge)
    kept = in_time(run, took, pledge=pledge, at=at)
    if kept is None:
        return None
    if kept:
        return Row(NOUN, clock.started_by, run.client, clock.started_at, True)
    over = words.working_span(took - pledge)
    how, by = ("still waiting", f"{over} late, still waiting") if clock.running else ("late", f"{over} late")
    return Row(NOUN, clock.started_by, run.client, clock.started_at, False, how=how, by=by, opens=run.talk)
