"""Every wording of the pledge there has been, and what each changed."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from kept.kit import words
from kept.readings.calendars import offices
from kept.readings.pledge_history import Past, past


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """The newest first."""
    zone, rows = offices().zone, past()
    told = []
    for one in rows:
        begun = one.edition.published_at
        ended = one.until.published_at if one.until else None
        told.append((one, _day(begun, zone), _day(ended, zone)))
    context = {"place": "pledge", "told": told, "opening": opening(rows)}
    return render(request, "desk/pledge_history.html", context)


def _day(at: datetime | None, zone: ZoneInfo) -> str:
    """ "Monday 1 June 2026"; empty for none."""
    day = at.astimezone(zone).date() if at else None
    return f"{words.long_day(day)} {day.year}" if day else ""


def opening(rows: list[Past]) -> str:
    """ "We have worded our pledge three times; every wording stays as it was read." """
    if not rows:
        return "We have pledged nothing yet."
    times = {1: "once", 2: "twice"}.get(len(rows), f"{words.count(len(rows), 'time')}")
    return f"We have worded our pledge {times}; what was read stays as it was read."


urls = [path("our-pledge/wordings/", history, name="pledge_history")]
