"""Tokens of invitations: each is in one letter, goes with it and is kept nowhere; the database holds what it hashes to.

Whoever reads the database, or a copy of it, cannot answer in anybody's name: the hash leads nowhere, and the letter row
keeps the link encrypted until a server took the letter, then not at all. See docs/decisions/0009-whose-link-it-is.md.
"""

import secrets
from dataclasses import dataclass, field
from hashlib import sha256

from django.db.models import Q

from kept.ledgers.pulses.models import Invitation

BYTES = 32
LONGEST = 200  # letters; what is longer is no token of ours


@dataclass(frozen=True)
class Token:
    """A fresh token and its hash; the token itself is written into no log."""

    plain: str = field(repr=False)
    hashed: str


def mint() -> Token:
    """A token nobody has had before."""
    plain = secrets.token_urlsafe(BYTES)
    return Token(plain, hashed(plain))


def hashed(token: str) -> str:
    """SHA-256, in hex: the token is random and long, so nothing slower is needed."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def redeem(token: str) -> Invitation | None:
    """The invitation this token belongs to, whatever its standing; None: nobody was ever given it.

    Looking changes nothing, however often: programs that open every link in a mail answer nothing. One query.
    """
    if not token or len(token) > LONGEST:
        return None
    mark = hashed(token)
    rows = Invitation.objects.select_related("client", "contact", "by", "answer")
    return rows.filter(Q(token_hash=mark) | Q(reminder_hash=mark)).first()
