"""Felt: how it is for our clients, who must be spoken with today, and what came of it; every act with its way back."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from kept.doors.desk import felt_words
from kept.doors.desk.acts import done, failed, me, undoing
from kept.doors.desk.drawn import rows as drawn_rows
from kept.doors.desk.felt_asking import asking
from kept.doors.desk.felt_asking import urls as asking_urls
from kept.doors.desk.felt_client import client_felt
from kept.doors.desk.felt_drawn import STEPS, of_clients, of_firm
from kept.doors.desk.tables import as_file
from kept.kit import clock, words
from kept.ledgers.pulses import following
from kept.ledgers.pulses.models import MARKS, FollowUp, Skip
from kept.measures.feeling import Feeling
from kept.measures.promoters import Promoters, changed
from kept.readings.calendars import offices
from kept.readings.felt import FirmFelt
from kept.readings.felt_page import FeltPage, Row, felt_page
from kept.readings.trust_numbers import parameters_at

PAGE, WORDS = 50, 6
COLUMNS = ["client", "lead", "asked", "answered", *(f"{name}{part}" for name in MARKS for part in ("", " before"))]

acting = require_http_methods(["POST", "DELETE"])


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The feelings of half a year, calls first."""
    mine = request.GET.get("whose") == "mine"
    one = felt_page(me(request), at=clock.now(), offices=offices(), mine=mine)
    if request.GET.get("as") == "csv":
        return as_file("felt.csv", [COLUMNS, *map(_cells, one.rows)])
    return render(request, "desk/felt.html", context(one, mine=mine, turned=request.GET.get("page", "1")))


@acting
def spoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody spoke with them; DELETE takes that back."""
    row, now = _row(request, pk), clock.now()
    who = felt_words.who_of(row)
    try:
        if undoing(request):
            following.take_back_spoke(row, by=me(request), at=now)
            return done(request, f"Taken back: nobody has spoken with {who} yet.")
        following.spoke(row, by=me(request), at=now, words=request.POST.get("words", ""))
    except ValueError as fault:
        return failed(request, fault)
    return done(request, f"You spoke with {who}; the promise is kept.", undo=reverse("desk:felt_spoke", args=[pk]))


@acting
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of it, in words; DELETE takes them back."""
    row, now = _row(request, pk), clock.now()
    try:
        if undoing(request):
            following.take_back_end(row, by=me(request), at=now)
            return done(request, f"Taken back: it goes on with {felt_words.who_of(row)}.")
        following.end(row, outcome=request.POST.get("words", ""), by=me(request), at=now)
    except ValueError as fault:
        return failed(request, fault)
    return done(request, "Ended:", undo=reverse("desk:felt_end", args=[pk]), words=f"“{row.outcome}”")


def context(one: FeltPage, *, mine: bool, turned: str) -> dict[str, Any]:
    """What the template draws."""
    shown = Paginator(one.rows, PAGE).get_page(turned)
    in_words = [(client, said) for client, said in one.heard if said.words]
    numbers = parameters_at(one.at).feeling
    return {
        "place": "felt",
        "one": one,
        "mine": mine,
        "opening": felt_words.opening(one),
        "calls": [_call(call, one, numbers) for call in one.calls],
        "lines": of_firm(one.firm),
        "steps": STEPS,
        "response": _response(one),
        "said": [_said(client, said, one) for client, said in in_words[:WORDS]],
        "shown": shown,
        "rows": drawn_rows("desk/felt.html#row", of_clients(shown, at=one.at, zone=one.zone)),
        "silent": [(row.client, felt_words.spoken_names(row.felt.silent)) for row in one.silent],
        "still_open": [
            (row.client, felt_words.spoken_names(row.felt.still_open)) for row in one.rows if row.felt.still_open
        ],
        "skips": [_skip(row, one) for row in one.skips[:PAGE]],
        "score": _score(one.firm),
        "asking": asking(one.viewer, at=one.at, zone=one.zone),
    }


def _row(request: HttpRequest, pk: int) -> FollowUp:
    rows = FollowUp.objects.seen_by(me(request)).select_related("answer__client", "answer__contact", "promise")
    return get_object_or_404(rows, pk=pk)


def _call(call: FollowUp, one: FeltPage, numbers: Feeling) -> dict[str, Any]:
    answer = call.answer
    act = "felt_spoke" if call.spoke_at is None else "felt_end"
    return {
        "row": call,
        "who": felt_words.who_of(call),
        "client": answer.client,
        "to": f"{reverse('desk:client_felt', args=[answer.client_id])}#a{answer.pk}",
        "low": felt_words.low_marks(call, numbers=numbers),
        "state": felt_words.call_state(call, one.at, one.zone),
        "said": words.moment(answer.changed_at or answer.at, now=one.at, zone=one.zone),
        "act": reverse(f"desk:{act}", args=[call.pk]),
    }


def _said(client: Any, said: Any, one: FeltPage) -> dict[str, Any]:
    return {
        "client": client,
        "said": said,
        "to": f"{reverse('desk:client_felt', args=[client.pk])}#a{said.pk}",
        "day": words.day(said.at.astimezone(one.zone).date(), today=one.at.astimezone(one.zone).date()),
        "marks": felt_words.marks_said(said),
        "followed": felt_words.followed(said, one.at, one.zone),
    }


def _skip(row: Skip, one: FeltPage) -> dict[str, Any]:
    today = one.at.astimezone(one.zone).date()
    return {
        "row": row,
        "day": words.day(row.at.astimezone(one.zone).date(), today=today),
        "why": felt_words.skipped(row, money=one.viewer.may_see_money),
    }


def _response(one: FeltPage) -> str:
    service = one.firm.service
    if service.response is None:
        return "Nobody’s question has closed yet." if one.rows else "Nobody was asked in half a year."
    return f"{service.answered} of {service.asked} people answered in half a year, {100 * service.response:.0f}%."


def _score(firm: FirmFelt) -> dict[str, Any] | None:
    """NPS in words, with its range; only a sure change is called one."""
    if firm.score is None:
        return None
    before = firm.score_before
    return {
        "now": _points(firm.score),
        "before": _points(before) if before else "",
        "n": words.count(int(firm.score.counts.n), "answer"),
        "sure": before is not None and changed(before, firm.score),
    }


def _points(score: Promoters) -> str:
    return f"{score.value:+.0f}, between {score.interval.low:+.0f} and {score.interval.high:+.0f}".replace("-", "−")


def _cells(row: Row) -> list[object]:
    felt = row.felt
    marks = [cell for line in felt.lines for cell in (line.mean, line.before)]
    people = [len(felt.answered) + len(felt.silent), len(felt.answered)]
    lead = row.client.lead.name if row.client.lead else ""
    return [row.client.name, lead, *people, *("" if mark is None else round(mark, 2) for mark in marks)]


urls = [
    *asking_urls,
    path("felt/", page, name="felt"),
    path("felt/<row:pk>/spoke/", spoke, name="felt_spoke"),
    path("felt/<row:pk>/end/", end, name="felt_end"),
    path("clients/<row:pk>/felt/", client_felt, name="client_felt"),
]
