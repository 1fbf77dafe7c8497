"""Hours against what was paid for: each engagement's running budget with its forecast and what it will likely cost."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from operator import itemgetter

from kept.ledgers.clients.models import Client
from kept.ledgers.engagements.models import Budget, Engagement, Kind
from kept.ledgers.team.models import Member
from kept.measures.burn import Alarm, Forecast, asks_hours_left, warning
from kept.measures.burn_fixed import by_calendar
from kept.measures.burn_retainer import retainer
from kept.measures.working_time import Calendar
from kept.readings.budget_periods import period, run_out, usual, working_dates
from kept.readings.budgets_read import Agreed, known_of, runs
from kept.readings.calendars import Offices
from kept.readings.kept_by_client import ByClient, Clients, OnceOf
from kept.readings.stamp import Stamp, stamp
from kept.readings.worked import Worked

HOUR = 3600
type Keys = Collection[int] | None
type Place = tuple[bool, Decimal, float, int]
type Placed = tuple[Place, Running]
type ByKey = Mapping[int, Sequence[Placed]]  # by client


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
    """Every open engagement the viewer may know of, likely costliest first.

    Two queries when nothing moved, else at most seven. The forecasts are everybody's and stay until the journal tells
    of their client; who may see which is asked, unless told (`visible`).
    """
    known = set(Client.objects.seen_by(viewer).values_list("pk", flat=True) if visible is None else visible)
    rows = _in_order(forecasts(at, offices, moved=moved, replay=replay))
    return [row for row in rows if row.engagement.client_id in known]


def worth_a_word(*, at: datetime, offices: Offices, moved: Stamp, replay: bool = False) -> list[Running]:
    """Of everybody's those that `deserves_word`, likely costliest first. No query when nothing moved, else five."""
    return _worth_a_word(forecasts(at, offices, moved=moved, replay=replay))


def forecasts(at: datetime, offices: Offices, *, moved: Stamp, replay: bool = False) -> ByKey:
    """Everybody's by client, each with its place in the order of all."""
    day = at.astimezone(offices.zone).date()
    return _counted(None, day, offices, replay=True) if replay else _kept(moved or stamp(), None, day, offices)


@OnceOf
def _in_order(found: ByKey) -> list[Running]:
    return [row for _, row in sorted((one for own in found.values() for one in own), key=itemgetter(0))]


@OnceOf
def _worth_a_word(found: ByKey) -> list[Running]:
    return [row for row in _in_order(found) if row.deserves_word]


@ByClient
def _kept(clients: Clients, day: date, offices: Offices) -> ByKey:
    return _counted(clients, day, offices, replay=False)


def _counted(clients: Clients, day: date, offices: Offices, *, replay: bool) -> ByKey:
    """By client, each engagement with its place in the order of all."""
    known = known_of(clients, wanted=runs(day), day=day, replay=replay)
    found: dict[int, list[Placed]] = defaultdict(list)
    for row in running_of(known.engagements, budgets=known.budgets, hours=known.hours, day=day, offices=offices):
        found[row.engagement.client_id].append((_place(row, day), row))
    return found


def running_of(
    engagements: Iterable[Engagement],
    *,
    budgets: Iterable[Budget | Agreed],
    hours: Mapping[int, Worked],
    day: date,
    offices: Offices,
) -> list[Running]:
    """The same for engagements already loaded, each with its client and the client's lead."""
    agreed: dict[int, list[Budget | Agreed]] = defaultdict(list)
    for budget in budgets:
        agreed[budget.engagement_id].append(budget)
    rows = [
        _judge(one, agreed[one.pk], hours.get(one.pk, Worked()), day, offices.calendar(one.client))
        for one in engagements
    ]
    return sorted(rows, key=lambda row: _place(row, day))


def _place(row: Running, day: date) -> Place:
    """The likely costliest first, what is over last."""
    return row.is_over(day), -(row.cost or Decimal(0)), -row.over, row.engagement.pk


def _judge(
    engagement: Engagement, budgets: Sequence[Budget | Agreed], hours: Worked, day: date, calendar: Calendar
) -> Running:
    starts, ends = period(engagement, budgets, day)
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
            usual_daily=usual(engagement, hours, starts, calendar),
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
        run_out=run_out(forecast, starts, ends, calendar),
    )
