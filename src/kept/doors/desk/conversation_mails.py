"""The messages of a conversation as its page draws them: words, what was quoted, files, what people said about them."""

from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from kept.doors.desk.conversation_files import pictures_of
from kept.doors.desk.conversation_notes import Note, notes
from kept.doors.desk.inbox_glance import receivers, when
from kept.doors.desk.inbox_words import Eye
from kept.doors.desk.letters_ways import Back, came_back
from kept.kit import words
from kept.kit.html import show
from kept.kit.names import calling
from kept.ledgers.conversations.models import Channel, Message
from kept.ledgers.letters.models import Bounce
from kept.readings.calendars import Offices
from kept.readings.conversation_page import Talk
from kept.readings.spoken import Spoken
from kept.readings.waiting import name_of


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
    folds: list["Fold"]
    html: SafeString
    as_sent: str  # where it is shown as it was sent
    original: str  # where the mail as it came can be taken away
    blocked: int  # pictures from elsewhere that were not fetched
    remote: str  # where they are
    files: list["File"]
    machine: str
    notes: list[Note]
    bounced: list[Back]
    cut_short: bool
    ours: bool
    folded: bool
    seen: Any = None  # what was noticed in it, see noticed_beside

    @property
    def blocked_says(self) -> str:
        """ "Three pictures from elsewhere are not loaded."."""
        verb = "is" if self.blocked == 1 else "are"
        return f"{words.sentence(words.count(self.blocked, 'picture'))} from elsewhere {verb} not loaded."


@dataclass(frozen=True)
class File:
    """A file that came with the message; `to` is "" where it is only in the mail as it came."""

    name: str
    weight: str
    to: str


@dataclass(frozen=True)
class Fold:
    """What stands beside the words, folded up: a quote, a signature, a notice, mail passed on."""

    name: str
    lines: str
    open: bool


def mails(
    talk: Talk, eye: Eye, places: Offices, *, bounces: dict[int, list[Bounce]], remote: bool = False
) -> list[Mail]:
    """The messages of this page, oldest first; `bounces` by the message that did not arrive.

    `remote`: the one that is shown as it was sent fetches its pictures from elsewhere.
    """
    drawn = [_mail(one, talk, eye, places) for one in talk.spoken]
    both = zip(drawn, talk.spoken, strict=True)
    drawn = [_as_sent(mail, one, remote=remote) if one.html else mail for mail, one in both]
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
        folds=_folds(one),
        html=SafeString(),
        blocked=0,
        remote="",
        as_sent=f"?sent={message.pk}#m{message.pk}" if one.has_html and not one.html else "",
        original=reverse("desk:original", args=[here, message.pk]) if message.channel == Channel.MAIL else "",
        files=_files(one, here),
        machine=message.automatic_why or "A machine wrote this." if message.automatic else "",
        notes=notes(one, here, eye),
        bounced=[],
        cut_short=one.cut,
        ours=one.ours,
        folded=one.folded,
    )


def _as_sent(mail: Mail, one: Spoken, *, remote: bool) -> Mail:
    """The message with its HTML: cleaned again whatever was stored, its own pictures in it, others on asking."""
    here = one.message.conversation_id
    shown = show(one.html, pictures=pictures_of(one.files, here=here), remote=remote)
    to = f"?sent={mail.pk}&remote=1#m{mail.pk}"
    html = mark_safe(shown.html)  # noqa: S308  # what `kit.html.show` wrote
    return replace(mail, html=html, blocked=shown.remote_pictures_blocked, remote=to)


def _files(one: Spoken, here: int) -> list[File]:
    """What came with it, but for the pictures within its words; with a link where the bytes are kept apart."""
    if not one.files:
        return [
            File(name or "a file without a name", words.weight(size), "") for name, _, size in one.message.attachments
        ]
    return [
        File(
            file.name or "a file without a name",
            words.weight(file.size),
            reverse("desk:file", args=[here, one.message.pk, file.pk]) if file.content_id else "",
        )
        for file in one.files
        if not (file.inline_id and file.kind.startswith("image/"))
    ]


def _folds(one: Spoken) -> list[Fold]:
    """What stands beside the words, each kind by its name; mail that was passed on lies open: it is what they say."""
    who = "we" if one.ours else calling(name_of(one.message))
    whose = "our" if one.ours else f"{who}’s"
    names = {
        "quote": f"What {who} quoted",
        "forwarded": f"What {who} passed on",
        "signature": f"{whose} signature",
        "disclaimer": f"the notice below {whose} mail",
    }
    return [
        Fold(words.sentence(names[part.kind]), part.text.strip("\n"), open=part.kind == "forwarded")
        for part in one.rest
    ]


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
