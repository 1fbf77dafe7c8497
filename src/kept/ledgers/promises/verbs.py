"""What people do with promises: promise, keep, move, release; and taking each back."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, models, transaction

from kept.kit.rows import hold, remove
from kept.ledgers.clients.models import Client, Contact
from kept.ledgers.engagements.models import Engagement
from kept.ledgers.journal.verbs import facts_of, write
from kept.ledgers.promises.models import Candidate, Outcome, OutcomeKind, Promise, Size
from kept.ledgers.team.models import Member


class AlreadyEnded(ValueError):
    """The promise was kept or released before; the message says so."""


@dataclass(frozen=True)
class Source:
    """The row in which a promise was said, such as ("conversations.Message", 7)."""

    noun: str = ""
    pk: int | None = None


@transaction.atomic
def promise(
    client: Client,
    *,
    words: str,
    due: datetime,
    by: Member,
    at: datetime,
    contact: Contact | None = None,
    size: Size = Size.NORMAL,
    source: Source = Source(),  # frozen
    engagement: Engagement | None = None,
    made_by: Member | None = None,
    said_at: datetime | None = None,
) -> Promise:
    """Write down that `by` promised `words` to the client, due at `due`.

    `made_by` is who wrote it down and `said_at` when it was said, where these differ from `by` and `at`.
    Raises ValueError with a plain sentence when there are no words, or contact or engagement are another client's.
    """
    if not words.strip():
        raise ValueError("Write the promise in the words it was said in.")
    _check_ours(client, contact, engagement)
    row = Promise.objects.create(
        client=client, contact=contact, engagement=engagement, by=by, words=words.strip()[:500], size=size,
        made_at=said_at or at, first_due=due, due=due, source_noun=source.noun, source_id=source.pk,
    )  # fmt: skip
    write("promises.promise", row, by=made_by or by, at=at, client_id=client.pk, said=row.words)
    return row


@transaction.atomic
def withdraw(row: Promise, *, by: Member, at: datetime) -> None:
    """Undo the writing down of a promise; twice is once. Only what nothing has come of yet; the journal keeps it.

    A candidate that was accepted as this promise is open again. Raises AlreadyEnded when something has come of it.
    """
    try:
        hold(row)
    except Promise.DoesNotExist:
        return
    if row.outcomes.exists():
        raise AlreadyEnded("Something has come of this promise already; take that back first.")
    Candidate.objects.filter(promise=row.pk).update(promise=None)
    remove(row)
    write(
        "promises.withdraw", row, by=by, at=at, client_id=row.client_id, said=row.words,
        was=facts_of(row),
    )  # fmt: skip


def keep(row: Promise, *, by: Member, at: datetime, words: str = "") -> Outcome:
    """The promise was kept at `at`. Twice is once; raises AlreadyEnded when it was released."""
    return _end(row, OutcomeKind.KEPT, by=by, at=at, words=words)


def release(row: Promise, *, by: Member, at: datetime, agreed: str) -> Outcome:
    """The client no longer wants it; `agreed` says how they said so. Twice is once; AlreadyEnded when kept."""
    if not agreed.strip():
        raise ValueError("Say how the client released us: who, and where they said it.")
    return _end(row, OutcomeKind.RELEASED, by=by, at=at, agreed=agreed)


@transaction.atomic
def move(row: Promise, *, to: datetime, by: Member, at: datetime, reason: str = "", agreed: str = "") -> Outcome:
    """A new day for the promise. With the client's agreement before the old day it counts as moved; otherwise as late.

    Raises AlreadyEnded when it was kept or released, ValueError when the new day has passed or is no new day.
    """
    hold(row)
    if row.ended_at is not None:
        raise AlreadyEnded("This promise has ended; take that back before you move it.")
    if to <= at:
        raise ValueError("Choose a day that is still to come.")
    if to == row.due:
        raise ValueError("That is the day it is due already.")
    outcome = Outcome.objects.create(
        promise=row, kind=OutcomeKind.MOVED, at=at, by=by, was_due=row.due, new_due=to,
        reason=reason.strip()[:500], agreed=agreed.strip()[:300],
    )  # fmt: skip
    row.due = to
    row.save(update_fields=["due"])
    write(
        "promises.move", outcome, by=by, at=at, client_id=row.client_id, said=reason, to=to.isoformat(), agreed=agreed
    )
    return outcome


@transaction.atomic
def take_back(outcome: Outcome, *, by: Member, at: datetime) -> Promise:
    """Undo an outcome; twice is once. The journal keeps what stood there.

    Raises AlreadyEnded when something came of the promise after it: that is taken back first.
    """
    row = outcome.promise
    hold(row)
    if row.outcomes.filter(pk__gt=outcome.pk).exists() and row.outcomes.filter(pk=outcome.pk).exists():
        raise AlreadyEnded("Something has come of this promise since; take that back first.")
    if not remove(outcome):
        return row
    if outcome.kind == OutcomeKind.MOVED:
        row.due = outcome.was_due
    else:
        row.ended_at = None
    row.save(update_fields=["due", "ended_at"])
    write(
        "promises.take_back", outcome, by=by, at=at, client_id=row.client_id, said=row.words,
        was=facts_of(outcome),
    )  # fmt: skip
    return row


@transaction.atomic
def _end(row: Promise, kind: OutcomeKind, *, by: Member, at: datetime, words: str = "", agreed: str = "") -> Outcome:
    hold(row)
    try:
        with transaction.atomic():
            outcome = Outcome.objects.create(
                promise=row,
                kind=kind,
                at=at,
                by=by,
                was_due=row.due,
                words=words.strip()[:500],
                agreed=agreed.strip()[:300],
            )
    except IntegrityError:
        # the constraint, not a read before the write, decides who came first
        standing = row.outcomes.exclude(kind=OutcomeKind.MOVED).get()
        if standing.kind != kind:
            raise AlreadyEnded(
                f"This promise was {standing.get_kind_display()} before; take that back first."
            ) from None
        return standing
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    write(
        f"promises.{'keep' if kind == OutcomeKind.KEPT else 'release'}",
        outcome,
        by=by,
        at=at,
        client_id=row.client_id,
        said=row.words,
    )
    return outcome


def _check_ours(client: Client, contact: Contact | None, engagement: Engagement | None) -> None:
    if any(thing is not None and thing.client_id != client.pk for thing in (contact, engagement)):
        raise ValueError(f"Choose a person and an engagement of {client.name}.")


def untrue() -> list[int]:
    """Promises whose kept `due` or `ended_at` differs from their outcomes; empty when all is well."""
    ended = models.Subquery(
        Outcome.objects.filter(promise=models.OuterRef("pk")).exclude(kind=OutcomeKind.MOVED).values("at")[:1]
    )
    moved = models.Subquery(
        Outcome.objects.filter(promise=models.OuterRef("pk"), kind=OutcomeKind.MOVED)
        .order_by("-pk")
        .values("new_due")[:1]
    )
    rows = Promise.objects.order_by("pk").annotate(
        true_end=ended, true_due=models.functions.Coalesce(moved, "first_due")
    )
    kept = rows.values_list("pk", "ended_at", "true_end", "due", "true_due").iterator(2000)
    # compared here: in the database a day that is not there is neither the same as another nor different
    return [pk for pk, ended_at, true_end, due, true_due in kept if (ended_at, due) != (true_end, true_due)]
