"""Working time: when a firm is open, how much of it lies between two moments, and when some has passed."""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from kept.measures.working_days import days_of
from kept.measures.working_windows import Dated, Windows, plain_date, read_spans, weekly_spans
from kept.measures.zone_days import day_of, zone_named

_NONE = timedelta(0)
_A_MOMENT = timedelta(microseconds=1)


class Calendar:
    """The open hours of one zone, fixed once made: build it once, use it often, compare and hash it freely.

    `windows` are the open windows of each weekday; `breaks` close a part of one date; `shifts` are the
    windows of one date in place of its weekday's; a holiday closes its whole date. Times are wall clock
    in `zone`; a window is open from its first moment until just before its last. Every moment is an
    aware datetime; durations are true elapsed time, also on days when clocks change.
    """

    __slots__ = ("_breaks", "_days", "_hash", "_holidays", "_key", "_zone")

    def __init__(
        self,
        *,
        zone: str,
        windows: Windows,
        holidays: Collection[date] = (),
        breaks: Dated | None = None,
        shifts: Dated | None = None,
    ) -> None:
        """Raises ValueError, in one plain sentence, for an unknown zone or weekday or a wrong window."""
        week = weekly_spans(windows)
        own = {plain_date(day): read_spans(pairs, of=str(day)) for day, pairs in (shifts or {}).items()}
        self._zone = zone_named(zone)
        self._holidays = frozenset(plain_date(day) for day in holidays)
        self._breaks = {
            plain_date(day): tuple(sorted(span for pair in pairs for span in read_spans([pair], of=str(day))))
            for day, pairs in (breaks or {}).items()
        }
        self._days = days_of(zone=self._zone, week=week, shifts=own, breaks=self._breaks, holidays=self._holidays)
        self._key = (zone, week, self._holidays, frozenset(self._breaks.items()), frozenset(own.items()))
        self._hash = hash(self._key)

    def __eq__(self, other: object) -> bool:
        return self._key == other._key if isinstance(other, Calendar) else NotImplemented

    def __hash__(self) -> int:
        return self._hash

    def __repr__(self) -> str:
        return f"Calendar(zone={self._zone.key!r}, {self._days.weekly / 3600:g} hours a week)"

    @property
    def zone(self) -> ZoneInfo:
        """Where its clock hangs."""
        return self._zone

    def add(self, start: datetime, duration: timedelta) -> datetime:
        """The open moment, in the zone of `start`, at which `duration` of working time has passed.

        Work done exactly at a closing gives the next opening (`deadline` gives the closing); nothing to
        add gives the next open moment; a negative duration counts back from `start`. Raises ValueError
        for a naive `start` or when the calendar is never open for that long.
        """
        at = _utc(start)
        day = day_of(self._zone, at)
        worked = self._passed(day, at) + duration
        if duration < _NONE:
            return self._counted_back(day, worked).astimezone(start.tzinfo)
        after = self._reached(day, worked + _A_MOMENT)
        if after is None:
            return self.deadline(start, duration)
        return (after - _A_MOMENT).astimezone(start.tzinfo)

    def deadline(self, start: datetime, duration: timedelta) -> datetime:
        """The first moment by which `duration`, above zero, has passed: a closing stays that closing."""
        at = _utc(start)
        day = day_of(self._zone, at)
        found = self._reached(day, self._passed(day, at) + duration) if duration > _NONE else None
        if found is None:
            raise self._never_open()
        return found.astimezone(start.tzinfo)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Working time from `start` until `end`; zero when `end` does not come after `start`."""
        first, last = _utc(start), _utc(end)
        if last <= first:
            return _NONE
        day, until = day_of(self._zone, first), day_of(self._zone, last)
        whole = timedelta(seconds=self._days.seconds(day, until))
        return whole + self._passed(until, last) - self._passed(day, first)

    def is_open(self, at: datetime) -> bool:
        """Whether `at` lies in an open window."""
        when = _utc(at)
        return any(opens <= when < closes for opens, closes in self._days.open_on(day_of(self._zone, when)))

    def is_holiday(self, at: datetime) -> bool:
        """Whether the local date of `at` is a holiday."""
        return day_of(self._zone, _utc(at)) in self._holidays

    def is_break(self, at: datetime) -> bool:
        """Whether `at` lies in a break, inside or outside the open windows of its date."""
        local = _utc(at).astimezone(self._zone)
        wall = local.hour * 3600 + local.minute * 60 + local.second
        return any(begins <= wall < ends for begins, ends in self._breaks.get(local.toordinal(), ()))

    def next_open(self, at: datetime) -> datetime:
        """`at` itself when open, else the next opening; ValueError when there is none."""
        return self.add(at, _NONE)

    def previous_open(self, at: datetime) -> datetime:
        """`at` itself when open, else the last closing at or before it; ValueError when there is none."""
        if self.is_open(at):
            return at
        when = _utc(at)
        day = day_of(self._zone, when)
        back = self._counted_back(day, self._passed(day, when) - _A_MOMENT)
        return (back + _A_MOMENT).astimezone(at.tzinfo)

    def open_dates(self, first: date, last: date) -> tuple[date, ...]:
        """The dates from `first` to `last`, both included, with any open hours: working days as people count them."""
        days = range(first.toordinal(), last.toordinal() + 1)
        return tuple(date.fromordinal(day) for day in days if self._days.open_on(day))

    def same_time_after(self, at: datetime, days: int) -> datetime:
        """The wall time of `at` on the `days`-th date with open hours after its own; negative counts back.

        Working days as people count them: one after Friday noon is Monday noon.
        """
        local = _utc(at).astimezone(self._zone)
        day: int | None = local.toordinal()
        for _ in range(abs(days)):
            if day is not None:
                day = self._days.forward(day + 1, 1) if days > 0 else self._days.back(day, 1)
        if day is None:
            raise self._never_open()
        wall = datetime.combine(date.fromordinal(day), local.time(), self._zone)
        return wall.astimezone(UTC).astimezone(at.tzinfo)

    def _passed(self, day: int, at: datetime) -> timedelta:
        """Working time of `day` until `at`."""
        parts = (min(at, closes) - opens for opens, closes in self._days.open_on(day) if opens < at)
        return sum(parts, start=_NONE)

    def _reached(self, day: int, worked: timedelta) -> datetime | None:
        """The first moment by which `worked`, above zero, has passed since `day` began, if there is one."""
        found = self._days.forward(day, worked.total_seconds())
        if found is None:
            return None
        worked -= timedelta(seconds=self._days.seconds(day, found))
        for opens, closes in self._days.open_on(found):
            if worked <= closes - opens:
                return opens + worked
            worked -= closes - opens
        raise AssertionError("a day holds what its sum says")

    def _counted_back(self, day: int, left: timedelta) -> datetime:
        """The last moment with `left` worked since `day` began; below zero reaches into days before."""
        if left < _NONE:
            found = self._days.back(day, -left.total_seconds())
            if found is None:
                raise self._never_open()
            left += timedelta(seconds=self._days.seconds(found, day))
            day = found
        for opens, closes in self._days.open_on(day):
            if left < closes - opens:
                return opens + left
            left -= closes - opens
        raise AssertionError("a day holds what its sum says")

    def _never_open(self) -> ValueError:
        return ValueError(f"{self!r} is not open for that long; add open windows, or check holidays and breaks.")


def _utc(at: datetime) -> datetime:
    if at.utcoffset() is None:
        raise ValueError(f"{at.isoformat()} names no time zone; give an aware moment.")
    return at.astimezone(UTC)
