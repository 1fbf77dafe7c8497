"""Tells whether bytes can be a message, and says what they are when they can't."""

import re

from kept.doors.post import mending
from kept.doors.post.raw import Unreadable

_HEADER = re.compile(rb"[!-9;-~]{1,80}[ \t]*:")
_TOLD = re.compile(
    rb"^(?:from|to|cc|subject|date|received|return-path|message-id|mime-version|content-type|delivered-to|reply-to"
    rb"|sender|in-reply-to|references|x-[a-z-]+|content-transfer-encoding)[ \t]*:",
    re.I | re.M,
)
_LOOKED_AT = 65_536
_STRANGERS = (
    (
        b"\xd0\xcf\x11\xe0",
        "It is an Outlook file (.msg).",
        "Save it from Outlook as .eml, or export the folder as mbox.",
    ),
    (b"!BDN", "It is an Outlook archive (.pst or .ost).", "Export the folder as mbox or .eml first."),
    (b"PK\x03\x04", "It is a zip archive.", "Unpack it first."),
    (b"\x1f\x8b", "It is compressed with gzip.", "Unpack it first (gunzip)."),
    (b"%PDF", "It is a PDF.", "Only mail can be read here."),
    (b"\x89PNG", "It is a picture.", "Only mail can be read here."),
    (b"\xff\xd8\xff", "It is a picture.", "Only mail can be read here."),
    (b"RIFF", "It is a sound or a film.", "Only mail can be read here."),
    (b"SQLite format 3", "It is a database.", "Export the mail as mbox or .eml first."),
)
NOTHING = Unreadable("The file is empty.", "Fetch the message again from where it came.")
NO_MAIL = Unreadable(
    "It doesn't look like mail: no line at its beginning is a header such as From, Subject or Date.",
    "If it is mail, save it from the mail program as .eml or mbox.",
)


def why_not(head: bytes) -> Unreadable | None:
    """Why a file that begins so is no message, None when it may well be one. Strict: for files nobody named."""
    if not head.strip():
        return NOTHING
    if stranger := _stranger(head):
        return stranger
    start = mending.without_wrapping(head).lstrip()[:_LOOKED_AT]
    headers = re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0]
    if _HEADER.match(start) and _TOLD.search(headers) and b"\0" not in headers[:512]:
        return None
    return NO_MAIL


def refuse(content: bytes) -> None:
    """Raises Unreadable for what can't be a message at all. Lenient: text without any header passes."""
    if not content.strip(b"\0 \t\r\n"):
        raise NOTHING
    if stranger := _stranger(content[:64]):
        raise stranger
    head = content[:4096]
    if b"\0" in head and not _TOLD.search(head):
        raise NO_MAIL


def _stranger(head: bytes) -> Unreadable | None:
    return next((Unreadable(reason, remedy) for magic, reason, remedy in _STRANGERS if head.startswith(magic)), None)
