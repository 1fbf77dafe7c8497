"""What whoever was asked does: answer, change their mind until it closes, take it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from kept.kit.rows import hold, remove
from kept.ledgers.journal.verbs import facts_of, write
from kept.ledgers.promises import verbs as promises
from kept.ledgers.pulses.models import MARKS, Answer, FollowUp, Invitation

MOST = 10
LONGEST = 5000  # letters of their words


class Closed(ValueError):
    """The invitation is closed or was withdrawn; the sentence says so."""


@dataclass(frozen=True)
class Source:
    """The row in which they said it, such as ("conversations.Message", 7)."""

    noun: str = ""
    pk: int | None = None


@transaction.atomic
def answer(
    invitation: Invitation,
    *,
    marks: Mapping[str, int | None],
    at: datetime,
    words: str | None = None,
    call_me: bool | None = None,
    source: Source = Source(),  # frozen
) -> Answer:
    """Keep what they said, or change it; the same twice is once, and the journal keeps what stood there (`was`).

    `marks`: only what was touched (of `MARKS`, 0 to 10; None: taken away again); what is not named stays as it is, and
    so do `words` and `call_me` where they are None. `take_back` undoes it. Doors call `flows.hear_pulse.hear`, which
    opens the follow-up of a low answer as well. Raises Closed, ValueError with a sentence for whoever answers.
    """
    _check(marks)
    hold(invitation)
    if invitation.withdrawn_at is not None or at >= invitation.closes_at:
        raise Closed("This question is closed by now, so nothing was changed. Write to us; we read every line.")
    row = Answer.objects.filter(invitation=invitation).first()
    was = facts_of(row) if row else None
    row = row or Answer(
        invitation=invitation, client_id=invitation.client_id, contact_id=invitation.contact_id, at=at,
        source_noun=source.noun, source_id=source.pk,
    )  # fmt: skip
    _say(row, marks, words, call_me)
    if was == facts_of(row):
        return row
    if not _says_something(row):
        raise ValueError("Nothing was said yet. Choose a number, or write a word; one is enough.")
    row.changed_at = at if was else None
    row.save()
    facts: dict[str, Any] = {"was": was} if was else {}
    write(f"pulses.{'change' if was else 'answer'}", row, by=None, at=at, client_id=row.client_id, **facts)
    return row


@transaction.atomic
def take_back(row: Answer, *, at: datetime) -> None:
    """Their own change: it was never said. Twice is once; the journal keeps what stood there. Raises Closed.

    What was to follow a low answer and has not begun goes with it; a talk that was held stays in the journal.
    """
    if row.invitation is not None:
        hold(row.invitation)
        if row.invitation.withdrawn_at is not None or at >= row.invitation.closes_at:
            raise Closed("This question is closed by now, so nothing was changed. Write to us; we read every line.")
    follow_up = FollowUp.objects.filter(answer=row.pk).select_related("promise", "owner").first()
    was, followed = facts_of(row), facts_of(follow_up) if follow_up else None
    if not remove(row):
        return
    promise = follow_up.promise if follow_up else None
    if follow_up is not None and promise is not None and not promise.outcomes.exists():
        promises.withdraw(promise, by=follow_up.owner, at=at)
    write("pulses.take_back", row, by=None, at=at, client_id=row.client_id, was=was, followed=followed)


def _check(marks: Mapping[str, int | None]) -> None:
    unknown = marks.keys() - set(MARKS)
    if unknown:
        raise ValueError(f"There is no question called “{sorted(unknown)[0][:40]}”; nothing was changed.")
    if any(mark is not None and not 0 <= mark <= MOST for mark in marks.values()):
        raise ValueError(f"Choose a number from 0 to {MOST}; nothing was changed.")


def _say(row: Answer, marks: Mapping[str, int | None], words: str | None, call_me: bool | None) -> None:
    for name, mark in marks.items():
        setattr(row, name, mark)
    if words is not None:
        row.words = words.replace("\x00", "").strip()[:LONGEST]
    if call_me is not None:
        row.call_me = call_me


def _says_something(row: Answer) -> bool:
    return bool(row.words) or row.call_me or any(getattr(row, name) is not None for name in MARKS)
