"""The hours of a client's quarter as they may read them: worked, paid for, and what was a gift. No rates, no cost."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kept.kit.charts.axis import number, percent
from kept.kit.words import MONTHS, count, last_of_month, listed, sentence
from kept.ledgers.clients.models import Client
from kept.ledgers.engagements.models import Budget, Gift, Kind
from kept.readings.client_team import Day
from kept.readings.review_quarter import Quarter
from kept.readings.review_told import Hours, MonthOfHours
from kept.readings.worked import months_before

HOUR = 3600
MOST_JOBS = 8
ROOM = 1.12  # above the higher of work and limit


@dataclass(frozen=True)
class Paid:
    """What the client pays by the month: hours by first day of month; and all jobs' names by key, gifts by month."""

    by_month: dict[date, float]
    names: dict[int, str]
    monthly: frozenset[int]
    gifts: float


def paid(client: Client, quarter: Quarter) -> Paid:
    """Hours agreed for each month of the quarter, and those chosen as a gift. Two queries."""
    by_month: dict[date, float] = defaultdict(float)
    names, monthly = {}, set()
    for row in Budget.objects.filter(engagement__client=client).select_related("engagement"):
        names[row.engagement_id] = row.engagement.name
        if row.engagement.kind == Kind.RETAINER and row.hours is not None:
            monthly.add(row.engagement_id)
            for month in quarter.months:
                if row.starts < months_before(month, -1) and (row.ends is None or row.ends >= month):
                    by_month[month] += float(row.hours)
    given = Gift.objects.filter(engagement__client=client, month__gte=quarter.first, month__lte=quarter.last_known)
    gifts = sum(float(hours) for hours in given.values_list("hours", flat=True))
    return Paid(dict(by_month), names, frozenset(monthly), gifts)


def hours(days: Sequence[Day], agreed: Paid, quarter: Quarter) -> Hours | None:
    """The section; none where nothing was worked."""
    if not days:
        return None
    held = [row for row in days if row.engagement_id in agreed.monthly]
    months = tuple(_month(month, held, agreed.by_month.get(month), quarter) for month in quarter.months if held)
    worked = {month: _hours(row for row in held if row.day.replace(day=1) == month) for month in quarter.months}
    over = sum(max(0.0, worked[month] - limit) for month, limit in agreed.by_month.items())
    return Hours(
        say=_say(worked, agreed, over, whole=_hours(days)),
        months=months if agreed.by_month else (),
        jobs=_jobs(days, agreed),
        over=_over(over, agreed.gifts),
    )


def sums(days: Sequence[Day], agreed: Paid) -> tuple[float, float]:
    """Hours worked on what is paid by the month, and hours paid for, in the whole quarter."""
    return _hours(row for row in days if row.engagement_id in agreed.monthly), sum(agreed.by_month.values())


def told(value: float) -> str:
    """ "74 h", "1.5 h"."""
    return f"{value:,.0f} h" if value >= 10 or abs(value - round(value)) < 0.05 else f"{value:.1f} h"


def _month(month: date, days: Sequence[Day], limit: float | None, quarter: Quarter) -> MonthOfHours:
    last = min(last_of_month(month), quarter.last_known)
    whole, so_far = (last_of_month(month) - month).days + 1, 0.0
    points = [(0.0, 0.0)]
    by_day: dict[date, float] = defaultdict(float)
    for row in days:
        if month <= row.day <= last:
            by_day[row.day] += row.seconds / HOUR
    for day in sorted(by_day):
        so_far += by_day[day]
        points.append((100 * ((day - month).days + 1) / whole, so_far))
    top = max(so_far, limit or 0.0, 1.0) * ROOM
    drawn = tuple((round(x, 2), round(100 - 100 * y / top, 2)) for x, y in points)
    name = MONTHS[month.month - 1]
    return MonthOfHours(
        name=name,
        last=f"{whole}",
        points=drawn,
        course=" ".join(f"{number(x)},{number(y)}" for x, y in drawn),
        worked=told(so_far),
        limit=percent(100 - 100 * limit / top) if limit else None,
        limit_words=f"{limit:,.0f} hours paid for" if limit else "",
        label=f"{name}: {told(so_far)} worked" + (f", {told(limit)} paid for" if limit else ""),
        over=bool(limit and so_far > limit),
    )


def _say(worked: dict[date, float], agreed: Paid, over: float, *, whole: float) -> str:
    """ "240 hours paid for, 249 worked. September went nine over."."""
    if not agreed.by_month:
        return f"{whole:,.0f} hours were worked for you."
    paid_for = sum(agreed.by_month.values())
    begun = f"{paid_for:,.0f} hours paid for, {sum(worked.values()):,.0f} worked."
    beyond = [month for month, limit in agreed.by_month.items() if worked[month] - limit >= 0.5]
    if not beyond:
        return f"{begun} They held."
    names = listed([MONTHS[month.month - 1] for month in beyond])
    went = "went" if len(beyond) == 1 else "together went"
    return f"{begun} {names} {went} {count(round(over), 'hour')} over."


def _jobs(days: Sequence[Day], agreed: Paid) -> tuple[tuple[str, str], ...]:
    found: dict[str, float] = defaultdict(float)
    for row in days:
        name = agreed.names.get(row.engagement_id or 0, "") if row.engagement_id else ""
        found[name or "Other work"] += row.seconds / HOUR
    ordered = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = [(name, told(value)) for name, value in ordered[:MOST_JOBS]]
    rest = sum(value for _, value in ordered[MOST_JOBS:])
    return (*shown, *([("All else", told(rest))] if rest else []))


def _over(over: float, gifts: float) -> tuple[tuple[str, str], ...]:
    if over < 0.5:
        return ()
    gift = min(over, gifts)
    rest = over - gift
    return (
        (sentence("beyond what you pay for"), told(over)),
        *([("of it a gift, chosen beforehand", told(gift))] if gift else []),
        *([("of it ours to answer for", told(rest))] if rest >= 0.5 else []),
    )


def _hours(rows: Iterable[Day]) -> float:
    return sum(row.seconds for row in rows) / HOUR
