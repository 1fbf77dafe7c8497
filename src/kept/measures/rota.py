"""Whose week it is: a turn lasts from Monday to Monday, and whoever does not work that week is passed over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kept.measures.working_time import Calendar

A_WEEK = timedelta(days=7)
FIRST = date(1970, 1, 5)  # a Monday


@dataclass(frozen=True, slots=True)
class Place:
    """One member's place in the rota, in its order; `works`: whether they work any hours at all."""

    member: int
    calendar: Calendar
    works: bool = True


def on_duty(rota: Sequence[Place], *, at: datetime, zone: ZoneInfo) -> list[int]:
    """The members in the order in which this week's letters are theirs: the first is on duty, the next stand in.

    The week begins on Monday, 00:00 in `zone`. Nobody who has no working time in it is listed.
    """
    monday = week_of(at, zone=zone)
    begins, ends = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (monday, monday + A_WEEK))
    turn = (monday - FIRST).days // 7 % len(rota) if rota else 0
    return [
        place.member
        for place in (*rota[turn:], *rota[:turn])
        if place.works and place.calendar.between(begins, ends) > timedelta(0)
    ]


def week_of(at: datetime, *, zone: ZoneInfo) -> date:
    """The Monday of the week that `at` lies in, in `zone`."""
    day = at.astimezone(zone).date()
    return day - timedelta(days=day.weekday())
