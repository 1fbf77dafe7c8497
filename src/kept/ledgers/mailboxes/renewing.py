"""Keeping the fresh token that was given for a mailbox: a fact of the connection, so no line of the journal."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from kept.kit import secrets
from kept.kit.rows import hold
from kept.ledgers.mailboxes.models import Mailbox

COLUMNS = ["secret", "refresh_token", "token_until"]
HOW = [*COLUMNS, "token_url", "client_id", "client_secret"]


@dataclass(frozen=True)
class Fresh:
    """An access token, until when it lasts (None: not known), and the refresh token that takes the last one's place."""

    token: str = field(repr=False)
    until: datetime | None
    refresh: str = field(default="", repr=False)


@transaction.atomic
def keep_token(mailbox: Mailbox, fresh: Fresh, *, asked_with: str) -> None:
    """Keep it, on the object and in its row, unless somebody gave another refresh token since one asked with this."""
    mailbox.secret, mailbox.token_until = secrets.close(fresh.token), fresh.until
    mailbox.refresh_token = secrets.close(fresh.refresh or asked_with)
    if mailbox.pk is None:
        return
    row = Mailbox(pk=mailbox.pk)
    hold(row)
    if row.token_url and secrets.open_(row.refresh_token) == asked_with:
        mailbox.save(update_fields=COLUMNS)
