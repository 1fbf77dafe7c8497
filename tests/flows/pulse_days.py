"""Days on which the cast is asked how it felt, and short ways to let things happen before."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from kept.flows.send_pulse import season_at
from kept.ledgers.clients.models import Contact
from kept.ledgers.pulses import wishing
from kept.ledgers.pulses.models import Occasion
from kept.ledgers.touches.models import Meeting
from kept.ledgers.touches.verbs import met
from tests.cast import Studio, london, worked

BEGAN = london(1, "08:00")
ZONE = ZoneInfo("Europe/London")


def habit(s: Studio, *occasions: Occasion, since: datetime = BEGAN) -> None:
    """The firm asks by itself at these occasions."""
    for occasion in occasions:
        wishing.take_up(occasion, by=s.ada, at=since)


def their_day(contact: Contact, *, clock: str = "09:40", later: int = 0) -> datetime:
    """The day in the last quarter of 2026 on which this person is asked, or so many days later."""
    day = season_at(london(2)).day_of(contact) + timedelta(days=later)
    return datetime.combine(day, time.fromisoformat(clock), ZONE)


def met_by(s: Studio, *, at: datetime, about: str = "the map") -> Meeting:
    """Kit met Borealis."""
    return met(s.borealis, about=about, met_at=at, promised=[s.kit], came=[s.kit], by=s.kit, at=at + timedelta(hours=1))


def kit_worked(s: Studio, *, day: datetime) -> None:
    """Kit did the work of Borealis that day."""
    worked(s.borealis, member=s.kit, day=day.date())
