"""Reads delivery reports: of which letter they speak, whom it did not reach, and why (RFC 3464, and those older)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from typing import Any, Literal

from kept.doors.post import addresses, enclosures, headers
from kept.doors.post import report_words as words
from kept.measures.text.letter import Report
from kept.measures.text.machine_words import BOUNCE_WORDS

type Part = Message[Any, Any]

# No more of a report is looked at: what matters stands at its beginning, the letter itself comes after.
_READ, _LONGEST_DIAGNOSIS = 60_000, 500
_ACTIONS: dict[str, Literal["failed", "delayed", "delivered", "relayed"]] = {
    "failed": "failed",
    "fail": "failed",
    "failure": "failed",
    "delayed": "delayed",
    "delivered": "delivered",
    "relayed": "relayed",
    "expanded": "relayed",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a report is read from: its parts, its headers, its words, and the addresses it was sent to."""

    message: Part
    fields: headers.Fields
    text: str
    own: frozenset[str]


def read(told: Told) -> Report:
    """What the report says; for messages that are known to be one."""
    text = told.text[:_READ]
    said = words.ORIGINAL_BELOW.split(text, maxsplit=1)[0] or text
    about = _about(told.message) or _written_about(said) or _written_about(text)
    status = _status(about.get("status", ""), about.get("diagnostic-code", ""), said)
    return Report(
        action=_action(about.get("action", ""), status, headers.text(headers.first(told.fields, "subject")), said),
        status=status,
        recipient=_recipient(about, told, said),
        original_id=_original_id(told),
        diagnostic=_diagnosis(about.get("diagnostic-code", ""), said),
    )


def _about(message: Part) -> dict[str, str]:
    """The fields about the first recipient that a delivery-status part names, failures before all else."""
    found = [block for part in message.walk() for block in _blocks(part) if _names_somebody(block)]
    failed = [block for block in found if block.get("action", "").strip().lower().startswith("fail")]
    return next(iter(failed or found), {})


def _blocks(part: Part) -> Iterator[dict[str, str]]:
    kind = enclosures.kind(part)
    if kind not in ("message/delivery-status", "message/global-delivery-status"):
        return
    inner = enclosures.written(part)
    if isinstance(inner, list):
        for block in inner:
            yield {name.lower(): headers.text(str(value)) for name, value in block.raw_items()}
    else:
        content = enclosures.payload(part)[0].decode("utf-8", "replace").replace("\r\n", "\n")
        yield from (_fields_in(block) for block in content.split("\n\n"))


def _names_somebody(block: dict[str, str]) -> bool:
    return "final-recipient" in block or "original-recipient" in block


def _written_about(text: str) -> dict[str, str]:
    """The same fields where a mail system wrote them into its text."""
    found = _fields_in(text)
    return found if _names_somebody(found) or "status" in found else {}


def _fields_in(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for field in words.FIELD.finditer(text):
        found.setdefault(field[1].lower(), " ".join(field[2].split()))
    return found


def _status(*places: str) -> str:
    for place in places:
        if found := words.STATUS.search(place):
            return found[1]
    for place in places[1:]:
        if found := words.REPLY.search(place):
            return f"{found[1][0]}.0.0"
    return ""


def _action(named: str, status: str, subject: str, said: str) -> Literal["failed", "delayed", "delivered", "relayed"]:
    first = named.split()[0].strip("();,").lower() if named.split() else ""
    if first in _ACTIONS:
        return _ACTIONS[first]
    if status.startswith("2"):
        return "delivered"
    return "delayed" if not status.startswith("5") and words.DELAYED.search(f"{subject}\n{said}") else "failed"


def _recipient(about: dict[str, str], told: Told, said: str) -> str:
    """The first address that the report is about; one of those that it was sent to only when it names no other."""
    named = [about.get(name, "") for name in ("original-recipient", "final-recipient", "x-actual-recipient")]
    written = ["".join(one) for one in words.NAMED_RECIPIENT.findall(said)]
    places = (*named, *told.fields.get("x-failed-recipients", ()), *written, said)
    found = [email for place in places for one in words.ADDRESS.findall(place) if (email := _email(one))]
    others = [email for email in found if email not in told.own and not words.SYSTEM.search(email)]
    return next(iter(others or found), "")


def _email(word: str) -> str:
    return addresses.one([word.strip("'\"=.,")]).email


def _original_id(told: Told) -> str:
    """From the letter that came back with the report, from its headers in the text, or from what the report answers."""
    for part in told.message.walk():
        if part is not told.message and (found := _id_within(part)):
            return found
    if found := _last_id(told.text):
        return found
    return next(iter(headers.references(told.fields)[-1:]), "")


def _id_within(part: Part) -> str:
    kind, inner = enclosures.kind(part), enclosures.written(part)
    if kind in ("message/rfc822", "message/global") and isinstance(inner, list):
        return headers.normal_id(str(inner[0].get("message-id") or "")) if inner else ""
    if kind.startswith("multipart/") or isinstance(inner, list):
        return ""
    if "rfc822" in kind or "global-headers" in kind or kind in ("application/octet-stream", "text/plain"):
        return _last_id(enclosures.payload(part)[0][:_READ].decode("utf-8", "replace"))
    return ""


def _last_id(text: str) -> str:
    below = words.ORIGINAL_BELOW.split(text, maxsplit=1)[-1]
    found = words.ORIGINAL_ID.search(below) or words.ORIGINAL_ID.search(text)
    return headers.normal_id(found[1]) if found else ""


def _diagnosis(named: str, said: str) -> str:
    """What the field says after its 'smtp;', else the line with an SMTP reply, else the line that sounds like one."""
    answer = re.sub(r"^\s*[\w-]{1,20}\s*;\s*", "", named)
    if not answer and (found := words.DIAGNOSIS.search(said)):
        answer = found[0]
    elif not answer and (found := BOUNCE_WORDS.search(said)):
        answer = said[said.rfind("\n", 0, found.start()) + 1 :].partition("\n")[0]
    return headers.text(answer)[:_LONGEST_DIAGNOSIS]
