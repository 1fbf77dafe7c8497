"""Looking into a mailbox once: fetch what is new, read it, and note how it went, for whoever asks."""

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Sequence

from kept.doors.post import fetching
from kept.doors.post.imap import Box, Trouble, signed_in
from kept.doors.post.reading import AWAY, read_arrivals
from kept.kit import clock
from kept.ledgers.mailboxes import arriving
from kept.ledgers.mailboxes.arriving import Overtaken
from kept.ledgers.mailboxes.models import Mailbox

TURN = 60.0  # seconds after which a mailbox with much to fetch lets the others have their turn
ODD = "What {host} said could not be understood ({kind}). Kept goes on trying; other mailboxes are read as ever."
log = logging.getLogger("kept.post")
_turns: dict[int, threading.Lock] = defaultdict(threading.Lock)  # of two threads here, one fetches a mailbox at a time


def look_into(mailbox: Mailbox, *, stopped: Callable[[], bool] = lambda: False) -> bool:
    """Fetch the mailbox and read what came; False when its turn ended before all was fetched.

    Raises nothing that is the mailbox's own trouble: that is noted on it. Left alone is what another thread fetches.
    """
    if _turns[mailbox.pk].locked():
        return True
    began = time.monotonic()
    try:
        with signed_in(mailbox) as box:
            done = fetch(mailbox, box, stopped=lambda: stopped() or time.monotonic() - began > TURN)
    except Trouble as trouble:
        note(mailbox, str(trouble))
        return True
    except AWAY:
        raise
    except Exception as fault:  # a server may say anything; the mailboxes after this one have their turn all the same
        log.debug("How mailbox %s could not be read", mailbox.pk, exc_info=fault)
        note(mailbox, ODD.format(host=mailbox.host, kind=type(fault).__name__))
        return True
    note(mailbox)
    return done or stopped()


def fetch(
    mailbox: Mailbox, box: Box, *, places: Sequence[str] = (), stopped: Callable[[], bool] = lambda: False
) -> bool:
    """Fetch by a connection that stands and read what came, load by load; False when stopped before all was."""
    with _turns[mailbox.pk]:
        try:
            for kept in fetching.loads(mailbox, box, at=clock.now(), places=places, stopped=stopped):
                if kept:
                    read_arrivals(at=clock.now())
                if stopped():
                    return False
        except Overtaken:  # another worker reads the same folder, and goes on
            log.debug("Mailbox %s is read by another worker", mailbox.pk)
    return True


def note(mailbox: Mailbox, trouble: str = "") -> None:
    """Say on the mailbox how the look went; in the log only what is new."""
    if trouble and trouble != mailbox.trouble:
        log.warning("Mailbox %s: %s", mailbox, trouble)
    arriving.looked(mailbox, at=clock.now(), trouble=trouble)
    mailbox.trouble = trouble
