"""What is done about invitations: invite, remind, withdraw, retire; and whom we did not ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kept.kit.rows import hold
from kept.ledgers.clients.models import Contact
from kept.ledgers.journal.verbs import write
from kept.ledgers.letters import deciding
from kept.ledgers.letters.models import Letter
from kept.ledgers.pulses.answering import Closed, answer, take_back
from kept.ledgers.pulses.models import Invitation, Language, Occasion, Skip, Why
from kept.ledgers.team.models import Member

__all__ = [
    "Closed", "Moment", "answer", "invite", "remind", "retire", "skip", "take_back", "take_back_withdrawal", "withdraw",
]  # fmt: skip


@dataclass(frozen=True)
class Moment:
    """Why somebody is asked now: `about` in words ("the new checkout"), `key` names it once, empty by hand."""

    occasion: Occasion
    about: str = ""
    key: str = ""


@transaction.atomic
def invite(
    contact: Contact,
    *,
    moment: Moment,
    hashed: str,
    by: Member,
    at: datetime,
    closes_at: datetime,
    language: Language = Language.ENGLISH,
    letter: Letter | None = None,
) -> Invitation:
    """Ask `contact` in the name of `by` until `closes_at`; `hashed` is the hash of the token in `letter`.

    `withdraw` undoes it. Raises IntegrityError when somebody was asked about this very moment before.
    """
    row = Invitation.objects.create(
        client_id=contact.client_id, contact=contact, occasion=moment.occasion, about=moment.about.strip()[:200],
        moment=moment.key, language=language, by=by, at=at, closes_at=closes_at, token_hash=hashed, letter=letter,
    )  # fmt: skip
    write("pulses.invite", row, by=by, at=at, client_id=row.client_id, said=row.about, occasion=str(row.occasion))
    return row


@transaction.atomic
def remind(row: Invitation, *, hashed: str, by: Member | None, at: datetime, letter: Letter | None = None) -> bool:
    """Ask once more, by a link of its own; only once, so False when it was done. A letter that went is not undone.

    Where the first link was passed on, the new one takes its place. Raises Closed unless it is open.
    """
    hold(row)
    if row.reminded_at is not None:
        return False
    if row.withdrawn_at is not None or at >= row.closes_at:
        raise Closed("This invitation is not open any more, so nobody was reminded.")
    row.reminded_at, row.reminder, row.reminder_hash = at, letter, hashed
    if row.retired_at is not None:
        row.token_hash, row.retired_at = None, None
    row.save(update_fields=["reminded_at", "reminder", "reminder_hash", "token_hash", "retired_at"])
    write("pulses.remind", row, by=by, at=at, client_id=row.client_id)
    return True


@transaction.atomic
def withdraw(row: Invitation, *, by: Member, at: datetime) -> None:
    """Its link answers no more, and what has not gone yet does not go; `take_back_withdrawal` undoes it. Twice is once.

    An answer that was given stays. The moment is not asked about again.
    """
    if not Invitation.objects.filter(pk=row.pk, withdrawn_at=None).update(withdrawn_at=at):
        return
    row.refresh_from_db()
    for letter in _letters(row):
        if letter.go_at and not letter.accepted_at and not letter.refused_at and letter.data_began_at is None:
            deciding.give_up(letter, by=None, at=at)
    write("pulses.withdraw", row, by=by, at=at, client_id=row.client_id)


@transaction.atomic
def take_back_withdrawal(row: Invitation, *, by: Member, at: datetime) -> None:
    """Its link answers again, and what we gave up goes. Twice is once."""
    since = row.withdrawn_at
    if not Invitation.objects.filter(pk=row.pk, withdrawn_at__isnull=False).update(withdrawn_at=None):
        return
    row.refresh_from_db()
    for letter in _letters(row):
        if letter.refused_at is not None and letter.refused_at == since:
            deciding.try_now(letter, by=None, at=at)
    write("pulses.take_back_withdrawal", row, by=by, at=at, client_id=row.client_id, was=since and since.isoformat())


@transaction.atomic
def retire(row: Invitation, *, at: datetime) -> None:
    """Its link came to us in a mail, where others read it: it answers no more. Twice is once.

    Not undone: a link that was seen stays seen. A reminder, if one is due, brings a new one.
    """
    if Invitation.objects.filter(pk=row.pk, retired_at=None).update(retired_at=at):
        write("pulses.retire", row, by=None, at=at, client_id=row.client_id)
    row.refresh_from_db()


@transaction.atomic
def skip(contact: Contact, *, moment: Moment, why: Why, at: datetime, words: str = "") -> Skip | None:
    """Keep that somebody was not asked, and why; None when that was said of this moment before.

    Not undone, as it is a fact; they may be asked about the same moment later.
    """
    told = {"occasion": moment.occasion, "about": moment.about[:200], "at": at, "words": words[:300]}
    key = {"contact": contact, "moment": moment.key, "why": why}
    if moment.key:
        row, new = Skip.objects.get_or_create(**key, defaults={"client_id": contact.client_id, **told})
    else:
        row, new = Skip.objects.create(client_id=contact.client_id, **key, **told), True
    if not new:
        return None
    write("pulses.skip", row, by=None, at=at, client_id=row.client_id, said=words, why=str(why))
    return row


def _letters(row: Invitation) -> Iterable[Letter]:
    return filter(None, (row.letter, row.reminder))
