"""What the whole demo is built on: the moment, the day, one seeded dice, and everybody by their key."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from kept.ledgers.clients.models import Client, Contact
from kept.ledgers.engagements.models import Engagement
from kept.ledgers.team.models import Firm, Member, Office
from kept.measures.working_time import Calendar

HOME = ZoneInfo("Europe/London")
YEAR = 372  # days of history before the day
NOON, EVENING = time(12), time(17, 30)


@dataclass
class Stage:
    """Built bit by bit; `at` is the moment of loading, `day` its day in Leeds, before which all history ends."""

    at: datetime
    day: date
    firm: Firm
    offices: dict[str, Office] = field(default_factory=dict)
    calendars: dict[str, Calendar] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    contacts: dict[tuple[str, str], Contact] = field(default_factory=dict)
    engagements: dict[tuple[str, str], Engagement] = field(default_factory=dict)

    @property
    def ends(self) -> datetime:
        """When the past ends and the present begins: midnight of the day."""
        return datetime.combine(self.day, time(0), HOME)

    def ago(self, days: int, clock: time = time(9, 30)) -> datetime:
        """A moment so many days before the day, at a time of day in Leeds."""
        return datetime.combine(self.day - timedelta(days=days), clock, HOME)

    def month(self, back: int) -> date:
        """The first day of the month so many months before the day's."""
        months = self.day.year * 12 + self.day.month - 1 - back
        return date(months // 12, months % 12 + 1, 1)

    def workdays(self, office: str, first: date, last: date) -> list[date]:
        """The days from first to last on which an office is open."""
        days = (first + timedelta(days=number) for number in range((last - first).days + 1))
        calendar = self.calendars[office]
        return [day for day in days if calendar.is_open(datetime.combine(day, time(10), HOME))]


def dice(purpose: str) -> Random:
    """A dice of its own for each purpose, so that a change in one part leaves the others as they were."""
    return Random(f"larkfield, {purpose}")  # noqa: S311  # a story, no secret


def workday(calendar: Calendar, near: datetime, days: int, clock: time = EVENING) -> datetime:
    """That time of day on the `days`-th working day from the day of `near`; in Leeds, as all promised times are."""
    found = calendar.same_time_after(near, days).astimezone(HOME)
    return datetime.combine(found.date(), clock, HOME)


def half_hour(at: datetime) -> datetime:
    """The next full or half hour."""
    over = timedelta(minutes=at.minute % 30, seconds=at.second, microseconds=at.microsecond)
    return at if not over else at - over + timedelta(minutes=30)
