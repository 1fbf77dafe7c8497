"""Receiving letters: known ones left alone, new ones threaded, matched to people and kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from kept.flows import match_bounces, thread_mail
from kept.flows.address_book import STRANGER, AddressBook, Known
from kept.flows.hand_out import hand_out
from kept.flows.keep_files import contents_of, keep_files
from kept.flows.keep_sentences import keep_sentences
from kept.flows.notice import REACH, notice
from kept.flows.place_mail import place
from kept.flows.pulse_replies import hear_replies
from kept.flows.weigh_mail import awaits_answer, closing_of
from kept.ledgers.conversations import settling
from kept.ledgers.conversations.in_turn import in_turn
from kept.ledgers.conversations.models import Body, Direction, Message, Original, Reference
from kept.ledgers.conversations.originals import packed
from kept.measures.text.letter import Address, Letter
from kept.measures.text.likeness import REMEMBERED


@dataclass(frozen=True)
class Incoming:
    """A parsed letter and the bytes it came in."""

    letter: Letter
    original: bytes


@dataclass(frozen=True)
class Terms:
    """How letters are taken in: before `quiet_before` as history without clocks; a client a new firm if asked.

    `trial`: it is all rolled back in the end, so nobody need wait for it.
    """

    quiet_before: datetime | None = None
    suggest_clients: bool = False
    trial: bool = False


@dataclass
class Tally:
    """What came of receiving; `conversations` are the new ones, `strangers` the new letters of people of no client."""

    new: int = 0
    known: int = 0
    automatic: int = 0
    conversations: int = 0
    strangers: int = 0
    placed: set[int] = field(default_factory=set)  # conversations touched


@transaction.atomic
def receive(incoming: Sequence[Incoming], *, book: AddressBook, terms: Terms) -> Tally:
    """Take in a chunk of letters (some hundreds). Letters received before, by id or by content, change nothing."""
    tally = Tally()
    if not terms.trial:
        in_turn()
    fresh = _fresh(incoming)
    tally.known = len(incoming) - len(fresh)
    if not fresh:
        return tally
    named = [(name, coming.letter) for name, coming in fresh]
    senders = [_meet(letter, book, terms) for _, letter in named]
    homes, tally.conversations = place(named, senders, book)
    rows = _keep(fresh, senders, homes, book, terms)
    settling.recount(set(homes))
    hand_out(set(homes), at=book.at)
    notice([row.pk for row in rows if row.at >= book.at - REACH], at=book.at)
    keep_sentences([row.pk for row in rows if row.direction == Direction.OUT and row.at >= book.at - REMEMBERED])
    match_bounces.match([(name, coming.letter, coming.original) for name, coming in fresh], at=book.at)
    hear_replies(
        [(row, coming.letter, coming.original) for row, (_, coming) in zip(rows, fresh, strict=True)], at=book.at
    )
    tally.new = len(fresh)
    tally.automatic = sum(letter.automatic.automatic for _, letter in named)
    tally.strangers = sum(known == STRANGER for known in senders)
    tally.placed = set(homes)
    return tally


def _fresh(incoming: Sequence[Incoming]) -> list[tuple[str, Incoming]]:
    """The letters not yet received, each with the id to keep it under.

    The same id from the same sender at the same time is the same letter by another way. The same id on a different
    letter (some programs reuse them) gets a name of its own, so that nothing is lost.
    """
    names = {thread_mail.short(coming.letter.message_id) for coming in incoming}
    prints = set(
        Message.objects.filter(fingerprint__in=[coming.letter.fingerprint for coming in incoming]).values_list(
            "fingerprint", flat=True
        )
    )
    taken = {
        name: (sender, at)
        for name, sender, at in Message.objects.filter(message_id__in=names).values_list(
            "message_id", "sender_email", "at"
        )
    }
    fresh = []
    for coming in incoming:
        letter, name = coming.letter, thread_mail.short(coming.letter.message_id)
        mark = (letter.sender.email[:254], letter.at)
        if letter.fingerprint in prints or taken.get(name) == mark:
            continue
        if name in taken:
            name = f"kept-{letter.fingerprint}"
        taken[name] = mark
        prints.add(letter.fingerprint)
        fresh.append((name, coming))
    return fresh


def _meet(letter: Letter, book: AddressBook, terms: Terms) -> Known:
    """Who wrote: a machine introduces nobody, and who only says that they are one of us is a stranger.

    Else anybody could stop our clocks by writing to us in our name.
    """
    known = book.look_up(letter.sender.email)
    if known.ours and letter.doubted:
        return STRANGER
    if letter.automatic.automatic:
        return known
    return book.meet(letter.sender, suggest_clients=terms.suggest_clients)


def _keep(
    fresh: list[tuple[str, Incoming]], senders: list[Known], homes: list[int], book: AddressBook, terms: Terms
) -> list[Message]:
    rows = Message.objects.bulk_create(
        [
            _row(name, coming.letter, known, home, book, terms)
            for (name, coming), known, home in zip(fresh, senders, homes, strict=True)
        ],
        batch_size=500,
    )
    letters = [(row, coming) for row, (_, coming) in zip(rows, fresh, strict=True)]
    Body.objects.bulk_create(
        [Body(message=r, visible=c.letter.visible, text=c.letter.text, html=c.letter.html) for r, c in letters]
    )
    keep_files([(row, coming.letter) for row, coming in letters])
    Original.objects.bulk_create(
        [Original(message=r, zipped=packed(c.original, contents_of(c.letter))) for r, c in letters]
    )
    Reference.objects.bulk_create(
        [
            Reference(message=row, names=before)
            for row, coming in letters
            for before in dict.fromkeys(thread_mail.short(name) for name in coming.letter.references)
        ],
        batch_size=1000,
    )
    return rows


def _row(name: str, letter: Letter, known: Known, home: int, book: AddressBook, terms: Terms) -> Message:
    return Message(
        conversation_id=home,
        message_id=name,
        fingerprint=letter.fingerprint,
        at=letter.at,
        at_is_guess=letter.at_is_guess,
        direction=Direction.OUT if known.ours else Direction.IN,
        contact_id=known.contact,
        member_id=known.member,
        sender_name=letter.sender.name[:200],
        sender_email=letter.sender.email[:254],
        to=_pairs(letter.to),
        cc=_pairs(letter.cc),
        subject=letter.subject[:500],
        snippet=snippet_of(letter),
        automatic=str(letter.automatic.kind or "")[:20] if letter.automatic.automatic else "",
        automatic_why=letter.automatic.reason[:300] if letter.automatic.automatic else "",
        closing=closing_of(letter, known),
        asks=awaits_answer(letter, known, at=book.at),
        quiet=terms.quiet_before is not None and letter.at < terms.quiet_before,
        list_id=letter.list_id[:250],
        size=letter.size,
        defects=list(letter.defects),
        attachments=[[file.name, file.kind, file.size] for file in letter.attachments],
        batch=book.batch,
    )


def snippet_of(letter: Letter) -> str:
    """Its first words, as lists show them."""
    return " ".join(letter.visible[:600].split())[:200]


def _pairs(people: Sequence[Address]) -> list[list[str]]:
    return [[person.name, person.email] for person in people]
