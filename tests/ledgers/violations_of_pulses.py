"""One wrong row for every constraint on invitations, answers, and whom we did not ask."""

from datetime import timedelta
from typing import Any

from django.db import models

from kept.ledgers.pulses.models import MARKS, Answer, FollowUp, Habit, Invitation, Skip, Wish
from tests.cast import NOW, Studio
from tests.ledgers.violations import Violation, made, twice

LATER = NOW + timedelta(days=21)
QUARTER = {"moment": "quarter:2026-4"}


def asked(s: Studio) -> dict[str, Any]:
    return {
        "client": s.borealis, "contact": s.cleo, "by": s.ada, "occasion": "quarter", "at": NOW, "closes_at": LATER,
    }  # fmt: skip


def said(s: Studio) -> dict[str, Any]:
    return {"client": s.borealis, "contact": s.cleo, "at": NOW}


def skipped(s: Studio) -> dict[str, Any]:
    return {"client": s.borealis, "contact": s.cleo, "occasion": "quarter", "at": NOW, "why": "wish"}


def followed(s: Studio) -> dict[str, Any]:
    row = Answer.objects.first() or Answer.objects.create(**said(s), secure=3)
    return {"answer": row, "owner": s.bo, "opened_at": NOW}


def twice_answered(s: Studio) -> None:
    row = Invitation.objects.create(**asked(s))
    for _ in range(2):
        Answer.objects.create(**said(s), invitation=row, secure=3)


def wrong(model: type[models.Model], facts: Any, **more: Any) -> Violation:
    return made(model, lambda s: facts(s) | more)


VIOLATIONS_OF_PULSES: dict[str, Violation] = {
    "invitation_occasion": wrong(Invitation, asked, occasion="a whim"),
    "invitation_language": wrong(Invitation, asked, language="it"),
    "invitation_closes_later": wrong(Invitation, asked, closes_at=NOW),
    "invited_once": twice(Invitation, lambda s: asked(s) | QUARTER),
    "reminder_has_day": wrong(Invitation, asked, reminder_hash="0" * 64),
    "Invitation.token_hash": twice(Invitation, lambda s: asked(s) | {"token_hash": "0" * 64}),
    "Invitation.reminder_hash": twice(Invitation, lambda s: asked(s) | {"reminder_hash": "0" * 64, "reminded_at": NOW}),
    **{f"answer_{name}": wrong(Answer, said, **{name: 11}) for name in MARKS},
    "answer_says_something": wrong(Answer, said),
    "Answer.invitation": twice_answered,
    "skip_occasion": wrong(Skip, skipped, occasion="a whim"),
    "skip_why": wrong(Skip, skipped, why="no time"),
    "skipped_once": twice(Skip, lambda s: skipped(s) | QUARTER),
    "Wish.contact": twice(Wish, lambda s: {"contact": s.cleo, "at": NOW}),
    "habit_occasion": made(Habit, lambda s: {"occasion": "a whim", "since": NOW}),
    "Habit.occasion": twice(Habit, lambda s: {"occasion": "quarter", "since": NOW}),
    "follow_up_ends_in_words": wrong(FollowUp, followed, spoke_at=NOW, ended_at=NOW),
    "follow_up_ends_after_speaking": wrong(FollowUp, followed, ended_at=NOW, outcome="all is well"),
    "FollowUp.answer": twice(FollowUp, followed),
}
