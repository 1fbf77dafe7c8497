"""The backtest: what was said before clients left or complained, beside what simpler readings would have said."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_http_methods

from kept.doors.desk import backtest_words
from kept.doors.desk.acts import done, me, only
from kept.doors.desk.backtest_tasks import being_counted, count_once
from kept.doors.desk.tables import as_file
from kept.kit import clock, words
from kept.measures.backtest import HORIZONS, Case, Teller, What
from kept.readings.backtest import Backtest, backtest
from kept.readings.calendars import offices

SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
@only(lambda member: member.may_see_money)
def page(request: HttpRequest) -> HttpResponse:
    """Our own hit rate with the cases behind it; POST has it counted anew in the background, one count at a time."""
    if request.method == "POST":
        already = "" if count_once() else " already"
        return done(request, f"It is being counted{already}; look again in a few minutes.")
    one = backtest(me(request))
    if one and request.GET.get("as") == "csv":
        return export(one)
    return render(request, "desk/backtest.html", context(request, one))


def context(request: HttpRequest, one: Backtest | None) -> dict[str, Any]:
    """What the template draws."""
    at, zone = clock.now(), offices().zone_of(me(request))
    opening, counting = backtest_words.opening(one), being_counted()
    found: dict[str, Any] = {"place": "portfolio", "one": one, "opening": opening, "counting": counting}
    if one is None:
        return found
    return found | {
        "second": backtest_words.second(one),
        "counted": words.moment(one.counted_at, now=at, zone=zone),
        "horizons": HORIZONS,
        "kinds": [_kind(what, one) for what in What if one.of(what)],
        "cases": [backtest_words.told(case, one, at=at, zone=zone) for case in one.cases[:SHOWN]],
        "more": max(0, len(one.cases) - SHOWN),
    }


def _kind(what: What, one: Backtest) -> dict[str, Any]:
    """The table of one kind of loss."""
    return {
        "key": what.value,
        "head": backtest_words.HEADS[what],
        "cases": words.sentence(words.count(len(one.of(what)), "case")),
        "rows": backtest_words.rows(one.verdicts[what]),
        "ranked": backtest_words.ranked(one.verdicts[what], len(one.of(what)), what),
    }


def export(one: Backtest) -> HttpResponse:
    """Every case with what every teller said."""
    heads = [f"{teller}, {days} days before" for teller in Teller for days in HORIZONS]
    rows = [
        [one.clients[case.client].name, case.what.value, case.at.date().isoformat(), case.how, *_cells(case)]
        for case in one.cases
    ]
    return as_file("backtest.csv", [["client", "what", "day", "how", *heads], *rows])


def _cells(case: Case) -> list[str]:
    return [
        backtest_words.state(said)[1] if (said := case.said.get(days, {}).get(teller)) else "knew nothing"
        for teller in Teller
        for days in HORIZONS
    ]


urls = [path("portfolio/backtest/", page, name="backtest")]
