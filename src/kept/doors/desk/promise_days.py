"""Days and times of promises as people type them, read in the member's office and said back in full."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator

from kept.kit import words
from kept.ledgers.team.models import Member
from kept.measures.working_time import Calendar
from kept.readings.calendars import Offices

# a year beyond is a slip of the pen; at the end of all dates no zone can be reckoned with
NO_SLIP = MaxValueValidator(date(2199, 12, 31), "Look at the year again: that is far away.")


@dataclass(frozen=True)
class Here:
    """Who asks, when, and the offices: what every form of a promise is read by."""

    viewer: Member
    at: datetime
    offices: Offices

    @property
    def zone(self) -> ZoneInfo:
        return self.offices.zone_of(self.viewer)

    @property
    def calendar(self) -> Calendar:
        return self.offices.calendar_of(self.viewer.office_id)

    def moment(self, day: date, clock: time | None) -> datetime:
        """That day and time in the member's office; without a time, when it closes that day."""
        return datetime.combine(day, clock or self.closing(day), self.zone)

    def closing(self, day: date) -> time:
        """When the member's office closes that day; on a day off, when it closed before."""
        midnight = datetime.combine(day + timedelta(days=1), time.min, self.zone)
        try:
            closes = self.calendar.previous_open(midnight).astimezone(self.zone)
        except ValueError:  # an office that never opens
            return time(17)
        return closes.time() if closes.time() != time.min else time(23, 59)

    def full(self, at: datetime) -> str:
        """ "Friday 23 October, 17:30", with the year where it is another."""
        local = at.astimezone(self.zone)
        year = f" {local.year}" if local.year != self.at.astimezone(self.zone).year else ""
        return f"{words.long_day(local.date())}{year}, {local:%H:%M}"
