"""Skeletons: the words that everybody gets, with [blanks] that only the writer can fill."""

import re
from datetime import datetime

from django.db import IntegrityError, transaction

from kept.kit.rows import hold
from kept.ledgers.journal.verbs import write
from kept.ledgers.letters.models import Skeleton
from kept.ledgers.letters.recipients import one_line
from kept.ledgers.team.models import Member

# [what you liked], but not [1], [x], [...], [sic] and no link as in [words](address)
_BLANK = re.compile(r"\[(?!sic\]|x\]|X\])(?=[^\[\]\n]*[^\W\d_])([^\[\]\n]{1,80})\](?!\()")


class NameTaken(ValueError):
    """Another skeleton has this name."""


def blanks(words: str) -> list[str]:
    """The blanks still unfilled in the words, with their brackets, each once, in order: ["[what you liked]"]."""
    return list(dict.fromkeys(f"[{found}]" for found in _BLANK.findall(words)))


@transaction.atomic
def make(*, name: str, words: str, by: Member, at: datetime, subject: str = "") -> Skeleton:
    """Write a skeleton for everybody; `retire` undoes it. The same again is the one that stands.

    Raises NameTaken, ValueError when name, words or blanks are missing.
    """
    name, subject, words = _checked(name, subject, words)
    standing = Skeleton.objects.filter(name=name, subject=subject, words=words, retired_at=None).first()
    if standing is not None:
        return standing
    skeleton = _kept(Skeleton(name=name, subject=subject, words=words, by=by, made_at=at))
    write("letters.make_skeleton", skeleton, by=by, at=at, said=name)
    return skeleton


@transaction.atomic
def change(skeleton: Skeleton, *, name: str, subject: str, words: str, by: Member, at: datetime) -> Skeleton:
    """Write it anew; undone by changing it back, the journal has what stood there. Raises as `make`."""
    name, subject, words = _checked(name, subject, words)
    hold(skeleton)
    was = {"name": skeleton.name, "subject": skeleton.subject, "words": skeleton.words}
    if was == {"name": name, "subject": subject, "words": words}:
        return skeleton
    skeleton.name, skeleton.subject, skeleton.words = name, subject, words
    _kept(skeleton)
    write("letters.change_skeleton", skeleton, by=by, at=at, said=name, was=was)
    return skeleton


@transaction.atomic
def retire(skeleton: Skeleton, *, by: Member, at: datetime) -> None:
    """Offer it no more; `bring_back` undoes it. Twice is once."""
    if Skeleton.objects.filter(pk=skeleton.pk, retired_at=None).update(retired_at=at):
        write("letters.retire_skeleton", skeleton, by=by, at=at, said=skeleton.name)
    skeleton.refresh_from_db()


@transaction.atomic
def bring_back(skeleton: Skeleton, *, by: Member, at: datetime) -> None:
    """Offer it again. Twice is once."""
    if Skeleton.objects.filter(pk=skeleton.pk, retired_at__isnull=False).update(retired_at=None):
        write("letters.bring_back_skeleton", skeleton, by=by, at=at, said=skeleton.name)
    skeleton.refresh_from_db()


def _checked(name: str, subject: str, words: str) -> tuple[str, str, str]:
    name, subject, words = one_line(name), one_line(subject), words.strip()
    if not name or not words:
        raise ValueError("A skeleton needs a name and words. Nothing was changed.")
    if not blanks(words):
        raise ValueError(
            "Leave at least one [blank] for what only the writer knows, like [what they asked]. Nothing was changed."
        )
    return name[:120], subject[:500], words


def _kept(skeleton: Skeleton) -> Skeleton:
    try:
        with transaction.atomic():
            skeleton.save()
    except IntegrityError:
        raise NameTaken(
            f"There is a skeleton “{skeleton.name}” already. Nothing was changed; choose another name."
        ) from None
    return skeleton
