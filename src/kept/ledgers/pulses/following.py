"""What follows a low answer: opened at once, spoken about within a working day, ended in words; each taken back."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from kept.kit.rows import hold, remove
from kept.ledgers.journal.verbs import facts_of, write
from kept.ledgers.promises import verbs as promises
from kept.ledgers.promises.models import OutcomeKind, Promise
from kept.ledgers.pulses.models import Answer, FollowUp
from kept.ledgers.team.models import Member


class NotYet(ValueError):
    """Something comes first, or has come since; the sentence says what."""


@dataclass(frozen=True)
class Call:
    """What is promised with a follow-up: in which words, and by when."""

    words: str
    due: datetime


@transaction.atomic
def open_follow_up(answer: Answer, *, owner: Member, call: Call, at: datetime) -> FollowUp:
    """`owner` speaks with them by then: a promise like any other. `take_back_follow_up` undoes it. Twice is once."""
    standing = FollowUp.objects.filter(answer=answer).first()
    if standing is not None:
        return standing
    try:
        with transaction.atomic():
            row = FollowUp.objects.create(answer=answer, owner=owner, opened_at=at)
    except IntegrityError:  # somebody was faster
        return FollowUp.objects.get(answer=answer)
    source = promises.Source(Answer._meta.label, answer.pk)
    row.promise = promises.promise(
        answer.client, words=call.words, due=call.due, by=owner, at=at, contact=answer.contact, source=source
    )
    row.save(update_fields=["promise"])
    write("pulses.open_follow_up", row, by=None, at=at, client_id=answer.client_id, said=call.words)
    return row


@transaction.atomic
def take_back_follow_up(row: FollowUp, *, by: Member, at: datetime) -> None:
    """It was not needed, a slip of their finger say. Twice is once. Raises NotYet when somebody has spoken already."""
    try:
        hold(row)
    except FollowUp.DoesNotExist:
        return
    if row.spoke_at is not None:
        raise NotYet("Somebody has spoken with them; take that back first.")
    was, promise = facts_of(row), row.promise
    remove(row)
    if promise is not None and not promise.outcomes.exists():
        promises.withdraw(promise, by=by, at=at)
    write("pulses.take_back_follow_up", row, by=by, at=at, client_id=row.answer.client_id, was=was)


@transaction.atomic
def spoke(row: FollowUp, *, by: Member, at: datetime, words: str = "") -> FollowUp:
    """`by` spoke with them, which keeps the promise; `take_back_spoke` undoes it. Twice is once."""
    hold(row)
    if row.spoke_at is not None:
        return row
    row.spoke_at, row.spoke_by, row.spoke_words = at, by, words.strip()[:500]
    row.save(update_fields=["spoke_at", "spoke_by", "spoke_words"])
    if row.promise is not None and not _ended(row.promise):
        promises.keep(row.promise, by=by, at=at, words=row.spoke_words)
    write("pulses.spoke", row, by=by, at=at, client_id=row.answer.client_id, said=row.spoke_words)
    return row


@transaction.atomic
def take_back_spoke(row: FollowUp, *, by: Member, at: datetime) -> None:
    """Nobody has spoken with them yet. Twice is once. Raises NotYet when it has ended: that is taken back first."""
    hold(row)
    if row.ended_at is not None:
        raise NotYet("This has ended in words; take those back first.")
    if row.spoke_at is None:
        return
    was = facts_of(row)
    # what the talk kept: a promise that somebody had kept or released by itself stays so
    kept = row.promise and row.promise.outcomes.filter(kind=OutcomeKind.KEPT, at=row.spoke_at).first()
    row.spoke_at, row.spoke_by, row.spoke_words = None, None, ""
    row.save(update_fields=["spoke_at", "spoke_by", "spoke_words"])
    if kept:
        promises.take_back(kept, by=by, at=at)
    write("pulses.take_back_spoke", row, by=by, at=at, client_id=row.answer.client_id, was=was)


@transaction.atomic
def end(row: FollowUp, *, outcome: str, by: Member, at: datetime) -> FollowUp:
    """What came of it, in words; `take_back_end` undoes it. Twice is once: the first words stand.

    Raises NotYet before somebody has spoken with them, ValueError without words.
    """
    hold(row)
    if row.ended_at is not None:
        return row
    if row.spoke_at is None:
        raise NotYet("Say first who spoke with them, and when; then what came of it.")
    if not outcome.strip():
        raise ValueError("Say in a few words what came of it.")
    row.ended_at, row.outcome = at, outcome.strip()[:500]
    row.save(update_fields=["ended_at", "outcome"])
    write("pulses.end", row, by=by, at=at, client_id=row.answer.client_id, said=row.outcome)
    return row


@transaction.atomic
def take_back_end(row: FollowUp, *, by: Member, at: datetime) -> None:
    """It goes on. Twice is once."""
    hold(row)
    if row.ended_at is None:
        return
    was = facts_of(row)
    row.ended_at, row.outcome = None, ""
    row.save(update_fields=["ended_at", "outcome"])
    write("pulses.take_back_end", row, by=by, at=at, client_id=row.answer.client_id, was=was)


def _ended(promise: Promise) -> bool:
    return promise.outcomes.exclude(kind=OutcomeKind.MOVED).exists()
