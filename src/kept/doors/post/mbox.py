"""Reads the messages of an mbox file one after the other, without ever holding the file."""

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import BinaryIO, NamedTuple

from kept.doors.post import dates
from kept.doors.post.raw import Raw

# 'From', who sent it, and when, as ctime writes it; the zone may stand before or after the year.
_ENVELOPE = re.compile(
    rb"From (?P<sender>\S+|\S.{0,200}\S)?[ \t]+"
    rb"(?P<at>(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?[ \t]+"
    rb"(?:[A-Z][a-z]{2}[ \t]+\d{1,2}|\d{1,2}[ \t]+[A-Z][a-z]{2})[ \t]+.*\d{4}.*)\s*$"
)
# A patch from git begins with a line of the same look, always of this one date; it stands in texts.
_PATCH = re.compile(rb"From [0-9a-f]{40} Mon Sep 17 00:00:00 2001")
_ESCAPED = re.compile(rb"^>(>*From )", re.M)


class Envelope(NamedTuple):
    """What the line above a message says; sender and date are None where it says nothing."""

    sender: str | None
    at: datetime | None


def envelope(line: bytes) -> Envelope | None:
    """The envelope that a 'From ' line holds; None when the line only begins like one."""
    if not line.startswith(b"From ") or not (found := _ENVELOPE.match(line)):
        return None
    sender = (found["sender"] or b"").decode("utf-8", "replace") or None
    return Envelope(sender, dates.read(found["at"].decode("ascii", "replace")))


def messages(path: Path) -> Iterator[Raw]:
    """Every message of the file, in order; '>From ' in a text is given back as it was written."""
    with path.open("rb") as file:
        first = file.readline(65536)
        file.seek(0)
        holds_patches = bool(_PATCH.match(first))
        ordinals = count(1)
        for offset, head, lines, taken in _pieces(file, holds_patches=holds_patches):
            content = _ESCAPED.sub(rb"\1", _without_gap(b"".join(lines)))
            if not content.strip() and head is None:
                continue
            yield Raw(
                source=f"{path}:{next(ordinals)}",
                content=content,
                envelope_from=head.sender if head else None,
                envelope_at=head.at if head else None,
                offset=offset,
                taken=taken,
            )


def _pieces(file: BinaryIO, *, holds_patches: bool) -> Iterator[tuple[int, Envelope | None, list[bytes], int]]:
    """(offset, envelope, lines, bytes with the envelope line) of each message."""
    head, lines, begin, at, after_gap = None, list[bytes](), 0, 0, True
    for line in file:
        starts = after_gap and line.startswith(b"From ") and (holds_patches or not _PATCH.match(line))
        if starts and (found := envelope(line)):
            if at:
                yield begin, head, lines, at - begin
            head, lines, begin = found, [], at
        else:
            lines.append(line)
        after_gap = line in (b"\n", b"\r\n")
        at += len(line)
    if at:
        yield begin, head, lines, at - begin


def _without_gap(content: bytes) -> bytes:
    """The blank line that parts two messages belongs to neither."""
    for gap, keep in ((b"\r\n\r\n", 2), (b"\n\n", 1)):
        if content.endswith(gap):
            return content[:-keep]
    return content
