"""Why a conversation's clock stands or never started, and our own letter in it that waits for their answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from kept.ledgers.conversations.holding import Pause
from kept.ledgers.conversations.models import Channel, Direction, Message
from kept.ledgers.conversations.noticed import Contradiction

LATEST = 12  # so many messages are looked at, the newest first
SHOWN = 3


@dataclass(frozen=True)
class ConversationClock:
    """What holds the clock, and what was noticed of the newest messages; each can be contradicted or taken back."""

    waits: bool  # somebody waits for us, be the clock standing or not
    pause: Pause | None
    thanks: Message | None  # their newest, which only says thanks
    machines: tuple[Message, ...]  # what Kept takes for machines'
    contradicted: tuple[Contradiction, ...]
    typed: Message | None  # their newest, if its sender proved nothing
    awaited: Message | None  # our newest, which nobody has answered; with its follow_up, if somebody said when


def conversation_clock(messages: Sequence[Message], *, pause: Pause | None, waits: bool) -> ConversationClock:
    """Of the newest messages of a conversation, oldest first, each with its contact and follow_up. One query."""
    rows = list(reversed(messages))[:LATEST]
    theirs = next((row for row in rows if row.direction == Direction.IN and not row.automatic), None)
    spoke = next((row for row in rows if not row.automatic), None)
    against = Contradiction.objects.filter(message__in=[row.pk for row in rows]).select_related(
        "by", "message__contact"
    )
    return ConversationClock(
        waits=waits,
        pause=pause,
        thanks=theirs if theirs is not None and theirs.closing else None,
        machines=tuple(row for row in rows if row.automatic and row.direction == Direction.IN)[:SHOWN],
        contradicted=tuple(against[:SHOWN]),
        typed=theirs if theirs is not None and _proves_nothing(theirs) else None,
        awaited=spoke if spoke is not None and _asks_back(spoke) else None,
    )


def _asks_back(message: Message) -> bool:
    """Whether it is a letter of ours: nobody answers a note of a meeting."""
    return message.direction == Direction.OUT and not message.quiet and message.channel != Channel.NOTE


def _proves_nothing(message: Message) -> bool:
    return message.channel in {Channel.FORM, Channel.COMMENT, Channel.CONNECTION} and message.contact_id is None
