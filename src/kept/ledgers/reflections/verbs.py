"""What people do with reflections: write one, word it anew, and take either back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from kept.kit.rows import hold, remove
from kept.ledgers.clients.models import Client
from kept.ledgers.journal.verbs import facts_of, write
from kept.ledgers.pledges.models import Sentence
from kept.ledgers.reflections.models import Kind, Reflection, Wording
from kept.ledgers.team.models import Member

LONGEST, LONGEST_CHANGE, LONGEST_AFTER = 5_000, 500, 300


@dataclass(frozen=True)
class After:
    """What happened, in words, and the row in which it stands, such as ("pulses.Answer", 7), if there is one."""

    words: str
    noun: str = ""
    pk: int | None = None


@dataclass(frozen=True)
class Learned:
    """What we learn, and the one thing we change. Raises ValueError when either is missing or goes on too long."""

    words: str
    change: str

    def __post_init__(self) -> None:
        if not self.words.strip():
            raise ValueError("Say what we learn from it, in a sentence or two.")
        if not self.change.strip():
            raise ValueError("Say the one thing we change. One is enough.")
        if len(self.words) > LONGEST or len(self.change) > LONGEST_CHANGE:
            raise ValueError("That is longer than anybody will read again; say it shorter.")


@transaction.atomic
def reflect(
    client: Client,
    *,
    kind: Kind,
    after: After,
    learned: Learned,
    by: Member,
    at: datetime,
    moved: Sequence[dict[str, Any]] = (),
    sentence: Sentence | None = None,
) -> Reflection:
    """Write down what we learn from `after`. The same by the same person is there once.

    `moved` are the rows of trust as `by` saw them. Raises ValueError when nothing is said of what happened.
    """
    said = after.words.strip()[:LONGEST_AFTER]
    if not said:
        raise ValueError("Say what happened, in a few words.")
    hold(client)
    facts = {"kind": kind, "after_noun": after.noun, "after_id": after.pk, "after_words": said, "by": by}
    words = {"learned": learned.words.strip(), "change": learned.change.strip()}
    asked = {f"wordings__{name}": value for name, value in words.items()}
    if standing := Reflection.objects.filter(client=client, **facts, **asked).first():
        return standing
    row = Reflection.objects.create(client=client, **facts, at=at, moved=list(moved), sentence=sentence)
    Wording.objects.create(reflection=row, **words, by=by, at=at)
    write("reflections.reflect", row, by=by, at=at, client_id=client.pk, said=words["change"])
    return row


@transaction.atomic
def take_back(row: Reflection, *, by: Member, at: datetime) -> None:
    """Undo a reflection with all its wordings; twice is once. The journal keeps what stood there."""
    wordings = [facts_of(wording) for wording in row.wordings.all()]
    if remove(row):
        write(
            "reflections.take_back", row, by=by, at=at, client_id=row.client_id, said=row.after_words,
            was=facts_of(row), wordings=wordings,
        )  # fmt: skip


@transaction.atomic
def reword(row: Reflection, *, learned: Learned, by: Member, at: datetime) -> Wording:
    """Say it better; what was said before stays beneath. The same words again change nothing."""
    hold(row)
    newest = row.wordings.first()
    words = {"learned": learned.words.strip(), "change": learned.change.strip()}
    if newest is not None and (newest.learned, newest.change) == (words["learned"], words["change"]):
        return newest
    wording = Wording.objects.create(reflection=row, **words, by=by, at=at)
    write("reflections.reword", wording, by=by, at=at, client_id=row.client_id, said=words["change"])
    return wording


@transaction.atomic
def take_back_wording(wording: Wording, *, by: Member, at: datetime) -> None:
    """Undo a rewording; twice is once. Raises ValueError for the only one: the reflection is taken back instead."""
    row = wording.reflection
    try:
        hold(row)
    except Reflection.DoesNotExist:
        return
    if not row.wordings.exclude(pk=wording.pk).exists() and row.wordings.filter(pk=wording.pk).exists():
        raise ValueError("This is all that was said; take the whole reflection back instead.")
    if remove(wording):
        write(
            "reflections.take_back_wording", wording, by=by, at=at, client_id=row.client_id, said=wording.change,
            was=facts_of(wording),
        )  # fmt: skip
