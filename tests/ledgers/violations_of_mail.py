"""One wrong row for every constraint on mailboxes and on the files of messages."""

from typing import Any

from kept.ledgers.conversations.models import Attachment, Channel, Content, Conversation, Direction, Message
from kept.ledgers.mailboxes.models import Arrival, Folder, Kind, Mailbox
from tests.cast import NOW, Studio
from tests.ledgers.violations import Violation, made, twice

HELLO = {"address": "hello@larkfield.example", "host": "imap.larkfield.example", "username": "hello"}


def box(s: Studio) -> dict[str, Any]:
    return {**HELLO, "added_at": NOW, "quiet_before": NOW}


def kept(s: Studio) -> Mailbox:
    return Mailbox.objects.get_or_create(address=HELLO["address"], defaults=box(s))[0]


def arrival(s: Studio) -> dict[str, Any]:
    number = {"uidvalidity": 1, "uid": 7, "size": 1, "zipped": b"x", "arrived_at": NOW}
    return {"mailbox": kept(s), "folder": "INBOX", **number}


def attachment(s: Studio) -> dict[str, Any]:
    talk, _ = Conversation.objects.get_or_create(subject="Drafts", defaults={"started_at": NOW, "last_at": NOW})
    facts = {"conversation": talk, "fingerprint": "0", "at": NOW, "direction": Direction.IN, "channel": Channel.MAIL}
    message, _ = Message.objects.get_or_create(message_id="with-a-file", defaults=facts)
    return {"message": message, "position": 0, "name": "plan.pdf", "kind": "application/pdf", "size": 1}


VIOLATIONS_OF_MAIL: dict[str, Violation] = {
    "mailbox_address": twice(Mailbox, box, address="Hello@Larkfield.example"),
    "mailbox_kind": made(Mailbox, lambda s: box(s) | {"kind": "borrowed"}),
    "mailbox_security": made(Mailbox, lambda s: box(s) | {"security": "luck"}),
    "mailbox_smtp_security": made(Mailbox, lambda s: box(s) | {"smtp_security": "luck"}),
    "mailbox_auth": made(Mailbox, lambda s: box(s) | {"auth": "charm"}),
    "mailbox_renewal": made(Mailbox, lambda s: box(s) | {"token_url": "https://login.example/token"}),
    "personal_mailbox_is_someones": made(Mailbox, lambda s: box(s) | {"kind": Kind.PERSONAL}),
    "folder_once": twice(Folder, lambda s: {"mailbox": kept(s), "name": "INBOX"}, last_uid=9),
    "arrival_once": twice(Arrival, arrival, size=2),
    "attachment_once": twice(Attachment, attachment, name="other.pdf"),
    "Content.sha256": twice(Content, lambda s: {"sha256": "0" * 64, "size": 1, "zipped": b"x"}, size=2),
}
