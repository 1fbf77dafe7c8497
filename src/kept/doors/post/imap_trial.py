"""Trying a mailbox out before it is kept: what is there, or what is in the way."""

from dataclasses import dataclass

from kept.doors.post import imap_folders
from kept.doors.post.imap import signed_in
from kept.ledgers.mailboxes.models import Mailbox

PATIENCE = 10.0  # seconds; somebody sits before the page


@dataclass(frozen=True)
class Found:
    """All folders, those that would be read, and how many mails lie in them."""

    folders: tuple[str, ...]
    chosen: tuple[str, ...]
    messages: int


def try_out(mailbox: Mailbox) -> Found:
    """Connect, sign in and open every folder that would be read; nothing is fetched. Raises ValueError (Trouble)."""
    with signed_in(mailbox, timeout=PATIENCE) as box:
        chosen = imap_folders.chosen(box, mailbox)
        messages = sum(imap_folders.look_into(box, name).messages for name in chosen)
        return Found(tuple(imap_folders.readable(box)), tuple(chosen), messages)
