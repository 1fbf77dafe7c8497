"""What of the pledge is different for whom: all that was agreed, one client's own pledge, and each act's way back."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from kept.doors.desk.acts import done, failed, me, undoing
from kept.doors.desk.client_forms import may_welcome as may_edit
from kept.doors.desk.pledge_editor import editors
from kept.doors.desk.pledge_forms import DifferenceForm
from kept.doors.desk.pledge_ways import missed, shown_rows
from kept.doors.desk.settings_back import acting, faulty
from kept.kit import clock, words
from kept.ledgers.clients.models import Client
from kept.ledgers.pledges import verbs
from kept.ledgers.pledges.models import Sentence, Variation
from kept.measures.pledge_kinds import KINDS
from kept.readings.calendars import offices
from kept.readings.pledge import board_lately
from kept.readings.pledge_counting import named
from kept.readings.pledge_in_force import in_force
from kept.readings.pledge_opening import client_opening
from kept.readings.pledge_told import all_misses, told


@require_safe
def differences(request: HttpRequest) -> HttpResponse:
    """All that was agreed with clients the reader may know of."""
    rows, now = list(_rows(request)), _words_now(in_force(clock.now()))
    context = {"place": "pledge", "rows": [_told(row, now) for row in rows], "opening": opening(rows)}
    return render(request, "desk/pledge_differences.html", context | {"may_edit": may_edit(me(request))})


@acting
def client_pledge(request: HttpRequest, pk: int) -> HttpResponse:
    """One client's own figures; POST agrees on a difference."""
    return _vary(request, pk) if request.method == "POST" else _show(request, _client(request, pk))


@editors
def _vary(request: HttpRequest, pk: int) -> HttpResponse:
    client, now = _client(request, pk), clock.now()
    form = DifferenceForm(request.POST, sentences=list(in_force(now)))
    if form.is_valid():
        try:
            row = verbs.vary(client, by=me(request), at=now, **form.facts())
        except ValueError as fault:
            form.add_error(None, str(fault))
        else:
            undo = reverse("desk:pledge_difference", args=[client.pk, row.pk])
            return done(request, f"Agreed with {client.name}:", words=row.reason, undo=undo)
    return faulty(_show(request, client, form))


@acting
@editors
def difference(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """DELETE takes a difference back; POST ends it today, which `back` in the address undoes."""
    client = _client(request, pk)
    if request.method in {"GET", "HEAD"}:
        return redirect("desk:client_pledge", pk)
    found = Variation.objects.filter(client=client, pk=row).first()
    if undoing(request) and "ended" not in request.GET:
        if found is not None:
            verbs.take_back_variation(found, by=me(request), at=clock.now())
        return done(request, "Taken back: it is as for everybody.")
    if found is None:
        raise Http404
    return _end(request, found)


def _end(request: HttpRequest, row: Variation) -> HttpResponse:
    now = clock.now()
    today = now.astimezone(offices().zone).date()
    on = _before(request) if undoing(request) else today
    before = row.until.isoformat() if row.until else ""
    try:
        verbs.end_variation(row, on=on, by=me(request), at=now)
    except ValueError as fault:
        return failed(request, fault)
    if undoing(request):
        return done(request, "It goes on as before.")
    return done(request, "Today is its last day:", words=row.reason, undo=f"{request.path}?ended={before}")


def _client(request: HttpRequest, pk: int) -> Client:
    return get_object_or_404(Client.objects.seen_by(me(request)).select_related("lead"), pk=pk)


def _before(request: HttpRequest) -> date | None:
    """The last day the address says it had before; none where it says none, or no day."""
    try:
        return date.fromisoformat(request.GET.get("ended", ""))
    except ValueError:
        return None


def _show(request: HttpRequest, client: Client, form: DifferenceForm | None = None) -> HttpResponse:
    now, viewer = clock.now(), me(request)
    sentences = in_force(now)
    places = offices()
    asked: dict[str, Any] = {"at": now, "offices": places, "viewer": viewer, "client": client}
    board = board_lately(sentences, **asked) if sentences else None
    names = named(all_misses(board.lines)) if board else {}
    today = now.astimezone(places.zone).date()
    context: dict[str, Any] = {
        "place": "clients",
        "client": client,
        "opening": client_opening(board, client.name),
        "lines": [(line, missed(shown_rows(line.misses, names), board)) for line in told(board)] if board else [],
        "rows": [_told(row, _words_now(sentences)) for row in board.varied] if board else [],
        "may_edit": may_edit(viewer) and bool(sentences),
        "form": form or DifferenceForm(sentences=list(sentences), initial={"since": today.isoformat()}),
    }
    return render(request, "desk/pledge_client.html", context)


def _rows(request: HttpRequest) -> Any:
    rows = Variation.objects.seen_by(me(request)).select_related("client", "sentence", "by")
    return rows.order_by("client__name", "-since", "-pk")


def _words_now(sentences: Sequence[Sentence]) -> dict[int, str]:
    """By root, what each sentence says now."""
    return {row.root_pk: row.words for row in sentences}


def _told(row: Variation, now: dict[int, str]) -> tuple[Variation, str, str, str]:
    """The row with the sentence as it reads now, what differs, and since when, in words."""
    return row, now.get(row.sentence_id, row.sentence.words), differs(row), lasts(row)


def differs(row: Variation) -> str:
    """ "within 2 working hours; 95 in 100", "left out"."""
    if row.left_out:
        return "left out"
    kind = KINDS.get(row.sentence.measure)
    said = [f"“{row.words}”"] if row.words else []
    if row.within and kind:
        said.append(f"within {row.within / kind.step:g} {kind.unit}")
    if row.target:
        said.append(f"{row.target} in 100")
    return "; ".join(said)


def lasts(row: Variation) -> str:
    """ "since 1 March", "from 1 March to 30 June"."""
    since = f"{row.since.day} {words.MONTHS[row.since.month - 1]} {row.since.year}"
    if row.until is None:
        return f"since {since}"
    return f"from {since} to {row.until.day} {words.MONTHS[row.until.month - 1]} {row.until.year}"


def opening(rows: list[Variation]) -> str:
    """ "Three differences are agreed, with Borealis and Cassini." """
    if not rows:
        return "The pledge is the same for every client."
    names = list(dict.fromkeys(row.client.name for row in rows))
    shown = words.listed(names if len(names) <= 3 else [*names[:2], words.count(len(names) - 2, "other")])
    number = words.sentence(words.count(len(rows), "difference"))
    return f"{number} {'is' if len(rows) == 1 else 'are'} agreed, with {shown}."


urls = [
    path("our-pledge/differences/", differences, name="pledge_differences"),
    path("clients/<row:pk>/pledge/", client_pledge, name="client_pledge"),
    path("clients/<row:pk>/pledge/<row:row>/", difference, name="pledge_difference"),
]
