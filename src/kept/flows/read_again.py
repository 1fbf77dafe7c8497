"""Messages read again by today's parser: what differs is put right, what a person contradicted stays as they said."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from kept.flows import keep_files
from kept.flows.address_book import Known
from kept.flows.keep_sentences import keep_sentences
from kept.flows.weigh_mail import REACH, awaits_answer, closing_of
from kept.kit.rows import hold_all
from kept.ledgers.conversations import settling
from kept.ledgers.conversations.contradicting import contradicted
from kept.ledgers.conversations.models import Body, Conversation, Direction, Message, Original
from kept.ledgers.conversations.originals import packed
from kept.measures.text.letter import Letter

COLUMNS = ("subject", "snippet", "automatic", "automatic_why", "closing", "asks", "defects", "attachments")
WORDS = ("visible", "text", "html")
CLOCKS = {"automatic", "closing"}  # what decides whether somebody waits

Again = Sequence[tuple[Message, Letter, bytes]]  # a message with its body loaded, as it reads today, and its original


@transaction.atomic
def read_again(some: Again, *, at: datetime, keep: bool = True) -> Counter[str]:
    """Put right what today's parser reads otherwise; answers how many messages differ in what ("files", "html" ...).

    "messages" counts those that differ in anything. With `keep` false all of it is only counted.
    """
    counts: Counter[str] = Counter()
    _refresh([row for row, _, _ in some])
    numbers = [row.pk for row, _, _ in some]
    stays, standing = contradicted(numbers), keep_files.standing_files(numbers)
    changed: list[tuple[Message, set[str]]] = []
    for row, letter, original in some:
        facts = {name: value for name, value in _facts(row, letter, at=at).items() if name not in stays.get(row.pk, ())}
        names = {name for name, value in facts.items() if getattr(row, name) != value}
        names |= {name for name, value in _words(letter).items() if getattr(row.body, name) != value}
        files = standing.get(row.pk, []) != keep_files.as_kept(letter)
        counts.update(names | ({"files"} if files else set()))
        if not (names or files):
            continue
        counts["messages"] += 1
        changed.append((row, names))
        _set(row, facts, _words(letter))
        if files and keep:
            _keep_files(row, letter, original)
    if keep:
        _save(changed)
        keep_sentences([row.pk for row, names in changed if "visible" in names])
    return counts


def _refresh(rows: Sequence[Message]) -> None:
    """What stands in the rows now; whoever contradicts holds the conversation, so neither writes over the other."""
    homes = {row.conversation_id for row in rows}
    hold_all(Conversation.objects.filter(pk__in=homes))
    fresh = Message.objects.only("conversation_id", *COLUMNS).in_bulk([row.pk for row in rows])
    for row in rows:
        for name in ("conversation_id", *COLUMNS):
            setattr(row, name, getattr(fresh.get(row.pk, row), name))


def _facts(row: Message, letter: Letter, *, at: datetime) -> dict[str, Any]:
    machine, known = letter.automatic.automatic, Known(ours=row.direction == Direction.OUT)
    return {
        "subject": letter.subject[:500],
        "snippet": " ".join(letter.visible[:600].split())[:200],
        "automatic": str(letter.automatic.kind or "")[:20] if machine else "",
        "automatic_why": letter.automatic.reason[:300] if machine else "",
        "closing": closing_of(letter, known),
        # what is older comes back no more, whatever it asked
        "asks": awaits_answer(letter, known, at=at) if row.at >= at - REACH else row.asks,
        "defects": list(letter.defects),
        "attachments": [[file.name, file.kind, file.size] for file in letter.attachments],
    }


def _words(letter: Letter) -> dict[str, str]:
    return {"visible": letter.visible, "text": letter.text, "html": letter.html}


def _set(row: Message, facts: Mapping[str, Any], body: Mapping[str, str]) -> None:
    for name, value in facts.items():
        setattr(row, name, value)
    for name, value in body.items():
        setattr(row.body, name, value)


def _keep_files(row: Message, letter: Letter, original: bytes) -> None:
    """The files anew, and the original with them: what was cut out of it may be another file now."""
    keep_files.keep_anew(row, letter)
    zipped = packed(original, keep_files.contents_of(letter))
    Original.objects.filter(message=row).update(zipped=zipped)


def _save(changed: Sequence[tuple[Message, set[str]]]) -> None:
    Message.objects.bulk_update([row for row, names in changed if names & set(COLUMNS)], COLUMNS, batch_size=100)
    Body.objects.bulk_update([row.body for row, names in changed if names & set(WORDS)], WORDS, batch_size=100)
    touched = {row.conversation_id for row, names in changed if names & CLOCKS}
    if touched:
        settling.recount(touched)
