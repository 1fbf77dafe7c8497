"""Makes a letter of a raw message; whatever is broken in it is mended, and said."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from typing import Any

from kept.doors.post import (
    addresses,
    bodies,
    dates,
    doubts,
    enclosures,
    headers,
    loop_signs,
    opening,
    reports,
    sniffing,
)
from kept.doors.post.raw import Raw, Unreadable
from kept.measures.text import zones
from kept.measures.text.automatic import Evidence, Verdict, judge
from kept.measures.text.letter import Address, Letter, Report

__all__ = ["Letter", "Raw", "Unreadable", "parse"]

_LONGEST_SUBJECT = 998


def parse(raw: Raw, *, not_after: datetime | None = None) -> Letter:
    """The letter in these bytes. not_after: the present, to tell impossible dates.

    Raises Unreadable for what can't be a message at all: nothing in it, or bytes without any header.
    """
    if raw.trouble:
        raise raw.trouble
    sniffing.refuse(raw.content)
    message, complaints = opening.opened(raw.content)
    fields = headers.fields(message, charset=enclosures.parameter(message, "charset"))
    found = _Found(fields, _content(message, raw.content), _heads(fields, raw), message)
    found.content.defects[:0] = complaints
    dated = dates.believe(
        fields.get("date", ()),
        received=fields.get("received", ()),
        envelope_at=raw.envelope_at,
        not_after=not_after,
    )
    return _letter(raw.content, found, dated)


@dataclass(frozen=True, slots=True)
class _Found:
    """What was read from one message, before it is judged."""

    fields: headers.Fields
    content: bodies.Content
    heads: "_Heads"
    message: "Message[Any, Any]"


def _letter(original: bytes, found: _Found, dated: tuple[datetime, str]) -> Letter:
    fields, content, heads = found.fields, found.content, found.heads
    visible = zones.visible(content.text)
    fingerprint = hashlib.sha256(original).hexdigest()
    verdict = _verdict(fields, heads, visible, content.kinds)
    at, doubt = dated
    doubted = doubts.doubt(fields)
    complaints = (*content.defects, doubt, *heads.missing(), doubted)
    return Letter(
        message_id=heads.own_id or f"kept-{fingerprint}",
        fingerprint=fingerprint,
        references=tuple(one for one in headers.references(fields) if one != heads.own_id),
        at=at,
        at_is_guess=bool(doubt),
        sender=heads.sender,
        reply_to=heads.reply_to,
        to=heads.to,
        cc=heads.cc,
        list_id=headers.normal_id(headers.text(headers.first(fields, "list-id")))[:200],
        subject=heads.subject,
        text=content.text,
        visible=visible,
        html=content.html,
        automatic=verdict,
        attachments=tuple(content.attachments),
        defects=tuple(dict.fromkeys(filter(None, complaints))),
        size=len(original),
        loop_signs=loop_signs.found(fields, sender=heads.sender.email, kinds=content.kinds, verdict=verdict),
        doubted=bool(doubted),
        report=_report(found) if verdict.kind == "bounce" or _tells_of_delivery(content.kinds) else None,
    )


def _tells_of_delivery(kinds: list[str]) -> bool:
    return any("delivery-status" in kind for kind in kinds)


def _report(found: _Found) -> Report:
    own = frozenset(person.email for person in (*found.heads.to, *found.heads.cc, found.heads.sender))
    return reports.read(reports.Told(found.message, found.fields, found.content.text, own))


@dataclass(frozen=True, slots=True)
class _Heads:
    """What the headers say about who wrote what."""

    sender: Address
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    own_id: str

    def missing(self) -> Iterator[str]:
        if not self.own_id:
            yield "It carries no id of its own."
        if not self.sender.email:
            yield "Nobody is named as its sender in a way that can be read."


def _heads(fields: headers.Fields, raw: Raw) -> _Heads:
    reply_to = addresses.people(fields.get("reply-to", ()))
    return _Heads(
        sender=_sender(fields, reply_to, raw.envelope_from),
        reply_to=reply_to,
        to=addresses.people(fields.get("to", ())),
        cc=addresses.people(fields.get("cc", ())),
        subject=headers.text(headers.first(fields, "subject"))[:_LONGEST_SUBJECT],
        own_id=headers.normal_id(headers.first(fields, "message-id")),
    )


def _verdict(fields: headers.Fields, heads: _Heads, visible: str, kinds: list[str]) -> Verdict:
    evidence = Evidence(
        headers=fields,
        sender=heads.sender.email,
        sender_name=heads.sender.name,
        reply_to=tuple(person.email for person in heads.reply_to if person.email),
        subject=heads.subject,
        text=visible,
        parts=tuple(kinds),
    )
    return judge(evidence)


def _content(message: "Message[Any, Any]", original: bytes) -> bodies.Content:
    try:
        return bodies.content(message)
    except RecursionError:
        flat = bodies.content(opening.flat(original))
        flat.defects.append("Its parts are nested too deeply to be told apart.")
        return flat


def _sender(fields: headers.Fields, reply_to: tuple[Address, ...], envelope_from: str | None) -> Address:
    """Who wrote it. Lists that write 'Cleo via Friends' in their own name say elsewhere who it was."""
    sender = addresses.one(fields.get("from", ()))
    if " via " in sender.name and ("list-id" in fields or "x-original-from" in fields):
        told = addresses.one(fields.get("x-original-from", ()))
        others = [person for person in reply_to if person.email and person.email != sender.email]
        return told if told.email else others[0] if len(others) == 1 else sender
    for name in ("sender", "return-path"):
        if sender.email:
            break
        other = addresses.one(fields.get(name, ()))
        sender = Address(name=sender.name or other.name, email=other.email)
    if not sender.email and envelope_from:
        sender = Address(name=sender.name, email=addresses.one([envelope_from]).email)
    return sender
