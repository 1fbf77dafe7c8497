"""When an office works: open it, set its week, take its public holidays, its days off."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays as public_holidays
from django.db import transaction
from django.db.models import ProtectedError

from kept.kit.rows import hold, remove
from kept.kit.taken import one_only
from kept.ledgers.journal.verbs import facts_of, write
from kept.ledgers.team.models import Member, Office
from kept.ledgers.team.offices import WEEKDAYS, Holiday, Window, minutes

USUAL_WEEK = {day: [("09:00", "17:30")] for day in WEEKDAYS[:5]}
Week = dict[str, list[tuple[str, str]]]


@transaction.atomic
def open_office(
    *,
    name: str,
    zone: str,
    by: Member | None,
    at: datetime,
    country: str = "",
    region: str = "",
    week: Week = USUAL_WEEK,
) -> Office:
    """Open an office. Raises ValueError with a plain sentence for a taken name, unknown zone or impossible hours."""
    check_zone(zone)
    with one_only(ValueError(f"There is an office called {name} already.")):
        office = Office.objects.create(name=name, zone=zone, country=country.upper(), region=region.upper())
    write("team.open_office", office, by=by, at=at, said=name)
    set_week(office, week, by=by, at=at)
    if country:
        take_public_holidays(office, years=range(at.year - 1, at.year + 2), by=by, at=at)
    return office


@transaction.atomic
def close_office(office: Office, *, by: Member, at: datetime) -> None:
    """Undo the opening of an office. Twice is once; raises ValueError while somebody sits there."""
    try:
        gone = remove(office)
    except ProtectedError:
        raise ValueError(f"People sit in {office.name}. Give each of them another office first.") from None
    if gone:
        write("team.close_office", office, by=by, at=at, said=office.name, was=facts_of(office))


@transaction.atomic
def set_week(office: Office, week: Week, *, by: Member | None, at: datetime) -> None:
    """Set the windows, {"mon": [("09:00", "12:30"), ("13:30", "17:30")]}; days not named are free. Twice is once.

    Raises ValueError when windows overlap, end before they begin, or name no weekday or time.
    """
    rows = _windows(office, week)
    check_windows(rows)
    hold(office)
    before = office.week()
    Window.objects.filter(office=office).delete()
    Window.objects.bulk_create(rows)
    if office.week() != before:
        write("team.set_week", office, by=by, at=at, said=office.name, week=office.week(), before=before)


@transaction.atomic
def take_public_holidays(office: Office, *, years: Iterable[int], by: Member | None, at: datetime) -> int:
    """Add the public holidays of the office's country; those already there stay. Answers how many are new."""
    try:
        days = public_holidays.country_holidays(office.country, subdiv=office.region or None, years=list(years))
    except NotImplementedError:
        raise ValueError(
            f"The public holidays of {office.country} {office.region} are not known; add the days by hand."
        ) from None
    known = set(office.holidays.values_list("day", flat=True))
    new = [Holiday(office=office, day=day, name=name[:120]) for day, name in days.items() if day not in known]
    Holiday.objects.bulk_create(new, ignore_conflicts=True)
    if new:
        write("team.take_public_holidays", office, by=by, at=at, said=office.name, days=len(new))
    return len(new)


@transaction.atomic
def close_on(office: Office, *, day: date, name: str, by: Member, at: datetime) -> Holiday:
    """A day on which nobody there works."""
    holiday, made = Holiday.objects.get_or_create(office=office, day=day, defaults={"name": name[:120]})
    if made:
        write("team.close_on", holiday, by=by, at=at, said=f"{office.name}, {day}")
    return holiday


@transaction.atomic
def work_on(holiday: Holiday, *, by: Member, at: datetime) -> None:
    """Undo a day off. Twice is once."""
    if remove(holiday):
        write(
            "team.work_on",
            holiday,
            by=by,
            at=at,
            said=f"{holiday.office.name}, {holiday.day}, {holiday.name}",
            was=facts_of(holiday),
        )


def check_zone(zone: str) -> None:
    """Raise ValueError unless the zone is known."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"“{zone}” is not a time zone; write it like Europe/London.") from None


def check_windows(rows: list[Window]) -> None:
    """Raise ValueError when a window ends before it begins or two of one day overlap."""
    rows = sorted(rows, key=lambda row: (row.weekday, row.opens))
    for row in rows:
        if row.closes <= row.opens:
            raise ValueError(f"On {WEEKDAYS[row.weekday]} a window ends before it begins.")
    for one, next_one in pairwise(rows):
        if one.weekday == next_one.weekday and next_one.opens < one.closes:
            raise ValueError(f"On {WEEKDAYS[one.weekday]} two windows overlap.")


def _windows(office: Office, week: Week) -> list[Window]:
    if not week.keys() <= set(WEEKDAYS):
        raise ValueError(f"Name the days {', '.join(WEEKDAYS)}.")
    return [
        Window(office=office, weekday=WEEKDAYS.index(day), opens=minutes(opens), closes=minutes(closes))
        for day, windows in week.items()
        for opens, closes in windows
    ]
