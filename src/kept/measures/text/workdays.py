"""Working days as promises count them: the firm's calendar, or Monday to Friday until half past five without one."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from kept.measures.working_time import Calendar

CLOSING = time(17, 30)
_A_DAY = timedelta(days=1)
_FAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Workdays:
    """Days in `zone`, the sender's; `calendar` is taken to be of the same zone, or None."""

    zone: tzinfo
    calendar: Calendar | None = None

    def is_open(self, day: date) -> bool:
        """Whether anybody works on that day."""
        if self.calendar is None:
            return day.weekday() < 5
        return bool(self.calendar.open_dates(day, day))

    def closing(self, day: date) -> datetime:
        """When work ends on a day; half past five where nobody works."""
        plain = datetime.combine(day, CLOSING, self.zone)
        if self.calendar is None or not self.is_open(day):
            return plain
        closes = self.calendar.previous_open(datetime.combine(day, time(23, 59), self.zone)).astimezone(self.zone)
        return closes if closes.date() == day else plain

    def after(self, day: date, count: int) -> date:
        """The count-th working day after a day, itself not counted; plain days where nobody ever works."""
        found = day
        for _ in range(count):
            found = self._next(found)
        return found

    def on_or_after(self, day: date) -> date:
        """The day itself when anybody works on it, else the next working day."""
        return day if self.is_open(day) else self._next(day)

    def before(self, day: date) -> date:
        """The working day before a day."""
        return self.last(day - timedelta(days=14), day - _A_DAY) or day - _A_DAY

    def last(self, first: date, last: date) -> date | None:
        """The last working day from `first` to `last`, both included."""
        days = ((last - back * _A_DAY) for back in range((last - first).days + 1))
        return next((day for day in days if self.is_open(day)), None)

    def _next(self, day: date) -> date:
        if self.calendar is None:
            return day + _A_DAY * (3 if day.weekday() == 4 else 2 if day.weekday() == 5 else 1)
        found = self.calendar.open_dates(day + _A_DAY, day + timedelta(days=21)) or self.calendar.open_dates(
            day + _A_DAY, day + _FAR
        )
        return found[0] if found else day + _A_DAY
