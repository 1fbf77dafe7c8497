"""The offices as they were at a moment: hours, days off, zones and the firm's pledge, which the journal remembers.

Not remembered are offices that were closed since, with the days off that went with them, and when a public holiday was
taken into the calendar: those count as they stand today.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import OuterRef, Subquery

from kept.ledgers.journal.models import Line
from kept.ledgers.team.keeping_hours import Week
from kept.ledgers.team.models import Firm, Holiday, Office
from kept.readings.calendars import Offices, Written, built, written

SET_WEEK, CLOSE_ON, WORK_ON = "team.set_week", "team.close_on", "team.work_on"
CHANGE_OFFICE, CHANGE_FIRM = "team.change_office", "team.change_firm"


class _Act(NamedTuple):
    """What somebody changed: the row it was, and what stood before."""

    at: datetime
    verb: str
    row: int
    facts: dict[str, Any]
    office: int | None  # of a day off that stands
    day: date | None


def offices_at(at: datetime) -> Offices:
    """All offices as they were at `at`. Three queries."""
    return former(since=at)(at)


def former(*, since: datetime, now: Written | None = None) -> Callable[[datetime], Offices]:
    """Answers the offices at any moment from `since` on, which asks no more.

    Three queries; one where what stands `now` is read already.
    """
    stands = now or written()
    acts = [_Act(*row) for row in _lines(since)]
    days = _days(acts)

    def at(moment: datetime) -> Offices:
        return built(_undone([act for act in acts if act.at > moment], stands, days))

    return at


def _lines(since: datetime) -> list[tuple[Any, ...]]:
    """The newest first: each is undone from what the later ones left."""
    rows = Line.objects.filter(
        noun__in=[Office._meta.label, Holiday._meta.label, Firm._meta.label],
        verb__in=[SET_WEEK, CLOSE_ON, WORK_ON, CHANGE_OFFICE, CHANGE_FIRM],
        at__gt=since,
    )
    off = Holiday.objects.filter(pk=OuterRef("row_id"))
    stands = {"office": Subquery(off.values("office")), "day": Subquery(off.values("day"))}
    return list(rows.annotate(**stands).order_by("-at", "-pk").values_list("at", "verb", "row_id", "facts", *stands))


def _days(acts: list[_Act]) -> dict[int, tuple[int, date]]:
    """Office and day of each day off that was added or given up."""
    gone = [act.facts["was"] for act in acts if act.verb == WORK_ON]
    found = {was["id"]: (was["office_id"], date.fromisoformat(was["day"])) for was in gone}
    added = {act.row: (act.office, act.day) for act in acts if act.verb == CLOSE_ON and act.office and act.day}
    return added | found


def _undone(acts: list[_Act], now: Written, days: dict[int, tuple[int, date]]) -> Written:
    zones, weeks, pledge = dict(now.zones), dict(now.weeks), now.pledge
    days_off = defaultdict(set, {office: set(own) for office, own in now.days_off.items()})
    for act in acts:
        before = act.facts.get("before") or {}
        if act.verb == SET_WEEK and before:  # what was set as the office opened stood nowhere before
            weeks[act.row] = _week(before)
        elif act.verb == CHANGE_OFFICE and act.row in zones:
            zones[act.row] = before.get("zone", zones[act.row])
        elif act.verb == CHANGE_FIRM and "pledge_minutes" in before:
            pledge = timedelta(minutes=int(before["pledge_minutes"]))
        elif act.verb == WORK_ON:
            office, day = days[act.facts["was"]["id"]]
            days_off[office].add(day)
        elif act.verb == CLOSE_ON and act.row in days:
            office, day = days[act.row]
            days_off[office].discard(day)
    return replace(now, pledge=pledge, zones=zones, weeks=weeks, days_off=days_off)


def _week(said: dict[str, list[list[str]]]) -> Week:
    return {day: [(opens, closes) for opens, closes in windows] for day, windows in said.items()}
