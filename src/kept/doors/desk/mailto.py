"""A letter that the reader's own mail program opens: whom it goes to, what it is about, what it answers (RFC 6068)."""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlencode

from kept.ledgers.conversations.models import Message
from kept.ledgers.letters.models import Form, Letter
from kept.measures.text.threading_headers import reply_subject

# plain addresses only: whatever else a header held must not become a header of ours
ADDRESS = re.compile(r"[^\s<>\"',;:?&=%#()\[\]\\@]{1,64}@[A-Za-z0-9.-]{1,190}")
MOST_COPIES = 15


def answer(message: Message, subject: str = "", *, ours: frozenset[str] = frozenset()) -> str:
    """A mailto: address that answers the message, copying who was copied; "" when there is no address to answer.

    `ours` are our own addresses, in lower case: an answer need not come back to us.
    """
    to = message.sender_email
    if not ADDRESS.fullmatch(to):
        return ""
    fields = {"subject": reply_subject(message.subject or subject)}
    if copies := [email for email in _others(message, ours) if email != to.lower()]:
        fields["cc"] = ",".join(copies[:MOST_COPIES])
    return _opening([to], fields | _thread(message))


def draft(letter: Letter, answers: Message | None = None) -> str:
    """A mailto: address that opens a draft as it was kept: its receivers, copies, subject and words.

    `answers` is the message it answers, if any; a forward begins a thread of its own.
    """
    fields = {"subject": letter.subject} if letter.subject else {}
    for name, people in (("cc", letter.cc), ("bcc", letter.bcc)):
        if emails := _plain(people):
            fields[name] = ",".join(emails)
    thread = _thread(answers) if answers and letter.form != Form.FORWARD else {}
    return _opening(_plain(letter.to), fields | thread | _body(letter.words))


def _opening(to: Sequence[str], fields: Mapping[str, str]) -> str:
    query = urlencode(fields, quote_via=quote, safe="@,")
    return f"mailto:{quote(','.join(to), safe='@,')}" + (f"?{query}" if query else "")


def _thread(message: Message) -> dict[str, str]:
    name = message.message_id
    if name.startswith("kept-") or "@" not in name or re.search(r"[\s<>]", name):
        return {}
    return {"in-reply-to": f"<{name}>", "references": f"<{name}>"}


def _body(words: str) -> dict[str, str]:
    return {"body": "\r\n".join(words.splitlines())} if words else {}


def _plain(people: Sequence[Sequence[str]]) -> list[str]:
    return [email for _, email in people if ADDRESS.fullmatch(email)]


def _others(message: Message, ours: frozenset[str]) -> list[str]:
    emails = [email.lower() for _, email in [*message.to, *message.cc]]
    return [email for email in dict.fromkeys(emails) if email not in ours and ADDRESS.fullmatch(email)]
