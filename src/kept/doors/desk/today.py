"""Today: the morning brief as a page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from kept.doors.desk.acts import me
from kept.doors.desk.today_rows import Row, day_of, rows
from kept.kit import clock, words
from kept.readings.brief import Brief, brief
from kept.readings.pledge_words import pledge_words

# two lines each up to so many items; beyond it one line, but for the most urgent two
ROOMY = 12
SHOWN, SHOWN_ASIDE = 24, 10


def today(request: HttpRequest) -> HttpResponse:
    """Whom to serve today, how and why."""
    return render(request, "desk/today.html", page(brief(me(request), at=clock.now())))


def page(one: Brief) -> dict[str, Any]:
    """What the template draws."""
    main = rows([*one.of("waiting"), *one.of("promise")][:SHOWN], one, dense=len(one.items) > ROOMY)
    aside = rows([*one.of("hours"), *one.of("stranger")][:SHOWN_ASIDE], one, dense=len(one.items) > ROOMY)
    local = one.at.astimezone(one.zone)
    shown = len(main) + len(aside)
    return {
        "place": "today",
        "brief": one,
        "now": f"{words.long_day(local.date())}, {local:%H:%M}",
        "waiting": _of(main, "waiting"),
        "promises": _of(main, "promise"),
        "hours": _of(aside, "hours"),
        "strangers": _of(aside, "stranger"),
        "pledge": pledge_words(one),
        "day": day_of(one),
        "hidden": len(one.items) - shown,
        "much": len(one.items) > ROOMY,
    }


def _of(found: list[Row], kind: str) -> list[Row]:
    return [row for row in found if row.item.kind == kind]


urls = [path("", today, name="today")]
