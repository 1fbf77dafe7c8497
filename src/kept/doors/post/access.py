"""What a mailbox signs in with: a token that is renewed is asked for anew before it runs out, or once it is refused."""

import threading
from collections import defaultdict
from datetime import timedelta

from kept.doors.post.authorities import trusted
from kept.doors.post.imap_reach import may_ask
from kept.doors.post.token_giver import Asking, NoToken, NotTaken, ask
from kept.kit import clock
from kept.kit.secrets import open_
from kept.ledgers.mailboxes.models import Kind, Mailbox
from kept.ledgers.mailboxes.renewing import HOW, keep_token

EARLY = timedelta(minutes=5)  # clocks differ, and a connection begun in time should be let in
_turns: dict[int | None, threading.Lock] = defaultdict(threading.Lock)  # of two threads one asks, the other waits


def secret_for(mailbox: Mailbox, *, refused: str = "") -> str:
    """What to sign in with: the password, or an access token; `refused` is one that was just not taken.

    Raises NoToken where no fresh one is to be had, secrets.Unreadable.
    """
    if not mailbox.token_url:
        return open_(mailbox.secret)
    with _turns[mailbox.pk]:
        _read_anew(mailbox)
        return _standing(mailbox, refused) or _fresh(mailbox)


def is_renewed(mailbox: Mailbox) -> bool:
    """Whether a token that is refused may be replaced by a fresh one."""
    return bool(mailbox.token_url)


def _standing(mailbox: Mailbox, refused: str) -> str:
    """The token that stands, unless it was refused or runs out."""
    token = open_(mailbox.secret)
    runs_out = mailbox.token_until is not None and mailbox.token_until - EARLY <= clock.now()
    return "" if token == refused or runs_out else token


def _fresh(mailbox: Mailbox) -> str:
    if mailbox.kind == Kind.PERSONAL and not may_ask(mailbox):
        raise NoToken("Tokens of a mailbox of one's own are asked of a public server only. Ask an owner to add one.")
    given_with = open_(mailbox.refresh_token)
    asking = Asking(mailbox.token_url, mailbox.client_id, open_(mailbox.client_secret), given_with)
    try:
        fresh = ask(asking, at=clock.now(), trusted=trusted())
    except NotTaken:
        # another process may have asked at the same moment, and hold the next one by now
        _read_anew(mailbox)
        if open_(mailbox.refresh_token) != given_with and mailbox.secret:
            return open_(mailbox.secret)
        raise
    keep_token(mailbox, fresh, asked_with=given_with)
    return fresh.token


def _read_anew(mailbox: Mailbox) -> None:
    if mailbox.pk is not None:
        mailbox.refresh_from_db(fields=HOW)
