"""Finds the messages in files and folders: mbox, maildir, directories of .eml, single messages."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from kept.doors.post import mbox, sniffing
from kept.doors.post.raw import Raw, Unreadable

__all__ = ["Raw", "Unreadable", "count", "read"]

# What mail programs and systems keep beside mail, for themselves.
_BOOKKEEPING = ("dovecot", "maildirfolder", "subscriptions", "courierimap", "thumbs.db", "desktop.ini")
_BOOKKEEPING_ENDINGS = (".msf", ".index", ".cache", ".lock")
_FLAGS = {"S": "seen", "R": "answered", "F": "flagged", "D": "draft", "T": "deleted", "P": "forwarded"}
_HEAD = 65_536


def read(paths: Iterable[Path]) -> Iterator[Raw]:
    """Every message under these paths, one at a time, in a fixed order; what is no message comes with its trouble."""
    for path in paths:
        if not path.exists():
            yield _trouble(path, "There is no file or folder of this name.", "Check the path.")
            continue
        named = not path.is_dir()
        for file in _files(path):
            yield from _messages(file, named=named)


def count(paths: Iterable[Path]) -> int:
    """Bytes that `read` will go through, for showing progress: the sum of `taken` over all it yields."""
    return sum(_size(file) for path in paths if path.exists() for file in _files(path))


def _files(path: Path) -> Iterator[Path]:
    """All files below, sorted; of a maildir `cur` and `new` only, as `tmp` holds what is still arriving."""
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        if "cur" in folders and "tmp" in folders:
            folders.remove("tmp")
        folders.sort()
        is_maildir = Path(folder).name in ("cur", "new")
        for name in sorted(names):
            if is_maildir or not _is_bookkeeping(name):
                yield Path(folder) / name


def _is_bookkeeping(name: str) -> bool:
    lower = name.lower()
    return lower.startswith((".", *_BOOKKEEPING)) or lower.endswith(_BOOKKEEPING_ENDINGS)


def _messages(file: Path, *, named: bool) -> Iterator[Raw]:
    try:
        with file.open("rb") as opened:
            head = opened.read(_HEAD)
        if mbox.envelope(head.removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0]):
            yield from mbox.messages(file)
        else:
            yield _single(file, head, lenient=named or file.suffix.lower() == ".eml")
    except OSError as error:
        yield _trouble(file, f"It could not be opened: {error.strerror or error}.", "Check the rights on the file.")


def _single(file: Path, head: bytes, *, lenient: bool) -> Raw:
    trouble = None if lenient and head.strip() else sniffing.why_not(head)
    if trouble and file.parent.name not in ("cur", "new"):
        return Raw(source=str(file), content=b"", taken=_size(file), trouble=trouble)
    content = file.read_bytes()
    return Raw(source=str(file), content=content, flags=_flags(file.name), taken=len(content))


def _flags(name: str) -> frozenset[str]:
    """What a maildir name says after ':2,' (';' or '!' where ':' may not stand)."""
    _, mark, letters = name.rpartition("2,")
    if not mark or name[-len(letters) - 3 : -len(letters) - 2 or None] not in (":", ";", "!"):
        return frozenset()
    return frozenset(_FLAGS[letter] for letter in letters if letter in _FLAGS)


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _trouble(path: Path, reason: str, remedy: str) -> Raw:
    return Raw(source=str(path), content=b"", taken=_size(path), trouble=Unreadable(reason, remedy))
