"""Reading an opened folder: numbers, then headers, then whole mails, and never a mark upon any of them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from kept.doors.post.imap import Box

HEADERS = "MESSAGE-ID DATE FROM TO CC REFERENCES IN-REPLY-TO"
_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_ARRIVED = re.compile(rb'\bINTERNALDATE "\s*([^"]+)"')
_BEGINS = re.compile(rb"\d+ \(")


@dataclass(frozen=True, slots=True)
class Head:
    """What the server says of a mail without handing it over; `size` in bytes, `content` a few header lines."""

    uid: int
    size: int
    arrived_at: datetime | None
    content: bytes


def uids_after(box: Box, last: int) -> list[int]:
    """The numbers above `last`, rising."""
    found = box.uids(f"UID {last + 1}:*", charset=None)
    # "n:*" means the last mail too where there is none from n on
    return sorted({number for uid in found if (number := int(uid)) > last})


def heads(box: Box, uids: Sequence[int]) -> list[Head]:
    """The heads of these mails, rising; a mail that is gone by now is left out, one that comes twice comes once."""
    asked = f"(UID RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER.FIELDS ({HEADERS})])"
    found = {}
    for said, content in _fetch(box, uids, asked):
        if uid := _number(_UID, said):
            found[uid] = Head(uid, _number(_SIZE, said), _moment(said), content)
    return [found[uid] for uid in sorted(found.keys() & set(uids))]


def contents(box: Box, uids: Sequence[int]) -> dict[int, bytes]:
    """The whole mails by number; BODY.PEEK marks none of them as read. What the server has lost is left out."""
    found = {_number(_UID, said): content for said, content in _fetch(box, uids, "(UID BODY.PEEK[])") if content}
    return {uid: found[uid] for uid in uids if uid in found}


def _fetch(box: Box, uids: Sequence[int], asked: str) -> Iterator[tuple[bytes, bytes]]:
    """What was said of each mail, and the bytes that came with it."""
    if not uids:
        return
    typ, data = box.client.uid("FETCH", _ranges(uids), asked)
    if typ == "OK":
        yield from _answers(data)
    elif len(uids) > 1:  # one of them is broken, and the server may have stopped there
        for uid in uids:
            yield from _fetch(box, [uid], asked)


def _answers(data: Iterable[object]) -> Iterator[tuple[bytes, bytes]]:
    """imaplib gives (words, bytes) where bytes follow, words alone where none do or where some follow the bytes."""
    said, content = b"", b""
    for piece in data:
        if isinstance(piece, tuple):
            if said:
                yield said, content
            said, content = piece[0], piece[1]
        elif isinstance(piece, bytes) and _BEGINS.match(piece):
            if said:
                yield said, content
            said, content = piece, b""
        elif isinstance(piece, bytes):
            said += piece
    if said:
        yield said, content


def _ranges(uids: Sequence[int]) -> str:
    """1,2,3,7 as "1:3,7": servers limit the length of a line."""
    spans: list[list[int]] = []
    for uid in uids:
        if spans and uid == spans[-1][1] + 1:
            spans[-1][1] = uid
        else:
            spans.append([uid, uid])
    return ",".join(f"{first}:{last}" if last > first else f"{first}" for first, last in spans)


def _number(pattern: re.Pattern[bytes], said: bytes) -> int:
    found = pattern.search(said)
    return int(found[1]) if found else 0


def _moment(said: bytes) -> datetime | None:
    found = _ARRIVED.search(said)
    if not found:
        return None
    try:
        return datetime.strptime(found[1].decode("ascii", "replace"), "%d-%b-%Y %H:%M:%S %z").astimezone(UTC)
    except (ValueError, OverflowError):
        return None
