"""The stretch of time an engagement's budget is for, its working days, and the usual pace of the months before."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from kept.ledgers.engagements.models import Budget, Engagement, Kind
from kept.measures.burn import Forecast
from kept.measures.working_time import Calendar
from kept.readings.budgets_read import Agreed
from kept.readings.worked import USUAL_MONTHS, Worked, months_before

HOUR = 3600


def period(engagement: Engagement, budgets: Sequence[Budget | Agreed], day: date) -> tuple[date, date | None]:
    """The month of a retainer or of hourly work, as far as it runs in it; the agreed stretch of a fixed job."""
    if engagement.kind != Kind.FIXED:
        month = day.replace(day=1)
        last = months_before(month, -1) - timedelta(days=1)
        return max(month, engagement.starts), min(last, engagement.ends or last)
    ends = [row.ends for row in budgets if row.ends] + ([engagement.ends] if engagement.ends else [])
    return engagement.starts, max(ends, default=None)


def usual(engagement: Engagement, hours: Worked, starts: date, calendar: Calendar) -> float | None:
    """Mean daily hours over the last three periods, as far as the engagement goes back; None for a new one."""
    first = max(months_before(starts.replace(day=1), USUAL_MONTHS), engagement.starts)
    last = starts.replace(day=1) - timedelta(days=1)
    days = len(working_dates(calendar, first, last)) if first <= last else 0
    return hours.usual / HOUR / days if days else None


def run_out(forecast: Forecast | None, starts: date, ends: date | None, calendar: Calendar) -> date | None:
    """The working day on which the budget is used up; None where it lasts, or nothing can be foreseen."""
    if forecast is None or forecast.run_out_day is None or ends is None:
        return None
    dates = working_dates(calendar, starts, ends)
    return dates[min(int(forecast.run_out_day), len(dates) - 1)] if dates else None


@lru_cache(maxsize=8192)
def working_dates(calendar: Calendar, first: date, last: date) -> tuple[date, ...]:
    """The working days from first to last, both included; the same few stretches are asked for again and again."""
    return calendar.open_dates(first, last)
