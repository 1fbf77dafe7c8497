"""Files that go along with a letter: their bytes kept once, their names made safe, and not too much for a server."""

import re
from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from kept.kit.rows import hold
from kept.ledgers.conversations.files import Content, packed
from kept.ledgers.letters.faults import TooLate
from kept.ledgers.letters.models import Letter, LetterFile

MOST_BYTES = 20 * 1024 * 1024  # most servers take 25 MB of mail, and files grow by a third on their way
LONGEST_NAME = 180
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_KIND = re.compile(r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,59}")


class TooLarge(ValueError):
    """The files together are more than a mail server takes."""


@transaction.atomic
def attach(letter: Letter, *, name: str, kind: str, content: bytes, at: datetime) -> LetterFile:
    """Let a file go along with a draft. `detach` undoes it; like `keep` it writes no journal line.

    The same bytes by the same name twice are one file. Raises TooLarge, TooLate when the letter has been sent off.
    """
    hold(letter)
    if letter.go_at is not None:
        raise TooLate("This letter was sent off already, so nothing can be added. Call it back first.")
    name = safe_name(name)
    row = enclose(content, kind=kind)
    standing = letter.files.filter(content=row, name=name).first()
    if standing is not None:
        return standing
    together = letter.files.aggregate(all=Sum("content__size"))["all"] or 0
    if together + len(content) > MOST_BYTES:
        raise TooLarge(
            f"“{name}” was not added: with it the files would be more than {MOST_BYTES // 1024**2} MB, "
            "which many mail servers refuse. Send a link to it instead."
        )
    Letter.objects.filter(pk=letter.pk).update(changed_at=at)
    known = kind.lower() if _KIND.fullmatch(kind.lower()) else "application/octet-stream"
    return LetterFile.objects.create(letter=letter, content=row, name=name, kind=known)


@transaction.atomic
def detach(file: LetterFile, *, at: datetime) -> None:
    """Take a file out of a draft again. Twice is once. Raises TooLate when the letter has been sent off."""
    letter = file.letter
    hold(letter)
    if letter.go_at is not None:
        raise TooLate("This letter was sent off already, so the file goes along. Call it back first.")
    if LetterFile.objects.filter(pk=file.pk).delete()[0]:
        Letter.objects.filter(pk=letter.pk).update(changed_at=at)


def enclose(content: bytes, *, kind: str = "") -> Content:
    """The row of these bytes, made when nobody has sent or received them before."""
    new = packed(content, kind=kind)
    facts = {"size": new.size, "zipped": new.zipped, "is_zipped": new.is_zipped}
    return Content.objects.get_or_create(sha256=new.sha256, defaults=facts)[0]


def safe_name(given: str) -> str:
    """A name without folders, controls and direction marks, at most 180 characters, its ending kept."""
    bare = re.split(r"[\\/]", _UNSAFE.sub("", given).strip().rstrip("\\/"))[-1]
    name = " ".join(bare.split()).strip(" .\"'") or "file"
    stem, dot, ending = name.rpartition(".")
    if len(name) <= LONGEST_NAME or not dot or len(ending) > 12:
        return name[:LONGEST_NAME]
    return stem[: LONGEST_NAME - len(ending) - 1] + dot + ending
