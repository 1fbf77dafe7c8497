"""Short ways to let the cast act: write, promise, sell, work."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from itertools import count

from django.db import transaction

from kept.ledgers.clients.models import Client, Contact
from kept.ledgers.conversations import settling
from kept.ledgers.conversations.models import Body, Conversation, Direction, Message
from kept.ledgers.engagements import verbs as engagements
from kept.ledgers.engagements.models import Engagement, Kind
from kept.ledgers.hours import verbs as time_records
from kept.ledgers.hours.models import Entry
from kept.ledgers.promises import verbs as promises
from kept.ledgers.promises.models import Promise
from kept.ledgers.team.models import Member
from tests.studio import NOW

_numbers = count(1)


@transaction.atomic
def wrote(
    client: Client | None,
    *,
    by: Contact | Member | str,
    at: datetime = NOW,
    text: str = "Could you send the new drafts?",
    subject: str = "Drafts",
    conversation: Conversation | None = None,
    automatic: str = "",
    quiet: bool = False,
    asks: bool = False,
) -> Message:
    """A message from a contact, one of us, or (a plain address) a stranger; without `conversation` it begins one."""
    conversation = conversation or Conversation.objects.create(
        client=client, subject=subject, subject_key=subject.casefold(), started_at=at, last_at=at
    )
    name, email = _sender(by)
    message_id = f"letter-{next(_numbers)}@cast.example"
    message = Message.objects.create(
        conversation=conversation,
        message_id=message_id,
        fingerprint=sha256(message_id.encode()).hexdigest(),
        at=at,
        direction=Direction.OUT if isinstance(by, Member) else Direction.IN,
        contact=by if isinstance(by, Contact) else None,
        member=by if isinstance(by, Member) else None,
        sender_name=name,
        sender_email=email,
        subject=subject,
        snippet=text[:200],
        automatic=automatic,
        quiet=quiet,
        asks=asks,
    )
    Body.objects.create(message=message, visible=text, text=text)
    settling.recount([conversation.pk])
    conversation.refresh_from_db()
    return message


def thanked(conversation: Conversation, *, by: Contact | str, at: datetime = NOW, text: str = "Thank you!") -> Message:
    """A message that needs no reply, as it is noticed when one comes."""
    message = wrote(conversation.client, by=by, at=at, text=text, conversation=conversation)
    message.closing = "It only says thanks."
    message.save(update_fields=["closing"])
    settling.recount([conversation.pk])
    conversation.refresh_from_db()
    return message


def _sender(by: Contact | Member | str) -> tuple[str, str]:
    if isinstance(by, str):
        return "", by
    if isinstance(by, Member):
        return by.name, by.email
    address = by.addresses.first()
    return by.name, address.email if address else ""


def promised(
    client: Client,
    *,
    by: Member,
    due: datetime,
    words: str = "I will send you the drafts",
    at: datetime = NOW,
    contact: Contact | None = None,
) -> Promise:
    """A promise to the client, through the verb."""
    return promises.promise(client, words=words, due=due, by=by, at=at, contact=contact)


def sold(
    client: Client,
    *,
    by: Member,
    name: str = "Website",
    kind: Kind = Kind.FIXED,
    hours: int | None = 100,
    fee: int | None = 10_000,
    starts: date = date(2026, 9, 1),
    ends: date | None = None,
) -> Engagement:
    """An engagement with its budget (of a retainer: hours and fee a month)."""
    at = datetime(starts.year, starts.month, starts.day, 9, tzinfo=UTC)
    row = engagements.start(client, name=name, kind=kind, starts=starts, ends=ends, by=by, at=at)
    engagements.budget(
        row, starts=starts, ends=ends, hours=None if hours is None else Decimal(hours),
        fee=None if fee is None else Decimal(fee), currency="GBP", by=by, at=at,
    )  # fmt: skip
    return row


def worked(
    client: Client, *, member: Member, day: date, hours: float = 1.0, engagement: Engagement | None = None
) -> Entry:
    """Time a member logged for the client, at the end of that day."""
    at = datetime(day.year, day.month, day.day, 17, tzinfo=UTC) + timedelta(seconds=next(_numbers))
    seconds = round(hours * 3600)
    return time_records.log(client, member=member, day=day, seconds=seconds, engagement=engagement, by=member, at=at)
