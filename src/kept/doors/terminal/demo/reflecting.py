"""What the demo's people learned after a disappointment and a delight."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from kept.doors.terminal.demo.stage import Stage
from kept.ledgers.pulses.models import Answer
from kept.ledgers.reflections import verbs as reflections
from kept.ledgers.reflections.models import Kind
from kept.ledgers.reflections.verbs import After, Learned
from kept.readings.evidence import pulses
from kept.readings.reflections import MOVED
from kept.readings.snapshots.telling import told, words_for
from kept.readings.trust import trust_of_firm


class Thought(NamedTuple):
    """After an answer that began so, one of us wrote what we learn and the one change."""

    client: str
    began: str
    kind: Kind
    by: str
    learned: str
    change: str


THOUGHTS = (
    Thought(
        "borealis",
        "You always make it right",
        Kind.DISAPPOINTMENT,
        "bo",
        "It was never the lateness. She has to explain dates to her own people, and nobody told her ours before she "
        "asked. We were busy making it right, and called that service.",
        "One letter every Thursday: what is done, what moved, and why, before she has to ask.",
    ),
    Thought(
        "pellam",
        "The donkey",
        Kind.DELIGHT,
        "ada",
        "Nobody had asked for the card, and it took Kit an hour. What moved them was that somebody had looked at the "
        "donkey long enough to draw it from memory.",
        "An hour a month for something nobody asked for, chosen beforehand and written down as a gift.",
    ),
)


def reflect(stage: Stage) -> None:
    """Write them down three days after the answer, beside what had moved trust by then."""
    for one in THOUGHTS:
        answer = Answer.objects.filter(client=stage.clients[one.client], words__startswith=one.began).last()
        if answer is not None:
            _write(stage, one, answer)


def _write(stage: Stage, one: Thought, answer: Answer) -> None:
    at = answer.at + timedelta(days=3)
    said = pulses.told([answer.pk])[answer.pk]
    reflections.reflect(
        stage.clients[one.client],
        kind=one.kind,
        after=After(said.words, said.noun, said.pk),
        learned=Learned(one.learned, one.change),
        moved=_moved(stage, one, at=at),
        by=stage.members[one.by],
        at=at,
    )


def _moved(stage: Stage, one: Thought, *, at: datetime) -> list[dict[str, Any]]:
    found = trust_of_firm(at).clients[stage.clients[one.client].pk]
    rows = told(found, words_for([found]))["rows"]
    named = [row for row in rows if "words" in row][:MOVED]
    return [
        {"points": round(row["points"], 2)} | {name: row[name] for name in ("words", "noun", "pk")} for row in named
    ]
