"""The mail as it came: compressed, with the files that are kept by themselves cut out of it, and whole again when read.

A file is cut out only where writing it anew gives the very bytes that stood there, and only when the whole has been
put together again and is the same to the last byte. Everything reads originals through here.
"""

import json
import re
import zlib
from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256

from kept.ledgers.conversations.files import Content
from kept.ledgers.conversations.models import Message, Original

CUT = b"kept-cut-1\n"  # before an original with holes; any other is compressed as it came
WORTH = 3000  # bytes; smaller files stay where they are
_LINE = re.compile(rb"[A-Za-z0-9+/=]+(\r?\n)")

# (where the hole is, in bytes of what is left; the file's SHA-256; how long its lines are; what ends them)
Hole = tuple[int, str, int, str]


class Missing(ValueError):
    """A file that was cut out of this mail is gone, or it was changed; what is left of it is no longer the mail."""


def packed(original: bytes, kept: Mapping[str, bytes]) -> bytes:
    """The mail as it is kept; `kept`: by SHA-256 the files of it whose contents are kept by themselves."""
    holes, rest = _cut(original, kept)
    if holes and _whole(rest, holes, kept) == original:
        return CUT + zlib.compress(json.dumps(holes).encode() + b"\n" + rest)
    return zlib.compress(original)


def original_of(message: Message) -> bytes:
    """The mail as it came, to the last byte. Raises Original.DoesNotExist for what never was mail, Missing."""
    return unpacked(bytes(Original.objects.get(message=message).zipped), fingerprint=message.fingerprint)


def unpacked(zipped: bytes, *, fingerprint: str) -> bytes:
    """What was packed. Raises Missing, also for what was never packed here."""
    try:
        if not zipped.startswith(CUT):
            return zlib.decompress(zipped)
        told, _, rest = zlib.decompress(zipped.removeprefix(CUT)).partition(b"\n")
    except zlib.error as fault:
        raise Missing(f"The mail {fingerprint[:12]} is not kept as it came.") from fault
    holes: list[Hole] = [(hole[0], hole[1], hole[2], hole[3]) for hole in json.loads(told)]
    names = {name for _, name, _, _ in holes}
    contents = {row.sha256: opened(row) for row in Content.objects.filter(sha256__in=names)}
    if contents.keys() != names or sha256(whole := _whole(rest, holes, contents)).hexdigest() != fingerprint:
        raise Missing(f"A file that came with the mail {fingerprint[:12]} is not kept as it came.")
    return whole


def head_of(message: Message, *, most: int) -> bytes:
    """The first `most` bytes of the mail, without taking all of it apart; b'' when there are none to be had."""
    zipped = Original.objects.filter(message=message).values_list("zipped", flat=True).first()
    begun = bytes(zipped or b"")
    try:
        head = zlib.decompressobj().decompress(begun.removeprefix(CUT), most)
    except zlib.error:
        return b""
    return head.partition(b"\n")[2] if begun.startswith(CUT) else head


def opened(content: Content) -> bytes:
    """The bytes of a file as they came."""
    kept = bytes(content.zipped)
    return zlib.decompress(kept) if content.is_zipped else kept


def _cut(original: bytes, kept: Mapping[str, bytes]) -> tuple[list[Hole], bytes]:
    """Holes in order, and what is left."""
    large = {name: content for name, content in kept.items() if len(content) >= WORTH}
    found = [(*place, name) for name, content in large.items() if (place := _place(original, content))]
    holes: list[Hole] = []
    rest, at, left = [], 0, 0
    for begin, end, width, ends, name in sorted(found):
        if begin < at:
            continue
        rest.append(original[at:begin])
        left += begin - at
        holes.append((left, name, width, ends))
        at = end
    return holes, b"".join([*rest, original[at:]])


def _place(original: bytes, content: bytes) -> tuple[int, int, int, str] | None:
    """Where the content stands in base64: from, to, how long its lines are and what ends them; None: not so."""
    encoded = b64encode(content)
    begin = original.find(encoded[:40])
    line = _LINE.match(original, begin) if begin >= 0 else None
    if line is None or len(line[0]) > 1000:
        return None
    width, ends = len(line[0]) - len(line[1]), line[1]
    written = _written(encoded, width, ends)
    end = begin + len(written)
    return (begin, end, width, ends.decode()) if original[begin:end] == written else None


def _written(encoded: bytes, width: int, ends: bytes) -> bytes:
    return ends.join(encoded[at : at + width] for at in range(0, len(encoded), width))


def _whole(rest: bytes, holes: Sequence[Hole], contents: Mapping[str, bytes]) -> bytes:
    pieces, at = [], 0
    for where, name, width, ends in holes:
        pieces += [rest[at:where], _written(b64encode(contents[name]), width, ends.encode())]
        at = where
    return b"".join([*pieces, rest[at:]])
