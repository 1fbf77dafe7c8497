"""Short ways to try a number, and to have something on which it tells."""

from datetime import datetime, timedelta

from kept.ledgers.choices import verbs as choices
from kept.ledgers.choices.models import SignKind
from kept.ledgers.clients.models import Client
from kept.ledgers.promises import verbs as promises
from kept.ledgers.pulses.models import Answer
from kept.ledgers.team.models import Member
from kept.readings.calendars import offices
from kept.readings.numbers_effects import Trial, trial
from tests.acting import promised
from tests.studio import NOW, Studio, london

YESTERDAY = london(19)


def tried(studio: Studio, key: str, value: float, *, viewer: Member | None = None, at: datetime = NOW) -> Trial:
    """The number at that value, for the owner unless said otherwise."""
    return trial(key, value, viewer=viewer or studio.ada, at=at, house=offices())


def said(client: Client, *marks: int, at: datetime = YESTERDAY) -> Answer:
    """How it felt, in the order of the four feelings, then the mark."""
    names = ("secure", "cherished", "delighted", "dazzled", "mark")
    return Answer.objects.create(client=client, at=at, **dict(zip(names, marks, strict=False)))


def loyal(studio: Studio) -> None:
    """Borealis would choose us again."""
    for month in (4, 6, 8, 10):
        said(studio.borealis, 9, 10, 9, 9, 9, at=london(1, month=month))
    choices.note(studio.borealis, kind=SignKind.SENT_OTHERS, seen_at=london(1), by=studio.bo, at=london(1))


def weeks_of_failing(studio: Studio) -> None:
    """A good year to learn what is usual, then weeks in which every promise to Borealis came late."""
    for week in range(75, 0, -1):
        due = NOW - timedelta(weeks=week, days=1)
        row = promised(studio.borealis, by=studio.bo, due=due, at=due - timedelta(days=5))
        promises.keep(row, by=studio.bo, at=due + (timedelta(days=6) if week < 12 else timedelta(hours=-1)))
