"""Local days of a time zone on the one line of moments, safe where clocks change."""

from datetime import MAXYEAR, UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_SCAN = timedelta(days=7)  # since 1970 no zone changed its clocks there and back in less (Recife 2000: 7 days)
_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


def zone_named(name: str) -> ZoneInfo:
    """The zone of an IANA name such as "Europe/London"; ValueError when there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError) as unknown:
        raise ValueError(f"“{name}” is no time zone; write a name such as Europe/London.") from unknown


def moment(zone: ZoneInfo, day: int, seconds: int = 0) -> datetime:
    """The UTC moment `seconds` of wall clock into the date of ordinal `day`.

    A wall time that comes twice is its first; one that is skipped is the moment the clocks jump,
    so later wall times never come before earlier ones.
    """
    wall = datetime.combine(date.fromordinal(day), datetime.min.time()) + timedelta(seconds=seconds)
    at = wall.replace(tzinfo=zone).astimezone(UTC)
    if at.astimezone(zone).replace(tzinfo=None) == wall:
        return at
    return _jump(zone, wall.replace(tzinfo=zone, fold=1).astimezone(UTC), at)


def day_of(zone: ZoneInfo, at: datetime) -> int:
    """Ordinal of the local date whose midnights `at` lies between, the first midnight counted in."""
    day = at.astimezone(zone).toordinal()
    if at < moment(zone, day):
        return day - 1
    return day + 1 if at >= moment(zone, day + 1) else day


@lru_cache(maxsize=4096)
def clock_change_days(zone: ZoneInfo, year: int) -> tuple[int, ...]:
    """Ordinals of the local dates of a year near which its clocks change; most zones have two to four."""
    first = datetime(year, 1, 1, 12) - _DAY if year > 1 else datetime(year, 1, 1, 12)  # noqa: DTZ001 (wall clock)
    offset, noon, found = zone.utcoffset(first), first, set[int]()
    while noon.year <= year < MAXYEAR:
        later = noon + _SCAN
        if zone.utcoffset(later) != offset:
            found.update(_changes(zone, noon, later))
            offset = zone.utcoffset(later)
        noon = later
    return tuple(sorted(day for day in found if date.fromordinal(day).year == year))


def _changes(zone: ZoneInfo, noon: datetime, until: datetime) -> set[int]:
    """Both dates of every pair of noons, up to `until`, between which the clocks change."""
    found = set[int]()
    while noon < until:
        if zone.utcoffset(noon) != zone.utcoffset(noon + _DAY):
            found.update((noon.toordinal(), noon.toordinal() + 1))
        noon += _DAY
    return found


def _jump(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    offset = before.astimezone(zone).utcoffset()
    while after - before > _SECOND:
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after
