"""Which clocks stand still because we wait for them: the pauses of conversations, as they stood at a moment."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from django.db.models import QuerySet

from kept.kit.written_once import written_once
from kept.ledgers.conversations.holding import Pause
from kept.measures.pauses import Pause as Stretch


class Held(Protocol):
    """A pause, of which only its two moments are read."""

    @property
    def at(self) -> datetime: ...
    @property
    def ended_at(self) -> datetime | None: ...


def pauses_of(conversations: Iterable[int], *, at: datetime) -> dict[int, list[Pause]]:
    """By conversation, oldest first, what had been paused by `at`, each with who did it. One query."""
    found: dict[int, list[Pause]] = defaultdict(list)
    for row in _paused(list(conversations), at):
        found[row.conversation_id].append(row)
    return found


@written_once
def _paused(talks: Sequence[int], at: datetime) -> QuerySet[Pause]:
    return Pause.objects.filter(conversation__in=talks, at__lte=at).select_related("by").order_by("at", "pk")


def stretches(pauses: Iterable[Held], *, theirs: Sequence[datetime], at: datetime) -> list[Stretch]:
    """The pauses as stretches: each ends when somebody ended it, or at the first of the moments `theirs` wrote at."""
    return [Stretch(pause.at, _end(pause, theirs, at)) for pause in pauses]


def standing(pauses: Sequence[Pause], *, theirs: Sequence[datetime], at: datetime) -> Pause | None:
    """The one that holds the clock at `at`, if any does."""
    return next((one for one in pauses if Stretch(one.at, _end(one, theirs, at)).holds(at)), None)


def _end(pause: Held, theirs: Sequence[datetime], at: datetime) -> datetime | None:
    wrote = min((when for when in theirs if pause.at < when <= at), default=None)
    ended = pause.ended_at if pause.ended_at is not None and pause.ended_at <= at else None
    return min(filter(None, (wrote, ended)), default=None)
