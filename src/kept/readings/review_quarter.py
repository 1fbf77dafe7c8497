"""A quarter of the year as a review looks at it: its days, its months, and how much of it is known yet."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kept.kit import words
from kept.kit.words import MONTHS
from kept.readings.worked import months_before

EARLIEST, LATEST = 1970, 2199  # years; beyond is a slip of the pen


@dataclass(frozen=True)
class Quarter:
    """The quarter that begins on `first`, in the client's zone, as known at `at`."""

    first: date
    zone: ZoneInfo
    at: datetime

    @property
    def last(self) -> date:
        """Its last day."""
        return words.last_of_month(months_before(self.first, -2))

    @property
    def since(self) -> datetime:
        return datetime.combine(self.first, time.min, self.zone)

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.last + timedelta(days=1), time.min, self.zone)

    @property
    def until(self) -> datetime:
        """Its end, or the moment up to which it is known."""
        return min(self.at, self.end)

    @property
    def today(self) -> date:
        return self.at.astimezone(self.zone).date()

    @property
    def last_known(self) -> date:
        """Its last day, or today while it runs."""
        return min(self.last, self.today)

    @property
    def months(self) -> tuple[date, ...]:
        """The first days of its months that have begun."""
        return tuple(month for month in (months_before(self.first, -each) for each in range(3)) if month <= self.today)

    @property
    def before(self) -> datetime:
        """The first moment of the quarter before."""
        return datetime.combine(months_before(self.first, 3), time.min, self.zone)

    @property
    def name(self) -> str:
        """ "July to September 2026"."""
        return named(self.first)

    @property
    def span(self) -> str:
        """ "1 July to 30 September 2026", up to today while it runs."""
        to = self.last_known
        return f"1 {MONTHS[self.first.month - 1]} to {to.day} {MONTHS[to.month - 1]} {to.year}"

    def holds(self, moment: datetime) -> bool:
        """Whether the moment lies in the part that is known."""
        return self.since <= moment < self.end and moment <= self.at

    def day(self, moment: datetime) -> str:
        """ "Wed 14 Oct": a day in the client's zone; a paper is read on other days, so that none is called today."""
        of = moment.astimezone(self.zone).date()
        said = f"{words.WEEKDAYS[of.weekday()][:3]} {of.day} {words.SHORT_MONTHS[of.month - 1]}"
        return said if abs((of - self.first).days) < 300 else f"{said} {of.year}"


def named(first: date) -> str:
    """ "July to September 2026"."""
    return f"{MONTHS[first.month - 1]} to {MONTHS[first.month + 1]} {first.year}"


def quarter_before(day: date) -> date:
    """The first day of the newest quarter that was over by that day."""
    return months_before(this_quarter(day), 3)


def this_quarter(day: date) -> date:
    """The first day of the quarter the day lies in."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def read_quarter(typed: str) -> date:
    """The first day of "2026Q3" or "2026-07-01". Raises ValueError with a plain sentence."""
    text = typed.strip().upper()
    year, mark, number = text.partition("Q")
    try:
        short_form = mark and number in {"1", "2", "3", "4"} and len(year) == 4
        day = date(int(year), int(number) * 3 - 2, 1) if short_form else date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day != this_quarter(day) or not EARLIEST <= day.year <= LATEST:
        raise ValueError(f"“{typed}” is no quarter. Write it like 2026Q3.")
    return day


def short(first: date) -> str:
    """ "2026Q3"."""
    return f"{first.year}Q{(first.month + 2) // 3}"
