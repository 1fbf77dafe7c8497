"""Team: how it is for our own people, as far as it points at nobody."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from kept.doors.desk import team_hours_words, team_words
from kept.doors.desk.acts import me
from kept.doors.desk.tables import as_file
from kept.kit import clock, words
from kept.readings.calendars import offices
from kept.readings.team_hours import leads
from kept.readings.team_page import Team, team_page

COLUMNS = ["client", "people", "hours outside working hours", "hours of unknown time", "hours beyond contracts"]


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What the team said, one's own weeks, and what clients take."""
    one = team_page(me(request), at=clock.now(), offices=offices())
    if request.GET.get("as") == "csv":
        return export(one)
    return render(request, "desk/team.html", context(one))


def context(one: Team) -> dict[str, Any]:
    """What the template draws."""
    own = one.hours.own
    return {
        "place": "team",
        "one": one,
        "opening": team_words.opening(one),
        "asked": team_words.asked_line(one),
        "until": words.day(one.rounds.open.closes_at.astimezone(one.zone).date(), today=one.day)
        if one.rounds.open
        else "",
        "questions": team_words.question_rows(one.rounds),
        "offices": team_words.office_rows(one.rounds.latest),
        "earlier": team_words.earlier_rows(one),
        "apart": team_words.apart(one.rounds),
        "own": team_hours_words.own_says(own) if own else None,
        "own_weeks": team_hours_words.own_rows(own, one.day) if own else [],
        "own_clients": team_hours_words.taken_rows(
            [took for took in one.hours.own_clients if took.outside or took.beyond > 0.05]
        ),
        **team_words.numbers(one.rounds.hiding),
        "leads": leads(one.viewer),
        "took": team_hours_words.taken_rows(one.hours.clients),
        "answer": team_hours_words.hours_answer(one.hours),
        "hidden": team_hours_words.hidden_says(one.hours),
        "from_to": f"{words.long_day(one.hours.first)} to {words.long_day(one.hours.last)}",
    }


def export(one: Team) -> HttpResponse:
    """What clients take, as the page shows it, as CSV."""
    rows = [
        [took.client.name, took.people, round(took.outside, 2), round(took.unknown, 2), round(took.beyond, 2)]
        for took in one.hours.clients
        if took.client is not None
    ]
    return as_file("team.csv", [COLUMNS, *rows])


urls = [path("team/", page, name="team")]
