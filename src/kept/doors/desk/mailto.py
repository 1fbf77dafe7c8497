"""An answer that the reader's own mail program opens: whom it goes to, what it is about, what it answers (RFC 6068)."""

import re
from urllib.parse import quote, urlencode

from kept.ledgers.conversations.models import Message
from kept.measures.text.threading_headers import reply_subject

# plain addresses only: whatever else a header held must not become a header of ours
ADDRESS = re.compile(r"[^\s<>\"',;:?&=%#()\[\]\\@]{1,64}@[A-Za-z0-9.-]{1,190}")
MOST_COPIES = 15


def answer(message: Message, subject: str = "", *, words: str = "", ours: frozenset[str] = frozenset()) -> str:
    """A mailto: address that answers the message, copying who was copied; "" when there is no address to answer.

    `words` are those of the draft. `ours` are our own addresses, in lower case: an answer need not come back to us.
    """
    to = message.sender_email
    if not ADDRESS.fullmatch(to):
        return ""
    fields = {"subject": reply_subject(message.subject or subject)}
    if copies := [email for email in _others(message, ours) if email != to.lower()]:
        fields["cc"] = ",".join(copies[:MOST_COPIES])
    name = message.message_id
    if not name.startswith("kept-") and "@" in name and not re.search(r"[\s<>]", name):
        fields["in-reply-to"] = fields["references"] = f"<{name}>"
    if words:
        fields["body"] = "\r\n".join(words.splitlines())
    return f"mailto:{quote(to, safe='@')}?{urlencode(fields, quote_via=quote, safe='@,')}"


def _others(message: Message, ours: frozenset[str]) -> list[str]:
    emails = [email.lower() for _, email in [*message.to, *message.cc]]
    return [email for email in dict.fromkeys(emails) if email not in ours and ADDRESS.fullmatch(email)]
