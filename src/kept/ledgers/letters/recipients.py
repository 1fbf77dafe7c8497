"""To whom a letter goes: what was typed read as people, and whom an answer goes to."""

import re
from collections.abc import Iterable, Sequence
from email.errors import MessageError
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import getaddresses

from kept.ledgers.conversations.models import Direction, Message
from kept.ledgers.conversations.originals import head_of
from kept.ledgers.mailboxes.models import Mailbox
from kept.ledgers.team.models import Member

Pair = Sequence[str]  # (name, address)
MOST = 100  # people one letter may go to
LONGEST_ADDRESS = 254
_LOCAL = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
_HOST = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_ADDRESS = re.compile(rf"(?!\.)(?!.*\.\.){_LOCAL}(?<!\.)@(?:{_HOST}\.)+{_HOST}")
_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")
_HEADERS = 256_000  # bytes of an original that are looked through for its headers


def read(typed: str) -> list[list[str]]:
    """The people in "Cleo North <cleo@borealis.example>, bo@larkfield.example"; what cannot be read stays as typed."""
    found = []
    for piece in _pieces(typed):
        name, email = (getaddresses([piece], strict=False) or [("", "")])[0]
        found.append([name, email] if is_readable(email.strip()) else ["", piece])
    return clean(found)


def _pieces(typed: str) -> list[str]:
    """Split at commas, semicolons and line ends that stand outside of quotes."""
    return [one.strip() for one in re.findall(r'(?:"[^"]*"|[^",;\r\n]|")+', typed) if one.strip()]


def clean(people: Iterable[Pair]) -> list[list[str]]:
    """As a letter keeps them: one line each, nothing in them that steers, nobody twice."""
    found: dict[str, list[str]] = {}
    for name, email in people:
        email = one_line(email)
        found.setdefault(email.lower(), [one_line(name)[:200], email[:LONGEST_ADDRESS]])
    return [pair for address, pair in found.items() if address]


def one_line(words: str) -> str:
    """Without line ends and characters that steer: nothing typed may begin a header of its own."""
    return " ".join(_STEERING.sub(" ", words).split())


def is_readable(email: str) -> bool:
    """Whether mail can be sent there: name@host.example; other than plain letters only after the @."""
    return len(email) <= LONGEST_ADDRESS and bool(_ADDRESS.fullmatch(email))


def for_reply(message: Message) -> list[list[str]]:
    """Whom an answer goes to: who asked to be answered (Reply-To), else who wrote; of our own, whom it went to."""
    if message.direction == Direction.OUT:
        return clean(message.to)
    return reply_to(message) or clean([(message.sender_name, message.sender_email)])


def for_reply_all(message: Message, *, by: Member) -> tuple[list[list[str]], list[list[str]]]:
    """To and Cc of an answer to all: the writer's own addresses and those of our mailboxes are left out."""
    own = own_addresses(by)
    first = for_reply(message)
    to = without([*first, *message.to], own) or first
    return to, without(message.cc, own | {email.lower() for _, email in to})


def without(people: Iterable[Pair], addresses: set[str]) -> list[list[str]]:
    """The people, once each, but those at these (lower-cased) addresses."""
    return clean(person for person in people if person[1].lower() not in addresses)


def own_addresses(member: Member) -> set[str]:
    """Every address of the member and of the firm's mailboxes, lower-cased."""
    mailboxes = Mailbox.objects.filter(removed_at=None).values_list("address", flat=True)
    return {email.lower() for email in (member.email, *member.addresses.values_list("email", flat=True), *mailboxes)}


def reply_to(message: Message) -> list[list[str]]:
    """The readable addresses in the Reply-To of the message's original; none when it names nobody."""
    named = getaddresses(list(headers_of(message).get("reply-to", ())), strict=False)
    known = {email.lower(): name for name, email in ((message.sender_name, message.sender_email), *message.cc)}
    # encoded names are not read here; whom we know by another header keeps the name from there
    people = [(known.get(email.lower(), "" if "=?" in name else name), email) for name, email in named]
    return clean(person for person in people if is_readable(person[1]))


def headers_of(message: Message) -> dict[str, tuple[str, ...]]:
    """The headers of the message's original: lower-cased names to values in order; none when it cannot be read."""
    try:
        parsed = BytesHeaderParser(policy=compat32).parsebytes(head_of(message, most=_HEADERS))
    except (MessageError, ValueError, LookupError):
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for name, value in parsed.items():
        found[name.lower()] = (*found.get(name.lower(), ()), one_line(str(value)))
    return found
