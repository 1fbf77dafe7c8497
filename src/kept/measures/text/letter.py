"""One message of mail as the house understands it, whatever it came in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from kept.measures.text.automatic import Verdict


@dataclass(frozen=True, slots=True)
class Address:
    """A person or machine that mail names; email is lower-cased and '' when it could not be read."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came along; size in bytes of the decoded content, content_id without <>, '' when none."""

    name: str
    kind: str
    size: int
    content_id: str = ""
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Report:
    """What a mail system says became of a letter of ours.

    status: RFC 3463, '5.1.1', only its class ('5.0.0') when no more was said, '' when nothing was. recipient: the
    first one that the report is about, '' when it can't be read. original_id: the id of that letter, without <>, or
    ''. diagnostic: what the other side answered, one line, or ''.
    """

    action: Literal["failed", "delayed", "delivered", "relayed"]
    status: str = ""
    recipient: str = ""
    original_id: str = ""
    diagnostic: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One parsed message.

    message_id: without <>; 'kept-' and the fingerprint when the message carries none, so a second import knows it.
    fingerprint: SHA-256 hex of the original bytes. references: message ids, oldest first, the answered one last.
    at: aware, UTC; at_is_guess when it is not the sender's own Date (1970-01-01 when nothing was to be had).
    text: the whole plain text; visible: what the sender wrote, without quotes and signature; html: cleaned, or '';
    it still names pictures from elsewhere, so it is shown through `kit.html.show` alone.
    defects: plain sentences about what was wrong and what was done. size: bytes of the original.
    loop_signs: what forbids an automatic answer ('Auto-Submitted', 'Precedence: bulk', 'Return-Path: <>' ...), by
    name; () when nothing does. doubted: the server that took it in says that its sender's domain did not vouch for it.
    report: what a delivery report says, None for any other mail.
    """

    message_id: str
    fingerprint: str
    references: tuple[str, ...]
    at: datetime
    at_is_guess: bool
    sender: Address
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    list_id: str
    subject: str
    text: str
    visible: str
    html: str
    automatic: Verdict
    attachments: tuple[Attachment, ...]
    defects: tuple[str, ...]
    size: int
    loop_signs: tuple[str, ...] = ()
    doubted: bool = False
    report: Report | None = None
