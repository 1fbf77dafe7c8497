"""Drafts of the next edition: begin one, write, reword, place and strike its sentences; and taking each back."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, RestrictedError

from kept.kit.rows import hold, remove
from kept.ledgers.journal.models import Line
from kept.ledgers.journal.verbs import facts_of, write
from kept.ledgers.pledges.models import MOST, Edition, Sentence
from kept.ledgers.team.models import Member


class InForce(ValueError):
    """The edition was published, so its sentences stay as they were read; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence with what it is held against; `target` of a hundred, `within` in the measure's unit."""

    words: str
    measure: str = ""
    target: int = 90
    window_days: int = 90
    within: int | None = None


def wording_of(sentence: Sentence) -> Wording:
    """As it is written now."""
    return Wording(sentence.words, sentence.measure, sentence.target, sentence.window_days, sentence.within)


@transaction.atomic
def draft(*, by: Member, at: datetime) -> Edition:
    """Begin the next edition with the sentences of the newest one. Twice is once: there is one draft."""
    standing = Edition.objects.filter(published_at=None).first()
    if standing is not None:
        return standing
    newest = Edition.objects.order_by("-version").first()
    try:
        with transaction.atomic():
            edition = Edition.objects.create(version=newest.version + 1 if newest else 1, at=at, by=by)
    except IntegrityError:
        return Edition.objects.get(published_at=None)  # somebody began it just now
    for sentence in newest.sentences.all() if newest else ():
        _make(edition, wording_of(sentence), position=sentence.position, root=sentence.root_pk)
    write("pledges.draft", edition, by=by, at=at, said=str(edition))
    return edition


@transaction.atomic
def drop(edition: Edition, *, by: Member, at: datetime) -> Line | None:
    """Put the draft away; undone by `take_up` with the line answered. Twice is once, and then there is no line.

    Raises InForce for an edition that was published.
    """
    try:
        _hold_draft(edition)
    except Edition.DoesNotExist:
        return None
    rows = [facts_of(sentence) for sentence in edition.sentences.all()]
    _removed(edition)
    return write("pledges.drop", edition, by=by, at=at, said=str(edition), was=facts_of(edition), sentences=rows)


@transaction.atomic
def take_up(line: Line, *, by: Member, at: datetime) -> Edition:
    """Take up the draft that `drop` put away, as it was. Twice is once; ValueError when another was begun since."""
    was = line.facts["was"]
    standing = Edition.objects.filter(published_at=None).first()
    if standing is not None and standing.at.isoformat() == was["at"]:
        return standing
    if standing is not None or Edition.objects.filter(version=was["version"]).exists():
        raise ValueError("Another draft was begun since. Write into that one; the journal keeps what stood in this.")
    edition = Edition(**was | {"at": datetime.fromisoformat(was["at"])})
    edition.save(force_insert=True)
    # with their numbers, by which they are known in other editions and to differences
    Sentence.objects.bulk_create([Sentence(**row) for row in line.facts["sentences"]])
    write("pledges.take_up", edition, by=by, at=at, said=str(edition))
    return edition


@transaction.atomic
def add(edition: Edition, wording: Wording, *, by: Member, at: datetime) -> Sentence:
    """Write one more sentence into the draft, at the end. The same words twice are one sentence.

    Raises InForce for a published edition, ValueError without words and where nine stand already.
    """
    _hold_draft(edition)
    wording = _checked(wording)
    standing = edition.sentences.filter(words=wording.words).first()
    if standing is not None:
        return standing
    _check_room(edition)
    last = edition.sentences.aggregate(last=Max("position"))["last"] or 0
    sentence = _make(edition, wording, position=last + 1, root=None)
    write("pledges.add", sentence, by=by, at=at, said=sentence.words)
    return sentence


@transaction.atomic
def reword(sentence: Sentence, wording: Wording, *, by: Member, at: datetime) -> Sentence:
    """Say it otherwise, or hold it against something else; undone by rewording it back. Twice is once.

    Raises InForce for a published edition, ValueError without words.
    """
    _hold_draft(sentence.edition)
    hold(sentence)
    before, new = wording_of(sentence), _checked(wording)
    if before == new:
        return sentence
    for name, value in asdict(new).items():
        setattr(sentence, name, value)
    sentence.save()
    write("pledges.reword", sentence, by=by, at=at, said=sentence.words, before=asdict(before))
    return sentence


@transaction.atomic
def place(sentence: Sentence, *, after: int, by: Member, at: datetime) -> int:
    """Move the sentence behind so many others; answers behind how many it stood, which undoes it. Twice is once."""
    _hold_draft(sentence.edition)
    rows = list(sentence.edition.sentences.all())
    stood = [row.pk for row in rows].index(sentence.pk)
    rows.insert(max(0, after), rows.pop(stood))
    if [row.pk for row in rows].index(sentence.pk) == stood:
        return stood
    positions = sorted(row.position for row in rows)
    if len(set(positions)) < len(positions):  # one that was struck came back where another stands now
        positions = list(range(1, len(rows) + 1))
    for row, position in zip(rows, positions, strict=True):
        row.position = position
    Sentence.objects.bulk_update(rows, ["position"])
    write("pledges.place", sentence, by=by, at=at, said=sentence.words, stood=stood)
    return stood


@transaction.atomic
def strike(sentence: Sentence, *, by: Member, at: datetime) -> None:
    """Take the sentence out of the draft; undone by `put_back`. Twice is once.

    Raises InForce for a published edition, and for a sentence that was in force in this very edition and that something
    was agreed on since.
    """
    _hold_draft(sentence.edition)
    if _removed(sentence):
        write("pledges.strike", sentence, by=by, at=at, said=sentence.words, was=facts_of(sentence))


@transaction.atomic
def put_back(sentence: Sentence, *, by: Member, at: datetime) -> Sentence:
    """Put a sentence that was struck where it stood, with its number, by which what was done to it can be taken back.

    Twice is once. Raises InForce for an edition that was published since, ValueError where nine stand already.
    """
    _hold_draft(sentence.edition)
    standing = Sentence.objects.filter(pk=sentence.pk).first()
    if standing is not None:
        return standing
    _check_room(sentence.edition)
    sentence.save(force_insert=True)
    write("pledges.put_back", sentence, by=by, at=at, said=sentence.words)
    return sentence


def _hold_draft(edition: Edition) -> None:
    hold(edition)
    if not edition.is_draft:
        raise InForce("This wording was published, so it stays as people read it. Begin a draft of the next one.")


def _check_room(edition: Edition) -> None:
    if edition.sentences.count() >= MOST:
        raise ValueError(
            f"A pledge has {MOST} sentences at most, so that people can keep it in mind. Strike one first."
        )


def _removed(row: Edition | Sentence) -> bool:
    try:
        return remove(row)
    except RestrictedError:
        raise InForce("Something was agreed on a sentence while it was in force. Reword it instead.") from None


def _checked(wording: Wording) -> Wording:
    words = " ".join(wording.words.split())[:200]
    if not words:
        raise ValueError("Write the sentence as a client would read it.")
    return Wording(words, wording.measure, wording.target, wording.window_days, wording.within)


def _make(edition: Edition, wording: Wording, *, position: int, root: int | None) -> Sentence:
    facts: dict[str, Any] = asdict(wording)
    return Sentence.objects.create(edition=edition, position=position, root_id=root, **facts)
