"""The messages of a conversation as its page draws them: words, what was quoted, files, what people said about them."""

import re
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from kept.doors.desk.inbox_glance import receivers, when
from kept.doors.desk.inbox_words import Eye
from kept.doors.desk.letters_ways import Back, came_back
from kept.kit import words
from kept.kit.html import clean
from kept.kit.names import calling
from kept.ledgers.conversations.care import Aside, AsideKind
from kept.ledgers.conversations.models import Channel, Message
from kept.ledgers.letters.models import Bounce
from kept.readings.calendars import Offices
from kept.readings.conversation_page import Talk
from kept.readings.spoken import Spoken
from kept.readings.waiting import name_of

# a picture of the mail's own parts, which no address here leads to; its words stay
OWN_PICTURE = re.compile(r'\ssrc="cid:[^"]*"', re.I)


@dataclass(frozen=True)
class Mail:
    """One message as the page draws it."""

    pk: int
    who: str
    address: str  # of somebody who is no contact of ours
    to: str
    cut: str
    when: str
    title: str
    iso: str
    visible: str
    rest: str
    rest_name: str
    html: SafeString
    as_sent: str  # where it is shown as it was sent
    original: str  # where the mail as it came can be taken away
    files: list[str]
    machine: str
    notes: list["Note"]
    bounced: list[Back]
    cut_short: bool
    ours: bool
    folded: bool
    seen: Any = None  # what was noticed in it, see noticed_beside


@dataclass(frozen=True)
class Note:
    """What a person said about a message, and the way back."""

    words: str
    title: str
    undo: str
    act: str


def mails(talk: Talk, eye: Eye, places: Offices, *, bounces: dict[int, list[Bounce]]) -> list[Mail]:
    """The messages of this page, oldest first; `bounces` by the message that did not arrive."""
    drawn = [_mail(one, talk, eye, places) for one in talk.spoken]
    return [
        replace(one, bounced=came_back(bounces.get(one.pk, []), eye)) if one.pk in bounces else one for one in drawn
    ]


def _mail(one: Spoken, talk: Talk, eye: Eye, places: Offices) -> Mail:
    message, here = one.message, talk.conversation.pk
    member = message.member
    return Mail(
        pk=message.pk,
        who=calling(member.name) if member else name_of(message),
        address=_address(message),
        to=receivers(message),
        cut=_cut(message),
        when=words.sentence(when(message, eye)) + (", perhaps" if message.at_is_guess else ""),
        title=_title(message, talk, eye, places),
        iso=message.at.isoformat(),
        visible=one.visible,
        rest=one.rest,
        rest_name=f"What {'we' if one.ours else calling(name_of(message))} quoted, and the rest of the mail",
        html=mark_safe(OWN_PICTURE.sub("", clean(one.html))),  # noqa: S308  # cleaned again, whatever was stored
        as_sent=f"?sent={message.pk}#m{message.pk}" if one.has_html and not one.html else "",
        original=reverse("desk:original", args=[here, message.pk]) if message.channel == Channel.MAIL else "",
        files=[f"{name or 'a file without a name'}, {words.weight(size)}" for name, _, size in message.attachments],
        machine=message.automatic_why or "A machine wrote this." if message.automatic else "",
        notes=_notes(one, here, eye),
        bounced=[],
        cut_short=one.cut,
        ours=one.ours,
        folded=one.folded,
    )


def _cut(message: Message) -> str:
    """The one line of a folded message."""
    machine = "automatic" if message.automatic else ""
    return " · ".join(part for part in (machine, _address(message), message.snippet) if part)


def _address(message: Message) -> str:
    """The address of somebody we have not met: a name alone can say anything."""
    return "" if message.member or message.contact else message.sender_email


def _title(message: Message, talk: Talk, eye: Eye, places: Offices) -> str:
    """The full date; and the client's own time where their office's clock differs from the reader's."""
    said = words.full(message.at, eye.zone)
    theirs = places.zones.get(talk.client.office_id or 0) if talk.client else None
    if (
        talk.client
        and theirs
        and message.at.astimezone(theirs).utcoffset() != message.at.astimezone(eye.zone).utcoffset()
    ):
        said += f"; {words.clock(message.at, theirs)} for {talk.client.name}"
    if message.at_is_guess:
        said += "; the mail named no time that could be read, so this is our guess"
    return said


def _notes(one: Spoken, here: int, eye: Eye) -> list[Note]:
    notes = [_note(aside, here, eye) for aside in one.asides]
    if one.told_at:
        said = f"{calling(one.told_by) if one.told_by else 'Somebody'} told them we have it"
        undo = reverse("desk:acknowledgement", args=[here]) + f"?message={one.message.pk}"
        notes.append(Note(said, words.full(one.told_at, eye.zone), undo, "Take it back"))
    return notes


def _note(aside: Aside, here: int, eye: Eye) -> Note:
    until = f" until {words.moment(aside.until, now=eye.now, zone=eye.zone)}" if aside.until else ""
    kind = {AsideKind.NO_REPLY: "Needs no reply: ", AsideKind.LATER: f"Set aside{until}: "}.get(
        AsideKind(aside.kind), ""
    )
    said = f"{kind}{aside.reason}" + (f" · {calling(aside.by.name)}" if aside.by else "")
    undo = reverse("desk:aside_row", args=[here, aside.pk])
    return Note(said, words.full(aside.at, eye.zone), undo, "Bring it back")
