"""One promise opened in its place: what was said, what became of it, and the three ways on with their forms."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse

from kept.doors.desk import promise_states as states
from kept.doors.desk.promise_days import Here
from kept.doors.desk.promise_forms import MovePromise, ReleasePromise
from kept.kit import words
from kept.ledgers.conversations.models import Message
from kept.ledgers.promises.models import Outcome, OutcomeKind, Promise
from kept.readings.promise_story import Step, promise_story
from kept.readings.promised import Said
from kept.readings.promises_page import Promises

PLACES = {OutcomeKind.KEPT: "desk:keeping", OutcomeKind.MOVED: "desk:moving", OutcomeKind.RELEASED: "desk:release"}
Forms = Mapping[str, forms.Form]


@dataclass(frozen=True)
class Told:
    """One step of the story as it is drawn; `undo` is where it can be taken back."""

    at: str
    full: str
    said: str
    undone: bool
    undo: str


def undo_address(outcome: Outcome) -> str:
    """Where this very outcome is taken back; a later one of the same kind stays untouched."""
    place = reverse(PLACES[OutcomeKind(outcome.kind)], args=[outcome.promise_id])
    return f"{place}?of={outcome.pk}"


def opened_row(said: Said, page: Promises, *, here: Here, typed: Forms) -> dict[str, Any]:
    """What the opened row draws beside the row itself; `typed` are forms that came back with faults."""
    steps = promise_story(said)
    return {
        "said": said,
        "made": states.made_words(said, page, me=here.viewer.pk),
        "source": _source(said.promise, here),
        "story": [_told(step, said, page) for step in steps] if len(steps) > 1 else [],
        "open": said.ending is None,
        "keeping": states.keeping_words(said),
        "moving": states.moving_words(said, page),
        "releasing": states.releasing_words(said),
        "move": typed.get("move") or MovePromise(here=here, auto_id="move-%s"),
        "release": typed.get("release") or ReleasePromise(auto_id="release-%s"),
        "may_withdraw": not said.outcomes,
    }


def _source(promise: Promise, here: Here) -> str:
    """The conversation in which it was said, if the viewer may know of it."""
    if promise.source_noun != "conversations.Message":
        return ""
    found = (
        Message.objects.seen_by(here.viewer).filter(pk=promise.source_id or 0).values_list("conversation", flat=True)
    )
    conversation = found.first()
    return reverse("desk:conversation", args=[conversation]) if conversation else ""


def _told(step: Step, said: Said, page: Promises) -> Told:
    newest = said.outcomes[-1] if said.outcomes else None
    return Told(
        at=words.sentence(words.day(step.at.astimezone(page.zone).date(), today=page.at.astimezone(page.zone).date())),
        full=words.full(step.at, page.zone),
        said=states.step_words(step, said, page),
        undone=step.taken_back,
        undo=undo_address(newest) if newest is not None and step.outcome == newest else "",
    )
