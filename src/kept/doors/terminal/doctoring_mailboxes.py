"""What the doctor says of mailboxes: which cannot be reached, and how many mails could not be read."""

from kept.kit import words
from kept.kit.secrets import Unreadable, open_
from kept.ledgers.mailboxes.models import Mailbox
from kept.readings.mailboxes_page import boxes


def mailboxes_said() -> tuple[str, str]:
    """How the mailboxes stand, and how to mend what should not stand so; "" when there is no such thing."""
    found = [box for box in boxes() if box.mailbox.paused_at is None]
    lost = [f"{box.mailbox}: {box.mailbox.trouble}" for box in found if box.mailbox.trouble]
    apart = sum(box.troubled for box in found)
    said = [f"{words.count(len(found), 'mailbox', 'mailboxes')} read", *lost]
    if apart:
        said.append(f"{words.count(apart, 'mail')} could not be read")
    how = "`kept mailbox test ADDRESS` tries one; Settings, Mailboxes changes it." if lost else ""
    return "; ".join(said), how or ("`kept mailbox list` names them, `kept reparse` tries again." if apart else "")


def locked() -> list[str]:
    """The mailboxes whose password no key of this machine opens: it was kept on another."""
    return [str(box.mailbox) for box in boxes() if not _opens(box.mailbox)]


def _opens(mailbox: Mailbox) -> bool:
    try:
        for closed in (mailbox.secret, mailbox.client_secret, mailbox.refresh_token):
            open_(closed)
    except Unreadable:
        return False
    return True
