"""A try to deliver a letter, as facts: begun, still going on, at its last word, and how it ended.

Each is one guarded update, so that of several workers one sends, and one whose time was up sends nothing more. The
reasons stand in docs/decisions/0007-sending-once.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from kept.ledgers.journal.verbs import write
from kept.ledgers.letters.models import Bounce, Letter, Letters

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=4)
GIVE_UP_AFTER = timedelta(days=2)


class Lost(Exception):
    """The try took so long that another worker has taken the letter over: nothing more may be sent by this one."""


@dataclass(frozen=True)
class Try:
    """One try; `since` tells it from any later one of the same letter."""

    letter: Letter
    since: datetime


@dataclass(frozen=True)
class Refused:
    """A receiver that the server did not take; `code` is SMTP's, 550."""

    email: str
    code: int
    said: str


def due(*, at: datetime, lease: timedelta) -> list[int]:
    """The letters to be tried now, those waiting longest first; not those that may have gone already."""
    now = Q(next_try_at=None) | Q(next_try_at__lte=at)
    free = Q(trying_since=None) | Q(trying_since__lt=at - lease)
    waiting = Letter.objects.under_way().filter(now, free, go_at__lte=at, data_began_at=None)
    return list(waiting.order_by("go_at", "pk").values_list("pk", flat=True))


def begin(pk: int, *, at: datetime, lease: timedelta) -> Try | None:
    """Take the letter for one try, before any server is spoken to; None when somebody else has it, or it is not due."""
    free = Q(trying_since=None) | Q(trying_since__lt=at - lease)
    waiting = Letter.objects.under_way().filter(free, pk=pk, go_at__lte=at, data_began_at=None)
    now = Q(next_try_at=None) | Q(next_try_at__lte=at)
    if not waiting.filter(now).update(trying_since=at, tries=F("tries") + 1):
        return None
    return Try(Letter.objects.select_related("by__office", "mailbox", "answers").get(pk=pk), at)


def go_on(trying: Try, *, at: datetime) -> Try:
    """Say that the try still goes on, so that nobody takes it for dead. Raises Lost."""
    if not _mine(trying).update(trying_since=at):
        raise Lost
    return Try(trying.letter, at)


def last_word(trying: Try, *, at: datetime) -> None:
    """From here on the letter may have gone: to be committed before the final dot is sent. Raises Lost."""
    if not _mine(trying).update(data_began_at=at):
        raise Lost


def put_off(trying: Try, *, why: str, at: datetime) -> None:
    """It did not go, and may the next time: 1, 2, 4 ... minutes later, at most 4 hours, for two days."""
    letter = Letter.objects.get(pk=trying.letter.pk)
    if at - max(letter.go_at or at, letter.sent_off_at or at) >= GIVE_UP_AFTER:
        refuse(trying, why=f"{why} Kept tried for two days and gave up.", at=at)
        return
    pause = min(FIRST_PAUSE * 2 ** min(letter.tries - 1, 20), LONGEST_PAUSE)
    _ended(trying).update(trying_since=None, data_began_at=None, next_try_at=at + pause, trouble=why[:500])


@transaction.atomic
def refuse(trying: Try, *, why: str, at: datetime) -> None:
    """It did not go, and never will like this; its author is told."""
    facts = {"trying_since": None, "data_began_at": None, "refused_at": at, "trouble": why[:500]}
    if _ended(trying).update(**facts):
        _write("letters.refuse", trying.letter, at=at, said=why[:500])


def leave_open(trying: Try, *, why: str) -> None:
    """The server was given all and did not answer: it may have gone. Its author decides; nobody tries it again."""
    _ended(trying).filter(data_began_at__isnull=False).update(trying_since=None, trouble=why[:500])


@transaction.atomic
def accept(trying: Try, *, refused: Sequence[Refused], at: datetime) -> bool:
    """A server took it, but for the receivers in `refused`. False when that was known.

    A fact whatever else happened meanwhile: also of a try that was thought lost.
    """
    facts = {"trying_since": None, "accepted_at": at, "refused_at": None, "next_try_at": None, "trouble": ""}
    facts |= {"refusal_seen_at": None, "link": ""}  # its reader has it now, and nobody else needs it
    if not Letter.objects.filter(pk=trying.letter.pk, go_at__isnull=False, accepted_at=None).update(**facts):
        return False
    for one in refused:
        status = {5: "5.0.0", 4: "4.0.0"}.get(one.code // 100, "")
        said = f"{one.code} {one.said}".strip()[:500]
        row = {"status": status, "said": said, "at": at}
        Bounce.objects.get_or_create(letter=trying.letter, email=one.email[:254], for_good=True, defaults=row)
    _write("letters.go", trying.letter, at=at)
    return True


def _mine(trying: Try) -> Letters:
    return Letter.objects.under_way().filter(pk=trying.letter.pk, trying_since=trying.since, data_began_at=None)


def _ended(trying: Try) -> Letters:
    return Letter.objects.under_way().filter(pk=trying.letter.pk, trying_since=trying.since)


def _write(verb: str, letter: Letter, *, at: datetime, said: str = "") -> None:
    write(verb, letter, by=None, at=at, client_id=letter.client_id, said=said)
