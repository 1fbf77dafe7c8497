"""What the page of the mailboxes says in sentences."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from kept.kit import words
from kept.ledgers.mailboxes.models import Kind, Mailbox
from kept.readings.mailboxes_page import Box


def opening(all_of_them: Sequence[Box]) -> str:
    """ "Three mailboxes are read; one cannot be reached."."""
    if not all_of_them:
        return "No mailbox is read yet, so mail comes in from files only."
    read = [box for box in all_of_them if box.mailbox.paused_at is None]
    lost = sum(bool(box.mailbox.trouble) for box in read)
    said = f"{words.count(len(read), 'mailbox', 'mailboxes')} {'is' if len(read) == 1 else 'are'} read"
    if lost:
        said += f"; {words.count(lost, 'one', 'of them') if lost > 1 else 'one'} cannot be reached"
    return words.sentence(f"{said}.")


def state(mailbox: Mailbox, *, now: datetime, zone: ZoneInfo) -> tuple[str, str]:
    """Shape and words: ("kept", "last read at 09:38"), ("late", "not reached since 09:12"), ("moved", "paused")."""
    if mailbox.paused_at:
        return "moved", f"paused, {words.moment(mailbox.paused_at, now=now, zone=zone)}"
    if mailbox.member and mailbox.member.left_on:
        return "moved", f"not read: {mailbox.member.first_name} has left"
    if mailbox.trouble:
        since = words.moment(mailbox.trouble_since or now, now=now, zone=zone)
        return "late", f"not reached since {since}"
    if mailbox.looked_at is None:
        return "open", "about to be read for the first time"
    moment = words.moment(mailbox.looked_at, now=now, zone=zone)
    return "kept", f"last read {moment if ',' in moment else f'at {moment}'}"


def whose(mailbox: Mailbox) -> str:
    """ "everybody’s", "Bo’s own"."""
    owner = mailbox.member
    return f"{owner.first_name}’s own" if mailbox.kind == Kind.PERSONAL and owner else "everybody’s"


def held(box: Box) -> str:
    """ "three mails are being read; two could not be read", or nothing."""
    said = []
    if box.waiting:
        said.append(f"{words.count(box.waiting, 'mail')} {'is' if box.waiting == 1 else 'are'} being read")
    if box.troubled:
        said.append(f"{words.count(box.troubled, 'mail')} could not be read")
    return "; ".join(said)


def folders(mailbox: Mailbox) -> str:
    """ "INBOX and Sent", or the usual ones."""
    return words.listed([str(name) for name in mailbox.folders]) or "INBOX and the folder of sent mail"


def secret(row: Mailbox) -> str:
    """What it signs in with, as people call it."""
    return "refresh token" if row.token_url else "password"
