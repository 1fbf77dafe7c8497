"""What is done with a round: opened, answered, closed, or called off.

An answer leaves no line in the journal: the line would tell who answered when. It cannot be taken back either, since
nobody, not even who gave it, can find it again. A round that has closed cannot be opened again: its key is gone.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from random import SystemRandom
from uuid import uuid4

from django.db import transaction

from kept.kit import secrets
from kept.kit.rows import hold, remove
from kept.ledgers.journal.verbs import write
from kept.ledgers.rounds.box import Box, Broken, hashed, new_key, seal, token_of, unseal
from kept.ledgers.rounds.counting import counted, worded
from kept.ledgers.rounds.models import HIGHEST, Asked, Question, Remark, Round, Tally
from kept.ledgers.team.models import Member
from kept.measures.anonymity import HIDING, Hiding, Why

LONGEST = 300  # letters of a remark


class TooFew(ValueError):
    """The firm is too small for its people to be asked without being told apart."""


class NotYours(ValueError):
    """The token is none of this round's, or was used; which of the two is not said."""


class NotOpen(ValueError):
    """The round has not opened, or has closed."""


@transaction.atomic
def open_round(
    members: Iterable[Member], *, closes_at: datetime, by: Member | None, at: datetime, hiding: Hiding = HIDING
) -> Round:
    """Ask these members from now until `closes_at`. While a round is open it is the one; twice is once.

    Raises TooFew below `hiding.firm` members.
    """
    standing = Round.objects.select_for_update().filter(closed_at__isnull=True).first()
    if standing is not None:
        return standing
    everybody = sorted({member.pk: member for member in members}.values(), key=lambda member: member.pk)
    if len(everybody) < hiding.firm:
        raise TooFew(Why.FIRM_TOO_SMALL.told(hiding=hiding))
    key = new_key()
    box = Box({hashed(token_of(key, member.pk)): member.office_id for member in everybody})
    row = Round.objects.create(
        opens_at=at, closes_at=closes_at, key=secrets.close(key), box=seal(box, key=key, people=len(everybody))
    )
    Asked.objects.bulk_create(Asked(round=row, member=member) for member in everybody)
    write("rounds.open", row, by=by, at=at, said="the team is asked", asked=len(everybody))
    return row


@transaction.atomic
def call_off(row: Round, *, by: Member | None, at: datetime) -> None:
    """Undo the opening: what was answered is thrown away unread. Twice is once; raises NotOpen once it has closed."""
    if Round.objects.filter(pk=row.pk, closed_at__isnull=False).exists():
        raise NotOpen("This round has closed; its answers can be shown or forgotten, but not unasked.")
    if remove(row):
        # not facts_of: neither box nor key belong into the journal
        write("rounds.call_off", row, by=by, at=at, said="asked and not answered", opened=row.opens_at.isoformat())


@transaction.atomic
def answer(row: Round, *, token: str, marks: Mapping[str, int], words: str = "", at: datetime) -> None:
    """Put an answer into the box, by a token alone: who gives it is not known here. Once a token.

    Raises ValueError in a plain sentence for an empty answer or a wrong mark, NotYours for the token, NotOpen too late.
    """
    if not marks:
        raise ValueError("Choose a mark for at least one of the three.")
    if not set(marks) <= set(Question.values) or not all(0 <= mark <= HIGHEST for mark in marks.values()):
        raise ValueError(f"A mark is a number from 0 to {HIGHEST}.")
    # what cannot be printed could take more room than the box has, or be refused by a database when it is too late
    said = "".join(each for each in " ".join(words.split()) if each.isprintable())[:LONGEST]
    hold(row)
    if row.closed_at is not None or not row.opens_at <= at < row.closes_at:
        raise NotOpen("This round has closed; the next one comes within a fortnight.")
    key = secrets.open_(row.key)
    box = unseal(row.box, key=key)
    people = row.asked.count()
    if not box.put(token, marks, said):
        raise NotYours("This answer was given already.")
    row.box = seal(box, key=key, people=people)
    row.save(update_fields=["box"])


@transaction.atomic
def close(row: Round, *, by: Member | None, at: datetime, hiding: Hiding = HIDING) -> Round:
    """Count the answers, keep what may be shown and nothing else, and destroy the key. Twice is once.

    Raises NotOpen before its time: whoever could close it at will could choose whose answer is counted alone.
    """
    hold(row)
    if row.closed_at is not None:
        return row
    if at < row.closes_at:
        raise NotOpen("A round closes at the time it was opened for, not before.")
    asked, box = row.asked.count(), _opened(row)
    marks = [Tally(round=row, **tally) for tally in counted(box.given, asked=asked, hiding=hiding)]
    Tally.objects.bulk_create(marks)
    keys = sorted(uuid4() for _ in box.given)  # so that neither keys nor places in the table tell who came first
    remarks = worded(box.given, chance=SystemRandom(), hiding=hiding)
    Remark.objects.bulk_create(
        Remark(pk=key, round=row, words=words) for key, words in zip(keys, remarks, strict=False)
    )
    row.closed_at, row.answers, row.key, row.box = at, len(box.given), "", ""
    row.save(update_fields=["closed_at", "answers", "key", "box"])
    write("rounds.close", row, by=by, at=at, said="the round closed", asked=asked, answers=len(box.given))
    return row


def token_for(row: Round, member: Member) -> str:
    """The member's token while it is unused, to be handed to them alone; '' when they have answered, or cannot."""
    try:
        key = secrets.open_(row.key)
        token = token_of(key, member.pk) if key else ""
        return token if token and hashed(token) in unseal(row.box, key=key).unused else ""
    except (Broken, secrets.Unreadable):
        return ""


def _opened(row: Round) -> Box:
    """What is in the box; nothing when its key is lost, as after a restore without KEPT_SECRETS."""
    try:
        return unseal(row.box, key=secrets.open_(row.key))
    except (Broken, secrets.Unreadable):
        return Box()
