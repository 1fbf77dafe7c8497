"""A letter as mail: headers that hold threads together, words plain and as simple HTML, files, what is answered."""

import hashlib
import html
import re
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from zoneinfo import ZoneInfo

from kept.doors.post.smtp import Envelope
from kept.kit import words
from kept.ledgers.conversations.files import opened
from kept.ledgers.conversations.models import Conversation, Message
from kept.ledgers.letters.linking import HERE, with_link, with_rows
from kept.ledgers.letters.models import Form, Letter
from kept.ledgers.letters.recipients import clean
from kept.ledgers.mailboxes.models import Kind
from kept.ledgers.team.models import Firm
from kept.measures.text.answer_text import answer, attribution, forward
from kept.measures.text.threading_headers import LETTERS, reply_headers

LONGEST_QUOTE = 200_000  # characters of the answered mail that are quoted
_LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")
_NO_FILE = ("message/", "multipart/")  # kinds that the library takes for mail of its own


@dataclass(frozen=True)
class Person:
    """A name and an address."""

    name: str
    email: str


def compose(letter: Letter, *, link: str = "") -> Envelope:
    """The letter as bytes, the same at every try, with whom it goes to; Bcc stands on the envelope alone.

    `link`, its reader's alone, is given for sending; every copy of ours is composed without it.
    """
    mail = EmailMessage(policy=LETTERS)
    writer = _writer(letter)
    mail["From"] = _address(writer.name, writer.email)
    if letter.mailbox and letter.mailbox.kind == Kind.SHARED:
        mail["Reply-To"] = _address(letter.mailbox.name, letter.mailbox.address)
    for field, people in (("To", letter.to), ("Cc", letter.cc)):
        if people:
            mail[field] = [_address(name, email) for name, email in clean(people)]
    mail["Subject"] = letter.subject
    assert letter.go_at is not None  # noqa: S101  # the database holds no letter under way without it
    mail["Date"] = letter.go_at.astimezone(ZoneInfo(letter.by.office.zone)).replace(microsecond=0)
    mail["Message-ID"] = f"<{letter.mail_id}>"
    for field, value in _threading(letter).items():
        mail[field] = value
    mail["X-Kept-Letter"] = letter.mail_id
    if letter.automatic:
        mail["Auto-Submitted"] = "auto-replied" if letter.answers_id else "auto-generated"
        mail["X-Auto-Response-Suppress"] = "All"
        mail["X-Kept-Automatic"] = "yes"
    _fill(mail, letter, link)
    content = mail.as_bytes()
    receivers = [_ascii(email) for _, email in clean([*letter.to, *letter.cc, *letter.bcc])]
    return Envelope(_ascii(writer.email), receivers, content)


def _writer(letter: Letter) -> Person:
    """By name a person, by address the mailbox; what nobody typed goes by the firm's name."""
    address = letter.mailbox.address if letter.mailbox else letter.by.email
    if not letter.automatic:
        return Person(letter.by.name, address)
    firm = Firm.objects.first()
    return Person((letter.mailbox.name if letter.mailbox else "") or (firm.name if firm else ""), address)


def _address(name: str, email: str) -> Address:
    return Address(display_name=name, addr_spec=_ascii(email))


def _ascii(email: str) -> str:
    """Domains in other scripts as mail servers write them: bücher.example is xn--bcher-kva.example."""
    local, at, domain = email.rpartition("@")
    return f"{local}{at}{domain.encode('idna').decode()}" if not domain.isascii() else email


def _threading(letter: Letter) -> dict[str, str]:
    before = _answered(letter)
    if before is None:
        return {}
    found = reply_headers(
        before.message_id, references=list(before.references.order_by("pk").values_list("names", flat=True))
    )
    if letter.form == Form.FORWARD:
        found.pop("In-Reply-To", None)  # it belongs to the thread, and answers nobody
    return found


def _answered(letter: Letter) -> Message | None:
    """The message it belongs below; of one that answers none, the newest of its conversation."""
    if letter.answers_id is not None or letter.conversation_id is None:
        return letter.answers
    return Conversation.objects.get(pk=letter.conversation_id).messages.order_by("at", "pk").last()


def _fill(mail: EmailMessage, letter: Letter, link: str) -> None:
    """The words in both ways of reading, and the files; borders made of the id, so that every try is the same."""
    plain, page = _with_answered(letter, link)
    mail.set_content(plain, cte="quoted-printable")
    mail.add_alternative(f"<html><body>\n{page}</body></html>\n", subtype="html", cte="quoted-printable")
    for file in letter.files.select_related("content"):
        kind = "application/octet-stream" if file.kind.startswith(_NO_FILE) else file.kind
        main, _, sub = kind.partition("/")
        mail.add_attachment(opened(file.content), maintype=main, subtype=sub, filename=file.name)
    mark = hashlib.sha256(letter.mail_id.encode()).hexdigest()[:24]
    for number, part in enumerate(mail.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_kept_{mark}_{number}")


def _with_answered(letter: Letter, link: str) -> tuple[str, str]:
    """The words, plain and as HTML, with the answered or forwarded mail below them where it is wanted."""
    own, message = with_link(letter.words, link).strip(), letter.answers
    body = getattr(message, "body", None)
    if message is None or body is None or not letter.with_quote:
        page = with_rows(_paragraphs(letter.words.strip().replace(HERE, link or HERE)), link)
        return f"{own}\n", page
    text, zone = str(body.text)[:LONGEST_QUOTE].strip(), ZoneInfo(letter.by.office.zone)
    who = message.sender_name or message.sender_email
    if letter.form == Form.FORWARD:
        heads = _heads(message, zone)
        below = "\n".join(f"{name}: {value}" for name, value in heads)
        page = _paragraphs(own) + _paragraphs(f"---------- Forwarded message ----------\n{below}") + _paragraphs(text)
        return forward(own, passed_on=text, heads=heads), page
    below = f'<blockquote type="cite">{_in_lines(text)}</blockquote>\n'
    page = _paragraphs(own) + _paragraphs(attribution(who, at=message.at, zone=zone)) + below
    return answer(own, to=text, said_by=who, at=message.at, zone=zone), page


def _heads(message: Message, zone: ZoneInfo) -> list[tuple[str, str]]:
    """What stands above a forwarded mail."""
    sender = f"{message.sender_name} <{message.sender_email}>" if message.sender_name else message.sender_email
    people = ", ".join(f"{name} <{email}>" if name else email for name, email in message.to)
    heads = [("From", sender), ("Date", words.full(message.at, zone)), ("Subject", message.subject), ("To", people)]
    return [(name, " ".join(value.split())) for name, value in heads if value]


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{_in_lines(part)}</p>\n" for part in re.split(r"\n\s*\n", text) if part.strip())


def _in_lines(text: str) -> str:
    """As HTML: line ends kept, addresses of pages made links, everything else as it was typed."""
    pieces, at = [], 0
    for found in _LINK.finditer(text):
        link = html.escape(found[0])
        pieces += [html.escape(text[at : found.start()]), f'<a href="{link}">{link}</a>']
        at = found.end()
    pieces.append(html.escape(text[at:]))
    return "".join(pieces).replace("\n", "<br>\n")
