"""Hours against what was paid for: each engagement's running budget with its forecast and what it will likely cost."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from django.db.models import Q

from kept.ledgers.clients.models import Client
from kept.ledgers.engagements.models import Budget, Engagement, Kind
from kept.ledgers.team.models import Member
from kept.measures.burn import Alarm, Forecast, asks_hours_left, warning
from kept.measures.burn_fixed import by_calendar
from kept.measures.burn_retainer import retainer
from kept.measures.working_time import Calendar
from kept.readings.calendars import Offices
from kept.readings.stamp import Stamp, stamp
from kept.readings.worked import USUAL_MONTHS, Worked, months_before, worked

HOUR = 3600
Keys = Collection[int] | None


@dataclass(frozen=True, eq=False)
class Running:
    """One engagement's hours in its present period: the month of a retainer, the whole of anything else.

    Hours as floats; `budget` None: by the hour, or nobody said; `forecast` None where nothing can be foreseen.
    `elapsed` and `days` are working days of the period; `run_out` the day on which the budget is used up.
    """

    engagement: Engagement  # with client and its lead
    starts: date
    ends: date | None
    budget: float | None
    fee: Decimal | None
    currency: str
    worked: float
    total: float
    elapsed: int
    days: int
    last_day: date | None
    forecast: Forecast | None
    alarm: Alarm | None
    run_out: date | None

    @property
    def client(self) -> Client:
        return self.engagement.client

    @property
    def over(self) -> float:
        """Hours likely beyond the budget; 0 where none or not known."""
        return max(0.0, self.forecast.likely - self.forecast.budget) if self.forecast else 0.0

    @property
    def cost(self) -> Decimal | None:
        """What the hours beyond will likely cost, at the price the hour was sold for; None where not known."""
        if self.fee is None or not self.budget:
            return None
        return round(self.fee / Decimal(str(self.budget)) * Decimal(str(self.over)), 2)

    @property
    def asks_left(self) -> bool:
        """Whether somebody should be asked how many hours are left: past 60 %, and the forecast is a rough one."""
        rough = self.forecast is not None and self.forecast.method == "rough"
        return rough and bool(self.budget) and asks_hours_left(budget=self.budget or 0.0, worked=self.worked)

    @property
    def deserves_word(self) -> bool:
        """Whether it will likely be crossed, or nobody can tell and somebody should be asked."""
        return bool(self.alarm and self.alarm.level) or self.asks_left

    def is_over(self, day: date) -> bool:
        """Whether its period has ended."""
        return self.ends is not None and self.ends < day


def running(
    viewer: Member, *, at: datetime, offices: Offices, replay: bool = False, moved: Stamp = None, visible: Keys = None
) -> list[Running]:
    """Every open engagement the viewer may know of, likely costliest first. Two queries when nothing moved, else five.

    The forecasts are everybody's and stay until the journal moves; who may see which is asked, unless told (`visible`).
    """
    day = at.astimezone(offices.zone).date()
    everything = _all(day, offices, replay=True) if replay else _kept(day, moved or stamp(), offices)
    known = set(Client.objects.seen_by(viewer).values_list("pk", flat=True) if visible is None else visible)
    return [row for row in everything if row.engagement.client_id in known]


@lru_cache(maxsize=4)
def _kept(day: date, moved: Stamp, offices: Offices) -> list[Running]:
    return _all(day, offices, replay=False)


def _all(day: date, offices: Offices, *, replay: bool) -> list[Running]:
    engagements = Engagement.objects.filter(runs(day)).select_related("client__lead")
    budgets = Budget.objects.filter(engagement__closed_on__isnull=True)
    return running_of(engagements, budgets=budgets, hours=worked(day, replay=replay), day=day, offices=offices)


def runs(day: date, *, month: date | None = None) -> Q:
    """Which engagements run, or wait to be closed: begun, not closed, and of months one they still reach into.

    `month` is the first of the day's month, where the day cannot be asked.
    """
    months_gone = Q(ends__lt=day.replace(day=1) if month is None else month) & ~Q(kind=Kind.FIXED)
    return Q(closed_on__isnull=True, starts__lte=day) & ~months_gone


def running_of(
    engagements: Iterable[Engagement],
    *,
    budgets: Iterable[Budget],
    hours: Mapping[int, Worked],
    day: date,
    offices: Offices,
) -> list[Running]:
    """The same for engagements already loaded, each with its client and the client's lead."""
    agreed: dict[int, list[Budget]] = defaultdict(list)
    for budget in budgets:
        agreed[budget.engagement_id].append(budget)
    rows = [
        _judge(one, agreed[one.pk], hours.get(one.pk, Worked()), day, offices.calendar(one.client))
        for one in engagements
    ]
    return sorted(rows, key=lambda row: (row.is_over(day), -(row.cost or 0), -row.over, row.engagement.pk))


