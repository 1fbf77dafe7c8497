"""What became of one promise, oldest first, with what was written down and taken back again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.dateparse import parse_datetime

from kept.kit.names import calling
from kept.ledgers.journal.models import Line
from kept.ledgers.promises.models import Outcome
from kept.readings.promised import Said


@dataclass(frozen=True)
class Step:
    """One thing that happened: `kind` is "made", "kept", "moved", "released" or "taken_back".

    `outcome` is the row that stands, if it stands; a step that was taken back has none, and says so by `taken_back`.
    """

    at: datetime
    kind: str
    by: str
    agreed: str = ""
    reason: str = ""
    was_due: datetime | None = None
    new_due: datetime | None = None
    outcome: Outcome | None = None
    taken_back: bool = False


def promise_story(said: Said) -> list[Step]:
    """The steps of one promise in the order in which they happened. One query."""
    promise = said.promise
    steps = [Step(at=promise.made_at, kind="made", by=promise.by.first_name, was_due=promise.first_due)]
    steps += [_standing(outcome) for outcome in said.outcomes]
    lines = Line.objects.filter(
        client_id=promise.client_id, verb="promises.take_back", facts__was__promise_id=promise.pk
    )
    for line in lines.order_by("at", "pk"):
        steps += _taken_back(line)
    return sorted(steps, key=lambda step: step.at)


def _standing(outcome: Outcome) -> Step:
    return Step(
        at=outcome.at,
        kind=outcome.kind,
        by=outcome.by.first_name if outcome.by else "",
        agreed=outcome.agreed,
        reason=outcome.reason or outcome.words,
        was_due=outcome.was_due,
        new_due=outcome.new_due,
        outcome=outcome,
    )


def _taken_back(line: Line) -> Iterator[Step]:
    """Two steps: what had been written down, and that it was taken back."""
    facts = line.facts["was"]
    happened = _moment(facts.get("at"))
    if happened:
        yield Step(
            at=happened,
            kind=facts["kind"],
            by="",
            agreed=facts.get("agreed", ""),
            reason=facts.get("reason") or facts.get("words", ""),
            was_due=_moment(facts.get("was_due")),
            new_due=_moment(facts.get("new_due")),
            taken_back=True,
        )
    yield Step(at=line.at, kind="taken_back", by=calling(line.by_name))


def _moment(text: str | None) -> datetime | None:
    return parse_datetime(text) if text else None
