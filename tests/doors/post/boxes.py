"""Mailboxes on a test's own Dovecot, and mail to put into them."""

from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from itertools import count
from typing import Any

from kept.kit.secrets import close
from kept.ledgers.mailboxes.models import Mailbox, Security
from tests.mailserver import PASSWORD, Server
from tests.studio import NOW

HELLO = "hello@larkfield.example"
CLEO, ZED = "Cleo North <cleo@borealis.example>", "Zed <zed@stranger.example>"
_numbers = count(1)


def an_address() -> str:
    """An address of the studio's that no test had before."""
    return f"box-{next(_numbers)}@larkfield.example"


def mailbox(server: Server, **facts: Any) -> Mailbox:
    """A mailbox on the server, shared, by TLS and with the password, unless told otherwise."""
    address = facts.get("address") or an_address()
    usual = {
        "address": address, "username": address, "host": "127.0.0.1", "port": server.tls_port,
        "security": Security.TLS, "secret": close(PASSWORD), "added_at": NOW, "quiet_before": NOW - timedelta(days=14),
    }  # fmt: skip
    return Mailbox.objects.create(**(usual | facts))


def mail(
    by: str = CLEO, *, to: str = HELLO, id: str = "", after: str = "", at: datetime = NOW, subject: str = "Drafts",
    text: str = "Could you send the new drafts?", file: bytes = b"",
) -> bytes:  # fmt: skip
    """A mail as a program sends it."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"], made["Date"] = by, to, subject, format_datetime(at)
    made["Message-ID"] = f"<{id or f'box-{next(_numbers)}@made.example'}>"
    if after:
        made["References"] = " ".join(f"<{one}>" for one in after.split())
    made.set_content(text)
    if file:
        made.add_attachment(file, maintype="application", subtype="octet-stream", filename="drawing.bin")
    return made.as_bytes(policy=made.policy.clone(linesep="\r\n"))
