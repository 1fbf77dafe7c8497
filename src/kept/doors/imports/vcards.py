"""Read vCards of versions 2.1, 3.0 and 4.0, one after another: a broken card is named and the rest goes on."""

import re
from collections.abc import Iterator

import vobject

from kept.doors.imports.addresses import addresses, domain_of
from kept.measures.entries import ClientRow, Rejection

_BEGIN = re.compile(r"\s*BEGIN:VCARD\s*", re.IGNORECASE)
_END = re.compile(r"\s*END:VCARD\s*", re.IGNORECASE)
_OLD = re.compile(r"^VERSION:2", re.IGNORECASE | re.MULTILINE)
# pictures, sounds and keys are not read, and are what breaks most often
_HEAVY = re.compile(
    r"^(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY)[;:].*(?:\r?\n(?:[ \t].*|[A-Za-z0-9+/=]+(?=\r?\n)))*\r?\n?",
    re.MULTILINE | re.IGNORECASE,
)
_REMEDY = "Save that contact again in your address book, export it, and import the new file."

type Cards = tuple[list[ClientRow], list[Rejection], list[Rejection]]


def are_cards(text: str) -> bool:
    """Say whether the text begins as a vCard file does."""
    return bool(_BEGIN.match(text))


def read_cards(text: str) -> Cards:
    """Return (rows, rejections, remarks) of a vCard file; `line` is where a card begins."""
    rows: list[ClientRow] = []
    rejections: list[Rejection] = []
    remarks: list[Rejection] = []
    for line, card in _cards(text):
        if not card:
            rejections.append(Rejection(line, "the card begins and never ends", _REMEDY))
            continue
        try:
            row, unread = _row(line, card)
        except Exception as error:  # vobject lets errors of many kinds through on broken cards
            rejections.append(
                Rejection(line, f"the card is broken: {str(error).strip() or type(error).__name__}", _REMEDY)
            )
            continue
        if not (row.client or row.contact or row.emails):
            rejections.append(Rejection(line, "the card names neither a person nor a firm", _REMEDY))
            continue
        rows.append(row)
        why = "“{}” is not an e-mail address; the rest of the card was kept"
        remarks.extend(Rejection(line, why.format(each), _REMEDY) for each in unread)
    return rows, rejections, remarks


def _cards(text: str) -> Iterator[tuple[int, str]]:
    begun, lines = 0, [""]
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        if _BEGIN.fullmatch(line):
            if begun:
                yield begun, ""
            begun, lines = number, []
        lines.append(line)
        if begun and _END.fullmatch(line):
            yield begun, "\n".join(lines) + "\n"
            begun = 0
    if begun:
        yield begun, ""


def _row(line: int, card: str) -> tuple[ClientRow, tuple[str, ...]]:
    found = vobject.readOne(_HEAVY.sub("", card), allowQP=bool(_OLD.search(card))).contents

    def values(name: str) -> list[str]:
        return [text for each in found.get(name, ()) if (text := _text(each.value))]

    def first(name: str) -> str:
        return next(iter(values(name)), "")

    emails, unread = addresses(values("email"))
    return (
        ClientRow(
            line, first("org"), domain_of(first("url")), first("fn") or first("n"), emails,
            first("tel").removeprefix("tel:"), first("title"), first("role"), first("lang"),
        ),
        unread,
    )  # fmt: skip


def _text(value: object) -> str:
    if isinstance(value, list):  # ORG: the firm, then its departments
        return _text(value[0]) if value else ""
    return " ".join(str(value).split())
