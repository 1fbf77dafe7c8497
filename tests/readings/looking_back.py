"""What hurts a client, for tests that look back on it."""

from datetime import datetime, timedelta

from kept.ledgers.promises import verbs as promises
from kept.ledgers.promises.models import Promise, Size
from kept.ledgers.pulses.models import Answer
from tests.cast import Studio


def answer(studio: Studio, at: datetime, **marks: int) -> Answer:
    """What Cleo answered."""
    return Answer.objects.create(client=studio.borealis, contact=studio.cleo, at=at, **marks)


def broken(studio: Studio, *, due: datetime, size: Size = Size.MAJOR) -> Promise:
    """A promise that nobody kept."""
    return promises.promise(
        studio.borealis, words="New navigation live", due=due, by=studio.bo, at=due - timedelta(days=20), size=size
    )
