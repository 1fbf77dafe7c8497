"""Reads header values: encoded words, bytes that should not be there, message ids."""

import binascii
import hashlib
import re
from email.message import Message

from kept.doors.post import charsets

_FOLD = re.compile(r"[\r\n]+[ \t]*")
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?(.*?)\?=(?!=)", re.S)
_BETWEEN = re.compile(r"\s*")
# Half characters that stand for no byte; a codec wrote them.
_STRAY = re.compile("[\ud800-\udc7f\udd00-\udfff]")
# Control characters, and the marks that force a direction upon the text after them.
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u202d\u202e]")
_BRACKETED = re.compile(r"<([^<>]*)>")
# Longer ids are replaced by their fingerprint, so that any index can hold them.
_LONGEST_ID = 250
# No thread is so long; each id is a row to keep and to look for.
_MOST_IDS = 1000

Fields = dict[str, tuple[str, ...]]


def fields(message: "Message[str, str]", *, charset: str = "") -> Fields:
    """Lower-cased header names to their unfolded values, in order of appearance, encoded words still encoded.

    charset: the one that the body is in; bytes that headers may not hold are most likely in it too.
    """
    found: dict[str, list[str]] = {}
    for name, value in message.raw_items():
        value = unfold(str(value))
        found.setdefault(name.lower(), []).append(value if "=?" in value else wide(value, charset=charset))
    return {name: tuple(values) for name, values in found.items()}


def first(fields: Fields, name: str) -> str:
    """The first value of that header that isn't blank, '' when there is none."""
    return next((value for value in fields.get(name, ()) if value.strip()), "")


def text(value: str) -> str:
    """The value as a person reads it: unfolded, decoded, one line, without characters that steer."""
    found = " ".join(words(unfold(value)).split())
    return found if found.isprintable() else _STEERING.sub("", found)


def unfold(value: str) -> str:
    return _FOLD.sub(" ", value).strip() if "\n" in value or "\r" in value else value.strip()


def wide(value: str, *, charset: str = "") -> str:
    """Bytes above 127, which headers may not hold, read as the text they most likely are."""
    if value.isascii():
        return charsets.tidy(value)
    try:
        content = value.encode("utf-8", "surrogateescape")
        return charsets.tidy(content.decode("utf-8"))
    except UnicodeDecodeError:
        return charsets.decode(content, charset)[0]
    except UnicodeEncodeError:
        return charsets.tidy(value)


def words(value: str) -> str:
    """RFC 2047 encoded words decoded; neighbours of one charset are joined first, as some split characters."""
    if "=?" not in value:
        return wide(value)
    pieces: list[tuple[str | None, bytes | str]] = []
    at = 0
    for word in _WORD.finditer(value):
        between = value[at : word.start()]
        after_word = bool(pieces) and pieces[-1][0] is not None
        if between and not (after_word and _BETWEEN.fullmatch(between)):
            pieces.append((None, between))
        charset = word[1].partition("*")[0].lower()
        content = _unpack(word[2], word[3])
        if pieces and pieces[-1][0] == charset and isinstance(last := pieces[-1][1], bytes):
            pieces[-1] = (charset, last + content)
        else:
            pieces.append((charset, content))
        at = word.end()
    pieces.append((None, value[at:]))
    return "".join(
        charsets.decode(piece, charset or "")[0] if isinstance(piece, bytes) else wide(piece)
        for charset, piece in pieces
    )


def _unpack(encoding: str, payload: str) -> bytes:
    content = payload.encode("utf-8", "surrogateescape" if not _STRAY.search(payload) else "replace")
    if encoding in "qQ":
        return binascii.a2b_qp(content.replace(b" ", b"_"), header=True)
    return unbase64(content)


def unbase64(content: bytes | memoryview) -> bytes:
    """Base64 decoded as far as it goes, whatever is missing at its end."""
    for missing in (b"", b"=", b"==", b"A=="):
        try:
            return binascii.a2b_base64(bytes(content) + missing if missing else content)
        except binascii.Error:
            continue
    return b""


def ids(value: str) -> tuple[str, ...]:
    """The message ids in a References or In-Reply-To value, in order, without <>."""
    value = unfold(value)
    found = _BRACKETED.findall(value) or [word for word in value.split() if "@" in word]
    return tuple(dict.fromkeys(one for raw in found if (one := normal_id(raw))))


def normal_id(value: str) -> str:
    """A message id without <>, blanks and comments; '' when nothing is left."""
    value = wide(value)
    inside = _BRACKETED.search(value)
    found = "".join((inside[1] if inside else value).split()).strip("<>")
    if len(found) > _LONGEST_ID:
        return "kept-" + hashlib.sha256(found.encode("utf-8", "replace")).hexdigest()
    return found


def references(fields: Fields) -> tuple[str, ...]:
    """Message ids that this one answers, oldest first, the answered one last; of very many the first and the latest."""
    chain = [one for value in fields.get("references", ()) for one in ids(value)]
    answered = [one for value in fields.get("in-reply-to", ()) for one in ids(value)]
    named = tuple(dict.fromkeys([*chain, *answered[:1]]))
    return named if len(named) <= _MOST_IDS else (named[0], *named[1 - _MOST_IDS :])
