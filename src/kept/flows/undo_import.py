"""Taking an import back: everything its batch brought, except what people have since built upon."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef

from kept.flows.brought import put_back
from kept.flows.notice import forget
from kept.ledgers.clients.models import Client, Contact
from kept.ledgers.conversations import settling
from kept.ledgers.conversations.models import Conversation, Message
from kept.ledgers.engagements.models import Budget, Engagement
from kept.ledgers.hours import verbs as hours
from kept.ledgers.hours.models import Entry
from kept.ledgers.journal import verbs as journal
from kept.ledgers.journal.models import Batch
from kept.ledgers.promises.models import Candidate, Promise
from kept.ledgers.team.models import Member

TAKEN_BACK = models.Q(batch__undone_at__isnull=False)  # by this undoing, or by one before that had to leave it
SLICE = 2000  # rows removed at a time, so that a hundred thousand do not stand in memory at once


class AlreadyUndone(ValueError):
    """The batch was taken back before; the message says when."""


@transaction.atomic
def undo_import(batch: Batch, *, by: Member | None, at: datetime) -> dict[str, int]:
    """Remove what the batch brought, all or nothing; answers how many rows of each kind went and how many stayed.

    What it changed on rows that stood is put back. Clients, contacts and engagements stay where something from
    elsewhere hangs on them: another import's rows, a promise, an agreement; and go with the last of it, if that is
    taken back too. Raises AlreadyUndone when there is nothing left to take back.
    """
    if not journal.mark_undone(batch, at=at):
        batch.refresh_from_db()  # somebody may have been quicker since it was loaded
        raise AlreadyUndone(f"Batch {batch.pk} was taken back before, on {batch.undone_at:%d %B %Y at %H:%M}.")
    counts: Counter[str] = Counter()
    counts["put_back"] = put_back(batch)
    counts["messages"], touched = _messages(batch)
    counts["conversations"] = _conversations(touched)
    counts["hours"] = hours.take_back_batch(batch)
    counts["budgets"] = _remove(Budget.objects.filter(batch=batch))
    counts["engagements"] = _engagements()
    counts["contacts"] = _remove(_loose_contacts())
    counts["clients"] = _remove(_loose_clients())
    left = sum(model.objects.filter(batch=batch).count() for model in (Engagement, Contact, Client))
    counts["stayed"] = left
    journal.write(f"{batch.kind}.undo_import", batch, by=by, at=at, said=batch.source, **counts)
    return dict(counts)


def _messages(batch: Batch) -> tuple[int, set[int]]:
    """Remove the batch's messages; answers how many, and which conversations they were in."""
    touched = set(Message.objects.filter(batch=batch).values_list("conversation_id", flat=True).distinct())
    gone = 0
    while ids := list(Message.objects.filter(batch=batch).values_list("pk", flat=True)[:SLICE]):
        forget(ids)
        Message.objects.filter(pk__in=ids).delete()
        gone += len(ids)
    return gone, touched


def _conversations(touched: set[int]) -> int:
    """Remove those left without a message, and make the sums of the others true."""
    empty = Conversation.objects.filter(pk__in=touched, messages=None)
    gone = set(empty.values_list("pk", flat=True))
    Conversation.objects.filter(pk__in=gone).delete()
    settling.recount(touched - gone)
    return len(gone)


def _remove(rows: models.QuerySet[Any]) -> int:
    """Remove the rows and what hangs on them; answers how many rows there were."""
    ids = list(rows.values_list("pk", flat=True))
    rows.model._default_manager.filter(pk__in=ids).delete()
    return len(ids)


def _free_of(model: type[models.Model], name: str) -> models.Q:
    return ~models.Q(Exists(model._default_manager.filter(**{name: OuterRef("pk")})))


def _engagements() -> int:
    """Remove those that nothing hangs on; hours recorded under their names are loose again, as before them."""
    ids = list(_loose_engagements().values_list("pk", flat=True))
    hours.let_go(ids)
    return _remove(Engagement.objects.filter(pk__in=ids))


def _loose_engagements() -> models.QuerySet[Engagement]:
    by_hand = Entry.objects.filter(engagement=OuterRef("pk"), project="")
    return Engagement.objects.filter(
        TAKEN_BACK,
        ~Exists(by_hand),
        _free_of(Budget, "engagement"),
        _free_of(Promise, "engagement"),
        gifts=None,
        explanations=None,
        promised_people=None,
    )


def _loose_contacts() -> models.QuerySet[Contact]:
    return Contact.objects.filter(
        TAKEN_BACK,
        _free_of(Message, "contact"),
        _free_of(Promise, "contact"),
        _free_of(Candidate, "contact"),
        agreements=None,
        ties=None,
        tied_from=None,
    )


def _loose_clients() -> models.QuerySet[Client]:
    return Client.objects.filter(
        TAKEN_BACK,
        _free_of(Contact, "client"),
        _free_of(Engagement, "client"),
        _free_of(Entry, "client"),
        _free_of(Conversation, "client"),
        _free_of(Promise, "client"),
        _free_of(Candidate, "client"),
    )
