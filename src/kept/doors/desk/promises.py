"""Promises: what stands, each opened in its place to be kept, moved or released; every act with its way back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from kept.doors.desk.acts import done, failed, me, undoing
from kept.doors.desk.inbox_sift import number
from kept.doors.desk.promise_days import Here
from kept.doors.desk.promise_forms import MakePromise, MovePromise, ReleasePromise
from kept.doors.desk.promise_opened import undo_address
from kept.doors.desk.promise_showing import show
from kept.kit import clock
from kept.ledgers.clients.models import Client
from kept.ledgers.journal.models import Line
from kept.ledgers.promises import verbs
from kept.ledgers.promises.models import OutcomeKind, Promise
from kept.readings.calendars import offices

acting = require_http_methods(["GET", "HEAD", "POST", "DELETE"])


@require_http_methods(["GET", "HEAD", "POST"])
def promises(request: HttpRequest) -> HttpResponse:
    """All promises by when they fall due; POST makes one."""
    here = _here(request)
    return _make(request, here) if request.method == "POST" else show(request, here)


@require_safe
def promise(request: HttpRequest, pk: int) -> HttpResponse:
    """The same page with one promise opened."""
    return show(request, _here(request), opened=pk)


@acting
def keeping(request: HttpRequest, pk: int) -> HttpResponse:
    """It is kept just now; DELETE takes that back."""
    row = _row(request, pk)
    if undoing(request):
        return _take_back(request, row, OutcomeKind.KEPT)
    if request.method != "POST":
        return redirect("desk:promise", pk)
    try:
        outcome = verbs.keep(row, by=me(request), at=clock.now())
    except ValueError as fault:
        return failed(request, fault)
    return done(request, "Kept just now:", undo=undo_address(outcome), words=f"“{row.words}”")


@acting
def moving(request: HttpRequest, pk: int) -> HttpResponse:
    """Another day for it; DELETE takes that back."""
    row = _row(request, pk)
    if undoing(request):
        return _take_back(request, row, OutcomeKind.MOVED)
    return _move(request, row) if request.method == "POST" else redirect("desk:promise", pk)


@acting
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """They no longer want it; DELETE takes that back."""
    row = _row(request, pk)
    if undoing(request):
        return _take_back(request, row, OutcomeKind.RELEASED)
    return _release(request, row) if request.method == "POST" else redirect("desk:promise", pk)


@acting
def writing(request: HttpRequest, pk: int) -> HttpResponse:
    """DELETE takes out what was written down by mistake; the journal keeps it."""
    if undoing(request) and _withdrawn_by(request, pk):
        return _to_list(done(request, "It was taken out already."), pk)
    row = _row(request, pk)
    if not undoing(request):
        return redirect("desk:promise", pk)
    try:
        verbs.withdraw(row, by=me(request), at=clock.now())
    except ValueError as fault:
        return failed(request, fault)
    return _to_list(done(request, "Taken out:", words=f"“{row.words}”"), pk)


def _make(request: HttpRequest, here: Here) -> HttpResponse:
    client = get_object_or_404(Client.objects.seen_by(here.viewer), pk=number(request.POST.get("client")))
    form = MakePromise(request.POST, here=here, client=client)
    if not form.is_valid():
        return show(request, here, make=form)
    typed = form.cleaned_data
    said = {"by": typed["by"], "words": typed["words"], "contact": typed["contact"]}
    row = Promise.objects.open().filter(client=client, first_due=form.due, **said).first()  # a form sent twice
    row = row or verbs.promise(
        client, due=form.due, at=here.at, size=typed["size"], source=form.source, made_by=here.viewer, **said
    )
    whom = row.contact.first_name if row.contact else client.name
    undo = reverse("desk:writing", args=[row.pk])
    return done(request, f"Promised to {whom}, due {here.full(row.due)}:", undo=undo, words=f"“{row.words}”")


def _move(request: HttpRequest, row: Promise) -> HttpResponse:
    here = _here(request)
    form = MovePromise(request.POST, here=here, auto_id="move-%s")
    if form.is_valid():
        agreed, because = form.agreed(_whom(row)), form.cleaned_data["because"]
        try:
            outcome = verbs.move(row, to=form.due, by=here.viewer, at=here.at, reason=because, agreed=agreed)
        except verbs.AlreadyEnded as fault:  # its forms are gone from the page, so the foot says it
            return failed(request, fault)
        except ValueError as fault:
            form.add_error(None, str(fault))
        else:
            return done(request, f"Moved to {here.full(form.due)}:", undo=undo_address(outcome), words=f"“{row.words}”")
    return show(request, here, opened=row.pk, typed={"move": form})


def _release(request: HttpRequest, row: Promise) -> HttpResponse:
    here = _here(request)
    form = ReleasePromise(request.POST, auto_id="release-%s")
    if form.is_valid():
        try:
            outcome = verbs.release(row, by=here.viewer, at=here.at, agreed=form.agreed(_whom(row)))
        except ValueError as fault:
            return failed(request, fault)
        return done(request, f"Released by {_whom(row)}:", undo=undo_address(outcome), words=f"“{row.words}”")
    return show(request, here, opened=row.pk, typed={"release": form})


def _take_back(request: HttpRequest, row: Promise, kind: OutcomeKind) -> HttpResponse:
    """Take back the outcome the address names, or the newest of that kind; once it is gone, nothing happens."""
    found = row.outcomes.filter(kind=kind).order_by("-pk")
    named = request.GET.get("of")
    outcome = (found.filter(pk=number(named)) if named else found).first()
    if outcome is None:
        return done(request, "That was taken back already.")
    try:
        verbs.take_back(outcome, by=me(request), at=clock.now())
    except ValueError as fault:
        return failed(request, fault)
    return done(request, "Taken back:", words=f"“{row.words}”")


def _here(request: HttpRequest) -> Here:
    return Here(me(request), clock.now(), offices())


def _row(request: HttpRequest, pk: int) -> Promise:
    return get_object_or_404(Promise.objects.seen_by(me(request)).select_related("client", "contact"), pk=pk)


def _whom(row: Promise) -> str:
    return row.contact.name if row.contact else row.client.name


def _withdrawn_by(request: HttpRequest, pk: int) -> bool:
    """Whether this member took it out before; to others a row that is gone was never there."""
    return Line.objects.filter(
        noun="promises.Promise", row_id=pk, verb="promises.withdraw", by_id=me(request).pk
    ).exists()


def _to_list(answer: HttpResponse, pk: int) -> HttpResponse:
    """Not back to the page of a promise that is gone."""
    gone: Any = reverse("desk:promise", args=[pk])
    if answer["Location"].partition("?")[0].endswith(gone):
        answer["Location"] = reverse("desk:promises")
    return answer


urls = [
    path("promises/", promises, name="promises"),
    path("promises/<row:pk>/", promise, name="promise"),
    path("promises/<row:pk>/keeping/", keeping, name="keeping"),
    path("promises/<row:pk>/moving/", moving, name="moving"),
    path("promises/<row:pk>/release/", release, name="release"),
    path("promises/<row:pk>/writing/", writing, name="writing"),
]