def _judge(engagement: Engagement, budgets: Sequence[Budget], hours: Worked, day: date, calendar: Calendar) -> Running:
    starts, ends = _period(engagement, budgets, day)
    current = [row for row in budgets if row.starts <= (ends or day) and (row.ends is None or row.ends >= starts)]
    known = [row.hours for row in current if row.hours is not None]
    fees = [row.fee for row in current if row.fee is not None]
    monthly = engagement.kind == Kind.RETAINER
    done = (hours.month if engagement.kind != Kind.FIXED else hours.total) / HOUR
    # today's hours are mostly not written down yet: a day counts once somebody wrote hours on it, or it is over
    seen = min(max(day - timedelta(days=1), hours.last_day or starts), day)
    elapsed = len(working_dates(calendar, starts, min(seen, ends or seen)))
    length = len(working_dates(calendar, starts, ends)) if ends else 0
    budget = float(sum(known)) if known and engagement.kind != Kind.HOURLY else None
    forecast = None
    if budget is not None and monthly:
        forecast = retainer(
            period_days=length, elapsed_days=elapsed, budget=budget, worked=done,
            usual_daily=_usual(engagement, hours, starts, calendar),
        )  # fmt: skip
    elif budget is not None and length:
        forecast = by_calendar(budget, worked=done, time_share=elapsed / length)
    return Running(
        engagement=engagement,
        starts=starts,
        ends=ends,
        budget=budget,
        fee=sum(fees, Decimal(0)) if fees else None,
        currency=current[0].currency if current else "",
        worked=done,
        total=hours.total / HOUR,
        elapsed=elapsed,
        days=length,
        last_day=hours.last_day,
        forecast=forecast,
        alarm=warning(forecast) if forecast else None,
        run_out=_run_out(forecast, starts, ends, calendar),
    )


def _period(engagement: Engagement, budgets: Sequence[Budget], day: date) -> tuple[date, date | None]:
    """The month of a retainer or of hourly work, as far as it runs in it; the agreed stretch of a fixed job."""
    if engagement.kind != Kind.FIXED:
        month = day.replace(day=1)
        last = months_before(month, -1) - timedelta(days=1)
        return max(month, engagement.starts), min(last, engagement.ends or last)
    ends = [row.ends for row in budgets if row.ends] + ([engagement.ends] if engagement.ends else [])
    return engagement.starts, max(ends, default=None)


def _usual(engagement: Engagement, hours: Worked, starts: date, calendar: Calendar) -> float | None:
    """Mean daily hours over the last three periods, as far as the engagement goes back; None for a new one."""
    first = max(months_before(starts.replace(day=1), USUAL_MONTHS), engagement.starts)
    last = starts.replace(day=1) - timedelta(days=1)
    days = len(working_dates(calendar, first, last)) if first <= last else 0
    return hours.usual / HOUR / days if days else None


def _run_out(forecast: Forecast | None, starts: date, ends: date | None, calendar: Calendar) -> date | None:
    if forecast is None or forecast.run_out_day is None or ends is None:
        return None
    dates = working_dates(calendar, starts, ends)
    return dates[min(int(forecast.run_out_day), len(dates) - 1)] if dates else None


@lru_cache(maxsize=8192)
def working_dates(calendar: Calendar, first: date, last: date) -> tuple[date, ...]:
    """The working days from first to last, both included; the same few stretches are asked for again and again."""
    return calendar.open_dates(first, last)
