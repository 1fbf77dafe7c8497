"""Answering a round of the team: the page asks whom it knows; what takes the answer knows nobody."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from allauth.core.internal.ratelimit import get_ip
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from kept.doors.desk import team_words
from kept.doors.desk.acts import me
from kept.doors.desk.round_pace import pace
from kept.kit import clock, words
from kept.ledgers.rounds import verbs as rounds
from kept.ledgers.rounds.models import HIGHEST, Question, Round
from kept.readings.calendars import offices
from kept.readings.team_rounds import asked_now, was_asked
from kept.readings.trust_numbers import parameters_at

TICKS = [str(mark) for mark in range(HIGHEST + 1)]
NOTHING: Mapping[str, str] = MappingProxyType({})
TOO_MUCH = "Many answers came from where you are at once. Yours still stands here; put it in again in a minute."
ENDS = {Question.PROUD: "very proud", Question.ENERGY: "plenty", Question.VALUED: "very much"}


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Three lines to tap on, with the one-use token of whoever is signed in; or thanks; or that nobody asks."""
    member, at = me(request), clock.now()
    asked = asked_now(member, at=at)
    if asked is None:
        return render(request, "desk/round.html", {"place": "team", "thanks": was_asked(member, at=at)})
    row, token = asked
    zone = offices().zone_of(member)
    until = words.day(row.closes_at.astimezone(zone).date(), today=at.astimezone(zone).date())
    return render(request, "desk/round.html", form(token, at=at) | {"until": until, "to": address(row)})


# Whoever answers is signed in, yet nothing here may look: no session is read, none is written, and nobody is named
@login_not_required
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the answer into the box, by its token alone."""
    may, row = pace.takes(get_ip(request)), Round.objects.filter(pk=pk).first()
    token, said, at = request.POST.get("token", ""), request.POST.get("words", ""), clock.now()
    if row is None or not token:
        return gone(request, "This round is over, or was called off. Nothing was kept; the next one comes by itself.")
    if not may:
        return again(request, row, TOO_MUCH, at=at, status=429)
    try:
        rounds.answer(row, token=token, marks=marks(request), words=said, at=at)
    except (rounds.NotOpen, rounds.NotYours) as why:
        return gone(request, str(why))
    except ValueError as fault:
        return again(request, row, str(fault), at=at, status=422)
    return HttpResponseRedirect(reverse("desk:round"), status=303)


def again(request: HttpRequest, row: Round, fault: str, *, at: datetime, status: int) -> HttpResponse:
    """The form with why nothing was put into the box; what was chosen and typed still stands in it."""
    typed = request.POST
    context = form(typed["token"], at=at, chosen=typed.dict()) | {"fault": fault, "to": address(row)}
    return render(request, "desk/round.html", context | {"said": typed.get("words", "")}, status=status)


def gone(request: HttpRequest, why: str) -> HttpResponse:
    """Nothing was kept, and why; the same to everybody."""
    return render(request, "desk/round.html", {"place": "team", "gone": why}, status=410)


def marks(request: HttpRequest) -> dict[str, int]:
    """The marks that were chosen. Raises ValueError for what is no number."""
    chosen = {name: request.POST.get(name, "") for name in Question.values}
    if any(mark and not (mark.isascii() and mark.isdigit() and len(mark) <= 2) for mark in chosen.values()):
        raise ValueError(f"A mark is a number from 0 to {HIGHEST}.")
    return {name: int(mark) for name, mark in chosen.items() if mark}


def form(token: str, *, at: datetime, chosen: Mapping[str, str] = NOTHING) -> dict[str, Any]:
    """What the template needs to ask; what is kept of the answers goes by the firm's numbers."""
    lines = [(question.value, question.label, ENDS[question], chosen.get(question, "")) for question in Question]
    found = {"place": "team", "token": token, "lines": lines, "ticks": TICKS, "longest": rounds.LONGEST}
    return found | team_words.numbers(parameters_at(at).hiding)


def address(row: Round) -> str:
    return reverse("desk:round_answer", args=[row.pk])


urls = [
    path("team/round/", page, name="round"),
    path("team/round/<row:pk>/", answer, name="round_answer"),
]
