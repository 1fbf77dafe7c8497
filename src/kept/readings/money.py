"""The Money page: each engagement's hours against what was paid for, by what it will likely cost, and the year."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from kept.kit import words
from kept.ledgers.team.models import Member
from kept.readings.budgets import Running, running
from kept.readings.calendars import offices
from kept.readings.overservice import Year, year


@dataclass(frozen=True)
class Money:
    """`crossing` will likely go beyond, or nobody knows; `within` will not; `ended` have run their time."""

    at: datetime
    day: date
    zone: ZoneInfo
    crossing: list[Running]
    within: list[Running]
    ended: list[Running]
    year: Year
    elapsed: int  # working days of this month gone, and in all, by the main office
    days: int

    @property
    def sure(self) -> list[Running]:
        """Those that will likely be crossed."""
        return [row for row in self.crossing if row.alarm and row.alarm.level]

    @property
    def unknown(self) -> list[Running]:
        """Those of which nobody can tell before somebody says how much is left."""
        return [row for row in self.crossing if not (row.alarm and row.alarm.level)]

    @property
    def cost(self) -> dict[str, Decimal]:
        """What the likely hours beyond will cost, by currency; of the unknown ones nothing is reckoned."""
        found: dict[str, Decimal] = {}
        for row in self.sure:
            if row.cost:
                found[row.currency] = found.get(row.currency, Decimal(0)) + row.cost
        return found


def money(viewer: Member, *, at: datetime, mine: bool = False) -> Money:
    """Everything on the Money page for `viewer`; `mine`: of their own clients only. At most 14 queries."""
    house = offices()
    zone = house.zone_of(viewer)
    day = at.astimezone(zone).date()
    rows = [
        row for row in running(viewer, at=at, offices=house) if not mine or row.engagement.client.lead_id == viewer.pk
    ]
    crossing: list[Running] = []
    within: list[Running] = []
    ended: list[Running] = []
    for row in rows:
        (ended if row.is_over(day) else crossing if row.deserves_word else within).append(row)
    month = day.replace(day=1)
    last = words.last_of_month(day)
    return Money(
        at=at,
        day=day,
        zone=zone,
        crossing=crossing,
        within=sorted(within, key=_nearest),
        ended=ended,
        year=year(viewer, at=at, offices=house, mine=mine),
        elapsed=len(house.main.open_dates(month, day - timedelta(days=1))),
        days=len(house.main.open_dates(month, last)),
    )


def _nearest(row: Running) -> tuple[bool, float, int]:
    """Nearest to its line first; work by the hour, which has none, last."""
    chance = row.forecast.probability_over(1.0) if row.forecast else 0.0
    return (row.forecast is None, -chance, row.engagement.pk)
