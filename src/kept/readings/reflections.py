"""What we learned with a client, newest first, and what happened lately that nobody has thought over yet."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from kept.ledgers.clients.models import Client
from kept.ledgers.pledges.models import Sentence
from kept.ledgers.pulses.models import Answer
from kept.ledgers.reflections.models import Kind, Reflection, Wording
from kept.ledgers.team.models import Member
from kept.readings.evidence import pulses
from kept.readings.felt_given import MARKS
from kept.readings.pledge_in_force import in_force
from kept.readings.snapshots.models import Snapshot

GLAD, LOW = 9, 4  # a mark from which on, or up to which, an answer is worth a thought
LATELY = timedelta(days=60)
REMINDED = timedelta(days=14)  # for so long Today says that an answer is worth a thought
MOVED = 5  # rows of trust kept beside a reflection


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something that happened: its words, and its row."""

    kind: Kind
    words: str
    noun: str
    pk: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Thought:
    """A reflection with its wordings, the newest first."""

    row: Reflection
    wordings: tuple[Wording, ...]

    @property
    def now(self) -> Wording:
        return self.wordings[0]


@dataclass(frozen=True, slots=True)
class Reflecting:
    """All of one client; `moved` are the rows that move its trust most today, `sentences` our pledge as it then was."""

    client: Client
    thoughts: tuple[Thought, ...]
    occasions: tuple[Occasion, ...]
    moved: tuple[dict[str, Any], ...]
    sentences: tuple[Sentence, ...]


def reflecting(client: Client, *, at: datetime) -> Reflecting:
    """Seven queries, whatever the history."""
    rows = list(Reflection.objects.filter(client=client).select_related("by", "sentence").prefetch_related("wordings"))
    thoughts = tuple(Thought(row, tuple(row.wordings.all())) for row in rows)
    latest = Snapshot.objects.filter(client=client, at__lte=at).order_by("-day").first()
    done = {(row.after_noun, row.after_id) for row in rows}
    return Reflecting(
        client=client,
        thoughts=thoughts,
        occasions=_occasions(client, latest, at=at, done=done),
        moved=_moved(latest),
        sentences=in_force(at),
    )


def worth_a_thought(viewer: Member, *, since: datetime, at: datetime) -> QuerySet[Answer]:
    """Answers after `since`, glad or low, of clients this member leads, that nobody has reflected on; newest first."""
    done = Reflection.objects.filter(after_noun=Answer._meta.label).values("after_id")
    recent = Answer.objects.filter(client__lead=viewer.pk, at__gt=since, at__lte=at)
    return recent.seen_by(viewer).filter(_marked()).exclude(pk__in=done).order_by("-at", "-pk")


def _marked() -> Q:
    """Any mark glad or low; what was not touched is neither."""
    names = [stream.value for stream in MARKS]
    return Q(*[(f"{name}__gte", GLAD) for name in names], *[(f"{name}__lte", LOW) for name in names], _connector=Q.OR)


def _occasions(
    client: Client, latest: Snapshot | None, *, at: datetime, done: Collection[tuple[str, int | None]]
) -> tuple[Occasion, ...]:
    """Glad and low answers, and what hurt; the newest first, each row once."""
    answers = list(Answer.objects.filter(_marked(), client=client, at__gt=at - LATELY, at__lte=at)[:10])
    told = pulses.told([one.pk for one in answers]) if answers else {}
    found = [Occasion(_kind(one), told[one.pk].words, Answer._meta.label, one.pk, one.at) for one in answers]
    found += _incidents(latest)
    once = {(one.noun, one.pk): one for one in reversed(found) if (one.noun, one.pk) not in done}
    return tuple(sorted(once.values(), key=lambda one: (one.at, one.pk), reverse=True))


def _kind(one: Answer) -> Kind:
    """A low mark weighs more than a high one beside it."""
    marks = [mark for stream in MARKS if (mark := getattr(one, stream.value)) is not None]
    return Kind.DISAPPOINTMENT if min(marks) <= LOW else Kind.DELIGHT


def _incidents(latest: Snapshot | None) -> list[Occasion]:
    said = latest.told.get("alarms", []) if latest else []
    return [
        Occasion(Kind.DISAPPOINTMENT, one["words"], one["noun"], one["pk"], datetime.fromisoformat(one["at"]))
        for one in said
        if one.get("kind") == "incident" and {"words", "noun", "pk"} <= one.keys()
    ]


def _moved(latest: Snapshot | None) -> tuple[dict[str, Any], ...]:
    rows = latest.told.get("rows", []) if latest else []
    return tuple(
        {"words": one["words"], "points": round(one["points"], 2), "noun": one["noun"], "pk": one["pk"]}
        for one in rows[:MOVED]
        if "words" in one
    )
