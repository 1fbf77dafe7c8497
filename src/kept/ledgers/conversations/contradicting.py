"""Saying that Kept noticed wrongly: it does need a reply, a person wrote it; and taking that back."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from kept.kit.rows import hold, remove
from kept.ledgers.conversations import settling
from kept.ledgers.conversations.models import Message
from kept.ledgers.conversations.noticed import About, Contradiction
from kept.ledgers.journal.verbs import facts_of, write
from kept.ledgers.team.models import Member

# what was noticed, by what is said against it: these columns are emptied, and stay so whatever is noticed again
NOTICED = {About.CLOSING: ("closing",), About.AUTOMATIC: ("automatic", "automatic_why")}


class NothingNoticed(ValueError):
    """Kept said no such thing of the message, so there is nothing to contradict."""


@transaction.atomic
def contradict(message: Message, *, about: About, by: Member, at: datetime, reason: str = "") -> Contradiction:
    """Say that it is not so; the message counts from when it came, as if it had never been noticed. Twice is once.

    Raises NothingNoticed where Kept said no such thing of it.
    """
    hold(message.conversation)
    message.refresh_from_db()
    standing = Contradiction.objects.filter(message=message, about=about).first()
    if standing is not None:
        return standing
    was = {column: getattr(message, column) for column in NOTICED[about]}
    if not was[about.value]:
        raise NothingNoticed("Nothing of the kind was noticed in this message.")
    row = Contradiction.objects.create(message=message, about=about, was=was, reason=reason.strip()[:300], by=by, at=at)
    _set(message, dict.fromkeys(was, ""))
    write(
        "conversations.contradict", row, by=by, at=at, client_id=message.conversation.client_id, said=row.reason,
        about=str(about),
    )  # fmt: skip
    return row


@transaction.atomic
def take_back_contradiction(row: Contradiction, *, by: Member, at: datetime) -> None:
    """Undo a contradiction; what Kept noticed stands again. Twice is once."""
    message = row.message
    hold(message.conversation)
    if remove(row):
        _set(message, {column: row.was.get(column, "") for column in NOTICED[About(row.about)]})
        write(
            "conversations.take_back_contradiction", row, by=by, at=at, client_id=message.conversation.client_id,
            was=facts_of(row),
        )  # fmt: skip


def contradicted(messages: Iterable[int]) -> dict[int, set[str]]:
    """Of these messages the columns that must stay empty, whoever parses them again. One query."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = Contradiction.objects.filter(message__in=list(messages)).values_list("message_id", "about")
    for message, about in rows:
        found[message].update(NOTICED[About(about)])
    return found


def _set(message: Message, facts: dict[str, str]) -> None:
    for column, text in facts.items():
        setattr(message, column, text)
    message.save(update_fields=[*facts])
    settling.recount([message.conversation_id])
