"""Where one writes, as the page draws it: a draft that is kept, or the answer one might begin."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from kept.doors.desk.inbox_words import Eye
from kept.doors.desk.letters_receivers import called, written
from kept.kit import words
from kept.kit.names import calling
from kept.ledgers.conversations.models import Message
from kept.ledgers.letters import recipients
from kept.ledgers.letters.models import Form, Letter, LetterFile
from kept.ledgers.letters.skeletons import blanks
from kept.measures.text.threading_headers import reply_subject
from kept.readings.waiting import name_of

QUOTED = 6000  # characters of the quoted mail that are shown
HEADS = {
    Form.REPLY: "To {to}, from you",
    Form.REPLY_ALL: "To {to}, from you",
    Form.FORWARD: "Passing it on",
    Form.NEW: "A letter to {to}",
}


@dataclass(frozen=True)
class Enclosed:
    """A file that goes along."""

    pk: int
    name: str
    weight: str


@dataclass(frozen=True)
class Composer:
    """One letter being written; `letter` is 0 until its first word is kept."""

    to_keep: str
    back: str
    form: str
    letter: int = 0
    message: int = 0
    heading: str = ""
    called: str = ""
    to: str = ""
    cc: str = ""
    bcc: str = ""
    subject: str = ""
    words: str = ""
    kept: str = ""
    kept_iso: str = ""
    with_quote: bool = True
    quote: str = ""
    quote_name: str = ""
    files: list[Enclosed] = field(default_factory=list)
    mailbox: int = 0
    can_send: bool = False
    mailto: str = ""
    heads_open: bool = False

    @property
    def key(self) -> str:
        """What this letter is known by in the browser, while the server cannot be reached."""
        return f"letter-{self.letter}" if self.letter else f"{self.form}-{self.message}"

    @property
    def summary(self) -> str:
        """The addresses and the subject on one line."""
        copied = ", ".join(part for part in (self.cc, self.bcc) if part)
        return " · ".join(part for part in (self.to, f"copy: {copied}" if copied else "", self.subject) if part)

    @property
    def enclosed(self) -> str:
        """ "plan.pdf, 34 KB"."""
        return "; ".join(f"{file.name}, {file.weight}" for file in self.files)

    @property
    def blanks(self) -> list[str]:
        """What is still to fill."""
        return blanks(f"{self.subject}\n{self.words}")


def answering(message: Message, *, way_out: bool, back: str) -> Composer:
    """The answer that might be begun to a message of theirs; nothing of it is kept yet.

    Begun, it goes where the mail asked to be answered (Reply-To), unless its receivers are typed here.
    """
    to = recipients.clean([(name_of(message), message.sender_email)])
    return Composer(
        to_keep=reverse("desk:conversation_letters", args=[message.conversation_id]),
        back=back,
        form=Form.REPLY.value,
        message=message.pk,
        heading=HEADS[Form.REPLY].format(to=called(to) or "them"),
        called=called(to),
        to=written(to),
        subject=reply_subject(message.subject),
        can_send=can_send(way_out),
        heads_open=not to,
    )


def writing(letter: Letter, files: Sequence[LetterFile], *, eye: Eye, way_out: bool, back: str) -> Composer:
    """A draft as it was kept last."""
    form, to = Form(letter.form), called(letter.to)
    return Composer(
        to_keep=reverse("desk:letter", args=[letter.pk]),
        back=back,
        form=form.value,
        letter=letter.pk,
        message=letter.answers_id or 0,
        heading=HEADS[form].format(to=to or "nobody yet"),
        called=to,
        to=written(letter.to),
        cc=written(letter.cc),
        bcc=written(letter.bcc),
        subject=letter.subject,
        words=letter.words,
        kept=kept_at(letter.changed_at, eye),
        kept_iso=letter.changed_at.isoformat(),
        with_quote=letter.with_quote,
        files=[Enclosed(file.pk, file.name, words.weight(file.content.size)) for file in files],
        mailbox=letter.mailbox_id or 0,
        can_send=can_send(way_out),
        heads_open=form in {Form.FORWARD, Form.NEW} or not letter.to,
    )


def quoted(message: Message, text: str, eye: Eye) -> tuple[str, str]:
    """The name of the mail that would stand below ("Cleo’s mail of today, 08:10"), and its words."""
    ours = calling(message.member.name) if message.member else ""
    who = "your" if ours and message.member and message.member.email.lower() in eye.own else ours or _first(message)
    whose = who if who == "your" else f"{who}’s"
    said = words.moment(message.at, now=eye.now, zone=eye.zone)
    return f"{whose} mail of {said if ',' in said else f'today, {said}'}", text[:QUOTED]


def kept_at(at: datetime, eye: Eye) -> str:
    """ "Kept 10:32", "Kept Thu 15 Oct, 11:20"."""
    return f"Kept {words.moment(at, now=eye.now, zone=eye.zone)}"


def can_send(way_out: bool) -> bool:  # the one thing it asks
    """Whether a letter can go: by a mailbox that names its server, or by the firm's own."""
    return way_out or settings.MAIL_IS_SET_UP


def _first(message: Message) -> str:
    return calling(name_of(message))
