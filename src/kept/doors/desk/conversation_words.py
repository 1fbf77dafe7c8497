"""A conversation in words: its head, its messages, and what stands beside it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from kept.doors.desk.inbox_glance import receivers, when
from kept.doors.desk.inbox_words import Eye, State, by, clock
from kept.kit import words
from kept.kit.html import clean
from kept.kit.names import calling
from kept.ledgers.conversations.care import Aside, AsideKind
from kept.ledgers.conversations.models import Message
from kept.measures.promises import OVERDUE
from kept.measures.promises import State as Judged
from kept.readings.calendars import Offices
from kept.readings.conversation_page import Talk
from kept.readings.promised import Said
from kept.readings.spoken import Spoken
from kept.readings.waiting import Waiting, name_of

QUEUE = 30
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
    cut_short: bool
    ours: bool
    folded: bool


@dataclass(frozen=True)
class Note:
    """What a person said about a message, and the way back."""

    words: str
    title: str
    undo: str
    act: str


def mails(talk: Talk, eye: Eye, places: Offices) -> list[Mail]:
    """The messages of this page, oldest first."""
    return [_mail(one, talk, eye, places) for one in talk.spoken]


def head_state(talk: Talk, eye: Eye) -> State:
    """What is to be said of the conversation now."""
    if talk.wait:
        found = clock(talk.wait, eye)
        late = talk.wait.late or found.words.startswith("by ")
        return State(found.s, found.words if late else f"{found.words}, {by(talk.wait.due, eye)}", found.title)
    if talk.later and talk.later.until:
        back = words.moment(talk.later.until, now=eye.now, zone=eye.zone)
        return State("calm", f"set aside, back {back}", talk.later.reason)
    return State("calm", "nobody waits here")


def queue(found: Sequence[Waiting], eye: Eye, *, here: int) -> list[dict[str, object]]:
    """Others who wait, the most urgent first."""
    return [
        {
            "to": reverse("desk:conversation", args=[one.conversation.pk]),
            "who": one.who,
            "of": one.client.name if one.client else "a stranger",
            "subject": one.conversation.subject or one.last.snippet,
            "state": clock(one.wait, eye),
            "current": one.conversation.pk == here,
        }
        for one in found[:QUEUE]
    ]


def owed(found: Sequence[Said], eye: Eye) -> list[dict[str, object]]:
    """What we owe them, as said, with the day and who keeps it."""
    return [{"words": one.promise.words, "state": _owed_state(one, eye), "pk": one.promise.pk} for one in found]


def _owed_state(one: Said, eye: Eye) -> State:
    due, state = one.judged.due, one.judged.state
    when, who = words.moment(due, now=eye.now, zone=eye.zone), calling(one.promise.by.name)
    title = f"due {words.full(due, eye.zone)}"
    if state in OVERDUE:
        return State(state.value, f"{state.value}, due {when if ',' in when else f'today, {when}'}; {who}", title)
    if one.judged.moved:
        return State("moved", f"moved to {when}; {who}", title)
    return State(
        "soon" if state == Judged.SOON else "open", f"{when if ',' in when else f'today, {when}'}; {who}", title
    )


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
        original=reverse("desk:original", args=[here, message.pk]),
        files=[f"{name or 'a file without a name'}, {weight(size)}" for name, _, size in message.attachments],
        machine=message.automatic_why or "A machine wrote this." if message.automatic else "",
        notes=_notes(one, here, eye),
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


def weight(size: int) -> str:
    """ "834 bytes", "34 KB", "2.1 MB"."""
    if size < 1000:
        return f"{size} bytes"
    return f"{size / 1000:.0f} KB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"
