"""What people say about a request that was found: that it is none; and taking that back."""

from datetime import datetime

from django.db import transaction

from kept.ledgers.conversations.noticed import Request
from kept.ledgers.journal.verbs import write
from kept.ledgers.team.models import Member


@transaction.atomic
def dismiss_request(request: Request, *, by: Member, at: datetime) -> None:
    """A person says: that asks us for nothing. It stays dismissed, also when the mail is read again; twice is once."""
    if Request.objects.filter(pk=request.pk, dismissed_at=None).update(dismissed_at=at, dismissed_by=by):
        _write("conversations.dismiss_request", request, by, at)


@transaction.atomic
def reconsider_request(request: Request, *, by: Member, at: datetime) -> None:
    """Undo a dismissal; twice is once."""
    standing = Request.objects.filter(pk=request.pk, dismissed_at__isnull=False)
    if standing.update(dismissed_at=None, dismissed_by=None):
        _write("conversations.reconsider_request", request, by, at)


def _write(verb: str, request: Request, by: Member, at: datetime) -> None:
    write(verb, request, by=by, at=at, client_id=request.message.conversation.client_id, said=request.words)
