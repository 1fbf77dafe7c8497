"""Inlets: a token for words that are said elsewhere, shown once; closed, opened again, and taken back."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from kept.kit.rows import remove
from kept.ledgers.conversations.inlets import Inlet
from kept.ledgers.conversations.models import Channel
from kept.ledgers.journal.verbs import facts_of, write
from kept.ledgers.team.models import Member

# what may come by a token; mail has its mailboxes, and meeting notes are written here
BROUGHT = (Channel.COMMENT, Channel.CONNECTION, Channel.CALL, Channel.FORM)


@transaction.atomic
def open_inlet(*, name: str, channel: Channel, by: Member, at: datetime) -> tuple[Inlet, str]:
    """Make an inlet for words of one kind, with its token; the token is kept nowhere. Raises ValueError without a name,
    and for a channel that no inlet brings.
    """
    said = " ".join(name.split())[:120]
    if not said:
        raise ValueError("Write a name, so that you know it again when you close it.")
    if channel not in BROUGHT:
        raise ValueError("An inlet brings comments, connection requests, calls or words from a form of yours.")
    token = secrets.token_urlsafe(32)
    row = Inlet.objects.create(name=said, channel=channel, hashed=_hash(token), by=by, made_at=at)
    write("conversations.open_inlet", row, by=by, at=at, said=f"{said}, {channel.label}")
    return row, token


@transaction.atomic
def take_back_inlet(row: Inlet, *, by: Member, at: datetime) -> None:
    """Undo the making of an inlet; what it brought stays. Twice is once."""
    if remove(row):
        was = {name: fact for name, fact in facts_of(row).items() if name != "hashed"}
        write("conversations.take_back_inlet", row, by=by, at=at, said=row.name, was=was)


@transaction.atomic
def close_inlet(row: Inlet, *, by: Member, at: datetime) -> None:
    """Let its token bring nothing from now on. Twice is once."""
    if Inlet.objects.filter(pk=row.pk, closed_at=None).update(closed_at=at):
        row.closed_at = at
        write("conversations.close_inlet", row, by=by, at=at, said=row.name)


@transaction.atomic
def reopen_inlet(row: Inlet, *, by: Member, at: datetime) -> None:
    """Undo the closing; the same token brings words again. Twice is once."""
    if Inlet.objects.filter(pk=row.pk).exclude(closed_at=None).update(closed_at=None):
        row.closed_at = None
        write("conversations.reopen_inlet", row, by=by, at=at, said=row.name)


def holder(token: str) -> Inlet | None:
    """The open inlet the token belongs to."""
    return Inlet.objects.filter(hashed=_hash(token), closed_at=None).first()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
