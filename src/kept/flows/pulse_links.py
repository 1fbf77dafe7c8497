"""Links of invitations that come back to us: others can read them now, so they answer no more."""

import re
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from kept.ledgers.letters.linking import HERE
from kept.ledgers.pulses import verbs as pulses
from kept.ledgers.pulses.models import Invitation, Standing
from kept.ledgers.pulses.tokens import hashed

# companies have their programs put links of mail into links of their own, percent-encoded, once or more
_LINK = re.compile(r"(?:/|%(?:25)*2[Ff])pulse(?:/|%(?:25)*2[Ff])([\w-]{20,200})")
_MOST = 500  # links at a time: nobody keeps us busy by sending made-up ones


def tokens_in(text: str) -> list[str]:
    """What might be tokens of ours in a text."""
    return _LINK.findall(text)


def close_links(tokens: Sequence[str], *, at: datetime, but: Invitation | None = None) -> set[str]:
    """The invitations that these tokens lead to answer no more, `but` that one. Answers which hashes are ours.

    Twice is once.
    """
    marks = {hashed(token) for token in tokens[:_MOST]}
    ours: set[str] = set()
    for row in Invitation.objects.filter(Q(token_hash__in=marks) | Q(reminder_hash__in=marks)) if marks else ():
        ours |= marks & {row.token_hash, row.reminder_hash}
        if row != but and row.standing(at) == Standing.OPEN:
            pulses.retire(row, at=at)
    return ours


def without_links(text: str, *, at: datetime, but: Invitation | None = None) -> str:
    """The text with a mark in the place of each token of ours; the invitations they lead to answer no more.

    All `but` the one that is being answered: whoever pastes their own link into their answer has told nobody of it yet.
    """
    tokens = tokens_in(text)
    ours = close_links(tokens, at=at, but=but)
    for token in tokens:
        if hashed(token) in ours:
            text = text.replace(token, HERE)
    return text
