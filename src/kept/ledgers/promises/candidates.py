"""What a text seems to promise: accepted or dismissed by a person, it counts for nothing before."""

from datetime import datetime

from django.db import transaction

from kept.kit.rows import hold
from kept.ledgers.journal.verbs import facts_of, write
from kept.ledgers.promises.models import Candidate, Promise
from kept.ledgers.promises.verbs import AlreadyEnded, Source, promise
from kept.ledgers.team.models import Member


@transaction.atomic
def accept(candidate: Candidate, *, due: datetime, by: Member, at: datetime, words: str = "") -> Promise:
    """A person says: yes, that is a promise, due then. Accepting twice answers the same promise.

    `promises.withdraw` undoes it. Raises AlreadyEnded when it was dismissed: `reconsider` takes that back.
    """
    hold(candidate)
    if candidate.promise is not None:
        return candidate.promise
    if candidate.dismissed_at is not None:
        raise AlreadyEnded("Somebody dismissed this before; take that back first.")
    row = promise(
        candidate.client,
        words=words or candidate.words,
        due=due,
        by=candidate.by,
        at=at,
        contact=candidate.contact,
        source=Source(candidate.source_noun, candidate.source_id),
        made_by=by,
        said_at=candidate.said_at,
    )
    candidate.promise = row
    candidate.save(update_fields=["promise"])
    write("promises.accept", candidate, by=by, at=at, client_id=row.client_id, said=candidate.words)
    return row


@transaction.atomic
def dismiss(candidate: Candidate, *, by: Member, at: datetime, why: str = "") -> None:
    """A person says: that is no promise. It stays dismissed; twice is once."""
    done = Candidate.objects.filter(pk=candidate.pk, promise=None, dismissed_at=None).update(
        dismissed_at=at, dismissed_why=why[:300]
    )
    if done:
        write("promises.dismiss", candidate, by=by, at=at, client_id=candidate.client_id, said=candidate.words, why=why)


@transaction.atomic
def reconsider(candidate: Candidate, *, by: Member, at: datetime) -> None:
    """Undo a dismissal: it waits to be accepted or dismissed again. Twice is once."""
    hold(candidate)
    if candidate.dismissed_at is None:
        return
    was = facts_of(candidate)
    candidate.dismissed_at, candidate.dismissed_why = None, ""
    candidate.save(update_fields=["dismissed_at", "dismissed_why"])
    write(
        "promises.reconsider", candidate, by=by, at=at, client_id=candidate.client_id, said=candidate.words,
        was=was,
    )  # fmt: skip
