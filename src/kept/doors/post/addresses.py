"""Reads the people that headers name, however the headers are written."""

import re
from collections.abc import Iterable, Iterator

from kept.doors.post import headers
from kept.measures.text.letter import Address

NOBODY = Address(name="", email="")
# More recipients than this are a distribution list written out; the rest tells nobody anything.
_MOST = 500
# Longer than any list of recipients; what comes after is not read.
_LONGEST = 200_000
_PLAIN = re.compile(r'(?:"([^"\\]*)"\s*|([^"<>,;:@()\\=]*))<([^<>\s,;:"@]+@[^<>\s,;:"@]+)>')
# Quotes and comments may be left open, so that no address is looked through twice.
_PIECE = re.compile(r'"(?:\\.|[^"\\])*"?|\((?:\\.|[^()\\])*\)?|<[^<>]*>|[,;:]|[^",;:<>()]+|.', re.S)
_READABLE = re.compile(r'(?:[^\s<>@,;:()\[\]"\\]+|"[^"]+")@[^\s<>@,;()"\\]+')
_UNQUOTE = re.compile(r"\\(.)", re.S)


def people(values: Iterable[str]) -> tuple[Address, ...]:
    """Everyone named in these header values, once each, in order; names of groups are left out."""
    found = dict.fromkeys(one for value in values for one in _split(headers.unfold(value)[:_LONGEST]))
    return tuple(found)[:_MOST]


def one(values: Iterable[str]) -> Address:
    """The first readable person, else the first name without an address, else nobody."""
    found = people(values)
    return next((person for person in found if person.email), found[0] if found else NOBODY)


def _split(value: str) -> Iterator[Address]:
    if plain := _PLAIN.fullmatch(value):
        yield Address(name=headers.text(plain[1] or plain[2] or ""), email=headers.wide(plain[3]).lower())
        return
    pieces = _PIECE.findall(value)
    if any(piece[0] == '"' and (len(piece) == 1 or piece[-1] != '"') for piece in pieces):
        pieces = _PIECE.findall(value.replace('"', " "))
    parts = _Parts()
    for piece in pieces:
        if piece in (",", ";"):
            yield from parts.address()
            parts = _Parts()
        elif piece == ":":
            parts = _Parts()
        else:
            parts.take(piece)
    yield from parts.address()


class _Parts:
    """The pieces of one address, told apart."""

    def __init__(self) -> None:
        self.phrase: list[str] = []
        self.comment = ""
        self.angle = ""

    def take(self, piece: str) -> None:
        if piece[0] == '"' and len(piece) > 1:
            self.phrase.append(_UNQUOTE.sub(r"\1", piece[1:-1]))
        elif piece[0] == "(" and len(piece) > 1:
            self.comment = self.comment or piece[1:].removesuffix(")")
        elif piece[0] == "<" and len(piece) > 1:
            self.angle = piece[1:-1] or self.angle
        elif piece not in '<>()"':
            self.phrase.append(piece)

    def address(self) -> Iterator[Address]:
        if not (self.phrase or self.comment or self.angle):
            return
        phrase = "".join(self.phrase).strip()
        email = _email(self.angle)
        if not email and not self.angle.strip():
            word = next((word for word in phrase.split() if _email(word)), "")
            email = _email(word) or _email(phrase)
            phrase = phrase.replace(word, "") if word else "" if email else phrase
        name = headers.text(phrase or self.comment)
        if name.lower() == email:
            name = ""
        if name or email:
            yield Address(name=name, email=email)


def _email(value: str) -> str:
    value = headers.words(value).strip().removeprefix("mailto:")
    if value.startswith("@") and ":" in value:
        value = value.rpartition(":")[2]
    value = "".join(value.split()).strip("'<>.,;")
    return value.lower() if len(value) <= 254 and _READABLE.fullmatch(value) else ""
