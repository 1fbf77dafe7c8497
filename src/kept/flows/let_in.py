"""Words that did not come by mail: from our page, as comments, connection requests and calls, become conversations."""

import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from textwrap import shorten

from django.db import IntegrityError, transaction

from kept.flows.address_book import AddressBook
from kept.flows.hand_out import hand_out
from kept.flows.notice import notice
from kept.flows.pulse_links import without_links
from kept.kit import words as say
from kept.ledgers.clients.models import Contact
from kept.ledgers.conversations import settling
from kept.ledgers.conversations.in_turn import in_turn
from kept.ledgers.conversations.inlets import Inlet
from kept.ledgers.conversations.models import Body, Channel, Conversation, Direction, Message
from kept.ledgers.journal.verbs import write
from kept.measures.text import subjects
from kept.measures.text.first_words import first_words
from kept.readings.calendars import offices

SAID_NOTHING = {
    Channel.CALL: "Rang at {clock} and left no word.",
    Channel.CONNECTION: "Would like to be connected with us.",
}
LONGEST_SUBJECT = 120
FEWEST_DIGITS = 7  # shorter numbers are extensions, which many have


@dataclass(frozen=True)
class Said:
    """What somebody said elsewhere; `key` tells it from all others of its source, so that twice is once."""

    channel: Channel
    key: str
    at: datetime
    words: str = ""
    name: str = ""
    address: str = ""
    phone: str = ""
    link: str = ""


@dataclass(frozen=True)
class LetIn:
    """What became of it; not `new`: it had come before, and nothing was changed."""

    message: Message
    new: bool


def let_in(said: Said, *, at: datetime, inlet: Inlet | None = None) -> LetIn:
    """Keep it as a conversation of its own, with a clock, and give it to whoever is on duty. Twice is once.

    It belongs to the client whose address or domain was named, but to none of their people: whoever types an address
    has not proven to be reached there. Only who calls is taken for the contact whose number it is. An address of ours
    is taken for a stranger's. A link of an invitation that stands in it is closed and not kept. Raises ValueError where
    nothing was said and nobody named.
    """
    name = _name(said, inlet)
    if known := Message.objects.filter(message_id=name).select_related("conversation").first():
        return LetIn(known, new=False)
    try:
        return LetIn(_keep(said, name, at, inlet), new=True)
    except IntegrityError:  # it came twice at once, and the other was first
        return LetIn(Message.objects.select_related("conversation").get(message_id=name), new=False)


@transaction.atomic
def _keep(said: Said, name: str, at: datetime, inlet: Inlet | None) -> Message:
    in_turn()
    words = without_links(said.words.strip() or _unsaid(said), at=at)
    caller = _caller(said) if said.channel == Channel.CALL else None
    client = caller.client_id if caller else _client_named(said, at)
    subject = say.sentence(shorten(first_words(words), LONGEST_SUBJECT, placeholder=" …"))
    conversation = Conversation.objects.create(
        client_id=client, subject=subject, subject_key=subjects.key(subject), started_at=said.at, last_at=said.at
    )
    message = Message.objects.create(
        conversation=conversation,
        message_id=name,
        fingerprint=sha256(name.encode()).hexdigest(),
        at=said.at,
        direction=Direction.IN,
        channel=said.channel,
        contact=caller,
        sender_name=without_links(said.name or said.phone, at=at)[:200],
        sender_email=said.address[:254].lower(),
        subject=subject,
        snippet=" ".join(words[:600].split())[:200],
        size=len(words.encode()),
    )
    link, phone = without_links(said.link, at=at), said.phone
    whole = "\n\n".join(filter(None, [words, phone and f"Phone: {phone}", link and f"At {link}"]))
    Body.objects.create(message=message, visible=whole, text=whole)
    settling.recount([conversation.pk])
    write("conversations.let_in", message, by=None, at=at, client_id=client, said=inlet.name if inlet else "our page")
    if inlet is not None:
        Inlet.objects.filter(pk=inlet.pk).update(used_at=at)
    hand_out([conversation.pk], at=at)
    notice([message.pk], at=at)
    return message


def _name(said: Said, inlet: Inlet | None) -> str:
    """The id it is kept under: of the source and its key, so long as it may be."""
    key = sha256(said.key.encode()).hexdigest()
    return f"{said.channel}-{inlet.pk if inlet else 'page'}-{key}@kept"


def _unsaid(said: Said) -> str:
    """What is to be read where somebody left no word."""
    if not (said.name or said.address or said.phone) or said.channel not in SAID_NOTHING:
        raise ValueError("Somebody said nothing, and nobody is named. Write what they said, or who it was.")
    return SAID_NOTHING[said.channel].format(clock=say.clock(said.at, offices().zone))


def _client_named(said: Said, at: datetime) -> int | None:
    """The client whose the address is; an address of ours proves nothing, so it names nobody."""
    known = AddressBook.load(batch=None, at=at).look_up(said.address.lower()) if said.address else None
    return known.client if known and not known.ours else None


def _caller(said: Said) -> Contact | None:
    """The one contact whose number it is; a number that several have is nobody's."""
    digits = _digits(said.phone)
    if len(digits) < FEWEST_DIGITS:
        return None
    rows = Contact.objects.filter(left_on=None).exclude(phone="")
    found = [pk for pk, phone in rows.values_list("pk", "phone") if _digits(phone) == digits]
    return Contact.objects.get(pk=found[0]) if len(found) == 1 else None


def _digits(phone: str) -> str:
    """The number without what is written around it: "+44 (0)113 496 0000" and "0044 113 4960000" are the same."""
    plain = re.sub(r"[^\d+]", "", phone.replace("(0)", ""))
    return re.sub(r"^(\+|00)", "", plain)
