"""Whole days of working time: the open spans of any date, and sums over years without walking them."""

from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import accumulate
from zoneinfo import ZoneInfo

from kept.measures.working_windows import Spans, without
from kept.measures.zone_days import clock_change_days, moment

type Moments = tuple[tuple[datetime, datetime], ...]

FIRST_DAY, LAST_DAY = 3, date.max.toordinal() - 3  # a zone's offset must still fit at either end
_REMEMBERED_DAYS = 5_000


@dataclass(frozen=True)
class WorkingDays:
    """Days by ordinal (`date.toordinal`); `week` from Monday; `odd` are dates unlike their weekday."""

    zone: ZoneInfo
    week: tuple[Spans, ...]
    odd: Mapping[int, Spans]
    weekly: int = field(init=False)  # seconds of an ordinary week
    _until_weekday: tuple[int, ...] = field(init=False)
    _odd_days: tuple[int, ...] = field(init=False)
    _odd_sums: tuple[int, ...] = field(init=False)
    _open: dict[int, Moments] = field(init=False, default_factory=dict)
    _changes: dict[int, tuple[tuple[int, int], ...]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        set_ = object.__setattr__
        sums = tuple(accumulate((_length(spans) for spans in self.week), initial=0))
        days = tuple(sorted(self.odd))
        unlike = (_length(self.odd[day]) - _length(self.week[(day - 1) % 7]) for day in days)
        set_(self, "weekly", sums[-1])
        set_(self, "_until_weekday", sums[:-1])
        set_(self, "_odd_days", days)
        set_(self, "_odd_sums", tuple(accumulate(unlike, initial=0)))

    def open_on(self, day: int) -> Moments:
        """The open stretches of one date as UTC moments, in order, none empty."""
        known = self._open.get(day)
        if known is not None:
            return known
        found = tuple(
            (opens, closes)
            for begins, ends in self._spans(day)
            if (opens := moment(self.zone, day, begins)) < (closes := moment(self.zone, day, ends))
        )
        if len(self._open) >= _REMEMBERED_DAYS:
            self._open.clear()
        self._open[day] = found
        return found

    def seconds(self, first: int, until: int) -> int:
        """Working seconds of the dates from `first` up to, not with, `until`."""
        if until <= first:
            return 0
        ordinary = self._ordinary(until) - self._ordinary(first)
        low, high = bisect_left(self._odd_days, first), bisect_left(self._odd_days, until)
        odd = self._odd_sums[high] - self._odd_sums[low]
        years = range(date.fromordinal(first).year, date.fromordinal(until - 1).year + 1)
        changed = sum(extra for year in years for day, extra in self._clock_changes(year) if first <= day < until)
        return ordinary + odd + changed

    def forward(self, day: int, seconds: float) -> int | None:
        """The first date at or after `day` by whose end `seconds` have been worked from its start."""
        limit = LAST_DAY if self.weekly else max(self._odd_days, default=0)
        steps = self._fewest(lambda n: self.seconds(day, day + n + 1), seconds, limit - day)
        return None if steps is None else day + steps

    def back(self, day: int, seconds: float) -> int | None:
        """The last date before `day` from whose start `seconds` have been worked until `day` starts."""
        limit = FIRST_DAY if self.weekly else min(self._odd_days, default=day)
        steps = self._fewest(lambda n: self.seconds(day - n - 1, day), seconds, day - 1 - limit)
        return None if steps is None else day - 1 - steps

    def _fewest(self, reach: Callable[[int], int], seconds: float, limit: int) -> int | None:
        if limit < 0:
            return None
        span = min(limit, 8 + (int(seconds / self.weekly) * 7 if self.weekly else 0))
        while reach(span) < seconds:
            if span >= limit:
                return None
            span = min(limit, span * 2)
        return bisect_left(range(span + 1), seconds, key=reach)

    def _spans(self, day: int) -> Spans:
        return self.odd.get(day, self.week[(day - 1) % 7])

    def _ordinary(self, day: int) -> int:
        weeks, weekday = divmod(day - 1, 7)
        return weeks * self.weekly + self._until_weekday[weekday]

    def _clock_changes(self, year: int) -> tuple[tuple[int, int], ...]:
        """Dates of the year on which a jump of the clocks adds or takes working seconds, and how many."""
        known = self._changes.get(year)
        if known is None:
            lengths = ((day, self._true_length(day)) for day in clock_change_days(self.zone, year))
            known = tuple((day, true - wall) for day, true in lengths if true != (wall := _length(self._spans(day))))
            self._changes[year] = known
        return known

    def _true_length(self, day: int) -> int:
        return sum(int((closes - opens).total_seconds()) for opens, closes in self.open_on(day))


def days_of(
    *, zone: ZoneInfo, week: tuple[Spans, ...], shifts: Mapping[int, Spans], breaks: Mapping[int, Spans],
    holidays: frozenset[int],
) -> WorkingDays:  # fmt: skip
    """Join a week with its exceptions: a shift replaces a date's windows, breaks cut, a holiday closes."""
    odd = dict(shifts)
    for day, cuts in breaks.items():
        odd[day] = without(odd.get(day, week[(day - 1) % 7]), cuts)
    odd.update(dict.fromkeys(holidays, ()))
    return WorkingDays(zone=zone, week=week, odd=odd)


def _length(spans: Spans) -> int:
    return sum(ends - begins for begins, ends in spans)
