"""Letters for tests of the flows: written as mail, read by the real parser, received in one call."""

from datetime import datetime
from email.utils import format_datetime
from itertools import count

from kept.doors.post.parsing import parse
from kept.doors.post.raw import Raw
from kept.flows.address_book import AddressBook
from kept.flows.receive_mail import Incoming, Tally, Terms, receive
from kept.ledgers.conversations.models import Message
from kept.ledgers.journal.models import Batch
from tests.studio import NOW

_numbers = count(1)


def letter(
    by: str,
    *,
    to: str = "ada@larkfield.example",
    at: datetime = NOW,
    subject: str = "Drafts",
    id: str = "",
    after: str = "",
    text: str = "Could you send the new drafts?",
    more: str = "",
) -> Incoming:
    """A letter; `after` names the id it answers, `more` is further header lines."""
    lines = [
        f"From: {by}", f"To: {to}", f"Subject: {subject}", f"Date: {format_datetime(at)}",
        f"Message-ID: <{id or f'post-{next(_numbers)}@flows.example'}>",
        *([f"References: {' '.join(f'<{one}>' for one in after.split())}"] if after else []),
        *([more] if more else []), "", text, "",
    ]  # fmt: skip
    content = "\n".join(lines).encode()
    return Incoming(parse(Raw(source="letter.eml", content=content)), content)


def received(*letters: Incoming, batch: Batch | None = None, terms: Terms = Terms()) -> Tally:  # noqa: B008
    """Receive the letters in one chunk, with the addresses as they stand."""
    return receive(letters, book=AddressBook.load(batch=batch, at=NOW), terms=terms)


def home(of: str) -> int:
    """The conversation of the message with that id."""
    return Message.objects.get(message_id=of).conversation_id
