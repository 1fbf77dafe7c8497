"""Today: the morning brief as a page."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from kept.doors.desk.acts import me
from kept.doors.desk.today_asked import rail_and_asked
from kept.doors.desk.today_rows import Row, day_of, rows
from kept.doors.desk.today_words import kept_words, left_out, missed, nobody_waits, nothing_due, unguarded
from kept.kit import clock, words
from kept.readings.bounced import bounced
from kept.readings.brief import Brief, brief
from kept.readings.brief_items import Item
from kept.readings.kept_lately import kept_lately
from kept.readings.pledge_words import pledge_words

# two lines each up to so many items; beyond it one line, but for the most urgent two
ROOMY = 12
PROMISED = ("felt", "promise")  # side by side: an answer that asks for a word is a promise like any other
KINDS = {"promise": PROMISED, "alarms": ("incident", "drift")}
SHOWN, SHOWN_ASIDE, SHOWN_UNANSWERED, SHOWN_ALARMS = 24, 10, 5, 5


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Whom to serve today, how and why."""
    one = brief(me(request), at=clock.now())
    beside = {"missed": missed(bounced(one.member, at=one.at)), "kept": kept_words(kept_lately(one), one.member)}
    beside |= rail_and_asked(one.member, at=one.at)
    return render(request, "desk/today.html", page(one) | beside)


def page(one: Brief) -> dict[str, Any]:
    """What the template draws of a brief."""
    shown = {
        **fitting(SHOWN, waiting=one.of("waiting"), promise=one.of(*PROMISED)),
        **fitting(SHOWN_ASIDE, hours=one.of("hours"), stranger=one.of("stranger")),
        "unanswered": one.of("unanswered")[:SHOWN_UNANSWERED],
        "alarms": one.of("incident", "drift")[:SHOWN_ALARMS],
    }
    drawn = {kind: _drawn(items, one) for kind, items in shown.items()}
    local = one.at.astimezone(one.zone)
    return {
        "place": "today",
        "brief": one,
        "now": f"{words.long_day(local.date())}, {local:%H:%M}",
        "waiting": drawn["waiting"],
        "nobody_waits": nobody_waits(one),
        "nothing_due": nothing_due(one),
        "promises": drawn["promise"],
        "hours": drawn["hours"],
        "strangers": drawn["stranger"],
        "unguarded": unguarded(one),
        "unanswered": drawn["unanswered"],
        "alarms": drawn["alarms"],
        "offers": one.of("candidate"),
        "pledge": pledge_words(one),
        "day": day_of(one),
        "hidden": left_out(
            {kind: len(one.of(*KINDS.get(kind, (kind,)))) - len(items) for kind, items in shown.items()}
        ),
        "much": len(one.items) > ROOMY,
    }


def fitting(room: int, **kinds: Sequence[Item]) -> dict[str, list[Item]]:
    """As many of two kinds as there is room for, most urgent first; half of it at least for each that needs as much.

    A kind of which there is something never stands there as if there were nothing.
    """
    (first, firsts), (second, seconds) = kinds.items()
    half = max(room // 2, room - len(seconds))
    shown = list(firsts[:half])
    return {first: shown, second: list(seconds[: room - len(shown)])}


def _drawn(items: list[Item], one: Brief) -> list[Row]:
    return rows(items, one, dense=len(one.items) > ROOMY)


urls = [path("", today, name="today")]
