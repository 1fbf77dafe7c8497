"""The folders of a mailbox: which there are, which are read, and how their numbers count."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from types import SimpleNamespace

from imap_tools.folder import FolderInfo, MailBoxFolderManager

from kept.doors.post.imap import Box
from kept.ledgers.mailboxes.models import Mailbox

INBOX = "INBOX"
# where the server does not say which folder holds sent mail (RFC 6154), by the names that programs give it
_USUAL = re.compile(
    r"(?:.*[./])?(?:sent(?: (?:items|messages|mail))?|gesendet(?:e (?:elemente|objekte))?|envoyés)", re.I
)
_NO_MAIL = {"\\noselect", "\\nonexistent"}


@dataclass(frozen=True, slots=True)
class Numbers:
    """How an opened folder counts: under another `uidvalidity` the same number is another mail."""

    uidvalidity: int
    messages: int


def readable(box: Box) -> list[str]:
    """The names of all folders that can hold mail, INBOX first."""
    names = [folder.name for folder in _all(box) if not _NO_MAIL & _flags(folder)]
    return sorted(names, key=lambda name: (name.upper() != INBOX, name.lower()))


def chosen(box: Box, mailbox: Mailbox) -> list[str]:
    """The folders to read: those that somebody chose, else INBOX and where sent mail lies."""
    if mailbox.folders:
        return [str(name) for name in mailbox.folders]
    sent = sent_folder(box)
    return [INBOX, sent] if sent else [INBOX]


def sent_folder(box: Box) -> str:
    """The name of the folder of sent mail, '' when there is none."""
    return _sent(_all(box))


def look_into(box: Box, name: str) -> Numbers:
    """Open the folder for reading alone, so that nothing in it changes by our looking."""
    _, said = box.folder.set(name, readonly=True)
    _, told = box.client.response("UIDVALIDITY")
    return Numbers(uidvalidity=_number(told) or 1, messages=_number(said))


def _all(box: Box) -> Iterator[FolderInfo]:
    """Every folder whose name can be read: one that a server wrote as it pleases ("A & B") must not hide the others."""
    typ, lines = box.client.list()
    for line in lines if typ == "OK" else ():
        with suppress(ValueError):
            yield from _read(line)


def _read(line: object) -> list[FolderInfo]:
    """One line of LIST, read as the library reads all of them."""
    said = SimpleNamespace(_simple_command=lambda *_: ("OK", []), _untagged_response=lambda *_: ("OK", [line]))
    return MailBoxFolderManager(SimpleNamespace(client=said)).list()


def _sent(folders: Iterable[FolderInfo]) -> str:
    able = [folder for folder in folders if not _NO_MAIL & _flags(folder)]
    said = [folder.name for folder in able if "\\sent" in _flags(folder)]
    return next(iter([*said, *(folder.name for folder in able if _USUAL.fullmatch(folder.name))]), "")


def _flags(folder: FolderInfo) -> set[str]:
    return {flag.lower() for flag in folder.flags}


def _number(said: object) -> int:
    first = said[0] if isinstance(said, list) and said else None
    return int(first) if isinstance(first, bytes) and first.isdigit() else 0
