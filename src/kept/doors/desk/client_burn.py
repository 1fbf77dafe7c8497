"""The hours of one period as a chart: what was worked day by day, where it is going, and the line it may cross."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kept.kit import words
from kept.kit.charts import Axis, BurnChart, BurnWords, Course, burn
from kept.measures.burn import Forecast
from kept.measures.burn_fixed import ERROR_POWER, by_calendar
from kept.measures.burn_retainer import retainer
from kept.measures.intervals import normal_quantile
from kept.measures.working_time import Calendar
from kept.readings.budget_periods import working_dates
from kept.readings.budgets import Running

LEVELS = (0.80, 0.60, 0.31)  # of the fading bands, widest first
POINTS = 60  # of a forecast's edge: more cannot be told apart
LONG = 45  # working days beyond which the axis tells months, not weeks
LONG_TABLE = 70  # days beyond which the table does


@dataclass(frozen=True)
class Stretch:
    """A line of the table beside the chart: a week or a month, its hours and all so far."""

    name: str
    hours: float
    total: float


def burn_chart(one: Running, days: Sequence[tuple[date, float]], *, dates: Sequence[date], money: bool) -> BurnChart:
    """The period's hours day by day; with the budget and where it is going, for those who may see money."""
    length = float(max(len(dates), one.elapsed, 1))
    path = worked_path(days, dates[: one.elapsed])
    cast = one.forecast if money and one.elapsed < length else None
    limit = one.budget if money else None
    course = Course(
        worked=path,
        likely=[(x, y) for x, y, _ in _ahead(one, cast, length)] if cast else (),
        bands=[_band(one, cast, length, level) for level in LEVELS] if cast else (),
        limit=limit,
    )
    return burn(Axis(0.0, length), course, words=_burn_words(one, cast, limit), ticks=_ticks(dates, length))


def worked_path(days: Sequence[tuple[date, float]], dates: Sequence[date]) -> list[tuple[float, float]]:
    """All hours so far at the end of each of the working `dates`; those of a day off count to the next one."""
    path, total, rest = [(0.0, 0.0)], 0.0, list(days)
    for x, day in enumerate(dates, start=1):
        while rest and rest[0][0] <= day:
            total += rest.pop(0)[1]
        path.append((float(x), total))
    if rest:
        path[-1] = (path[-1][0], total + sum(hours for _, hours in rest))
    return path


def stretches(days: Sequence[tuple[date, float]]) -> list[Stretch]:
    """The days by week, or by month where they are of more than ten weeks."""
    if not days:
        return []
    long = (days[-1][0] - days[0][0]).days > LONG_TABLE
    groups: dict[tuple[int, ...], list[tuple[date, float]]] = {}
    for day, hours in days:
        key = (day.year, day.month) if long else tuple(day.isocalendar()[:2])
        groups.setdefault(key, []).append((day, hours))
    found, total = [], 0.0
    for group in groups.values():
        hours = sum(amount for _, amount in group)
        total += hours
        found.append(Stretch(_named(group[0][0], group[-1][0], long), hours, total))
    return found


def _named(first: date, last: date, long: bool) -> str:
    if long:
        return f"{words.MONTHS[first.month - 1]} {first.year}"
    end = f"{last.day} {words.SHORT_MONTHS[last.month - 1]}"
    if first == last:
        return end
    begin = str(first.day) if first.month == last.month else f"{first.day} {words.SHORT_MONTHS[first.month - 1]}"
    return f"{begin} to {end}"


def _ahead(one: Running, cast: Forecast, length: float) -> list[tuple[float, float, float]]:
    """(x, likely hours, their spread) from here to the end, as the measures foresee each day of it."""
    left = length - one.elapsed
    steps = max(1, min(POINTS, round(left)))
    return [_at(one, cast, one.elapsed + left * k / steps, length) for k in range(1, steps + 1)]


def _at(one: Running, cast: Forecast, x: float, length: float) -> tuple[float, float, float]:
    if cast.method == "retainer":
        usual = next(reason.amount for reason in cast.reasons if reason.code in {"usual_pace", "budget_pace"})
        then = retainer(
            period_days=x, elapsed_days=one.elapsed, budget=cast.budget, worked=cast.worked, usual_daily=usual
        )
        return x, then.likely, then.spread
    now, done = (by_calendar(1.0, worked=0.0, time_share=t / length).evidence for t in (one.elapsed, x))
    part = (done - now) / (1 - now) if now < 1 else 1.0
    return x, cast.worked + (cast.likely - cast.worked) * part, cast.spread * part**ERROR_POWER


def _band(one: Running, cast: Forecast, length: float, level: float) -> list[tuple[float, float, float]]:
    reach = normal_quantile(0.5 + level / 2)
    edges = [
        (x, max(cast.worked, y - reach * spread), y + reach * spread) for x, y, spread in _ahead(one, cast, length)
    ]
    return [(float(one.elapsed), cast.worked, cast.worked), *edges]


def _burn_words(one: Running, cast: Forecast | None, limit: float | None) -> BurnWords:
    # beyond it the label stands left of its point, where the line itself comes up: there only the number has room
    early = one.days and one.elapsed <= 0.7 * one.days
    by = f" by {words.WEEKDAYS[one.last_day.weekday()]}" if one.last_day and cast and early else ""
    crosses = one.run_out if cast and cast.likely > cast.budget else None
    return BurnWords(
        worked=f"{one.worked:.1f}".removesuffix(".0") + by,
        likely=f"{cast.likely:.0f} likely" if cast else "",
        low=f"{cast.low:.0f}" if cast else "",
        high=f"{cast.high:.0f}" if cast else "",
        limit=f"{limit:g} hours, paid for" if limit is not None else "",
        crossing=f"{words.WEEKDAYS[crosses.weekday()][:3]} {crosses.day}" if crosses else "",
        pace="an even pace" if limit is not None and one.engagement.kind == "retainer" else "",
        unit="hours",
    )


def _ticks(dates: Sequence[date], length: float) -> list[tuple[float, str]]:
    """The first day, the Mondays (the months of a long stretch), the last."""
    if not dates:
        return []
    first, last, long = dates[0], dates[-1], len(dates) > LONG
    named = [(0.0, f"{first.day} {words.SHORT_MONTHS[first.month - 1]}")]
    for x, day in enumerate(dates):
        turns = x and _part(day, long) != _part(dates[x - 1], long)
        if turns and 0.08 < x / length < 0.94:
            named.append((float(x), words.SHORT_MONTHS[day.month - 1] if long else str(day.day)))
    return [*named, (length, f"{last.day} {words.SHORT_MONTHS[last.month - 1]}" if long else str(last.day))]


def _part(day: date, long: bool) -> int:
    return day.month if long else day.isocalendar()[1]


def dates_of(one: Running, calendar: Calendar) -> tuple[date, ...]:
    """The working days of the period; of one without an end, those so far."""
    return working_dates(calendar, one.starts, one.ends or max(one.last_day or one.starts, one.starts))
