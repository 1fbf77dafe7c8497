"""Inlets as the owner settles them: tokens that bring comments, connection requests, calls and forms in."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse

from kept.doors.desk.acts import done, me, undoing
from kept.doors.desk.inbox_words import Eye
from kept.doors.desk.settings_back import acting, faulty, owners, way_back
from kept.kit import clock, words
from kept.ledgers.conversations import letting_in
from kept.ledgers.conversations.inlets import Inlet
from kept.ledgers.conversations.models import Channel
from kept.readings.calendars import offices

BRINGS = {
    Channel.COMMENT: "comments",
    Channel.CONNECTION: "connection requests",
    Channel.CALL: "calls",
    Channel.FORM: "words from a form of ours",
}


class InletForm(forms.Form):
    """What the inlet is called, and what it brings."""

    channel = forms.ChoiceField(label="It brings", choices=[(one.value, BRINGS[one]) for one in letting_in.BROUGHT])
    name = forms.CharField(
        label="Called", max_length=120, error_messages={"required": "Write a name, so that you know it again."}
    )


@acting
@owners
def inlets(request: HttpRequest) -> HttpResponse:
    """GET lists them, POST makes one and shows its token, this once."""
    form = InletForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        row, token = letting_in.open_inlet(
            name=typed["name"], channel=Channel(typed["channel"]), by=me(request), at=clock.now()
        )
        shown = _list(request, InletForm(), made=row, token=token)
        shown.headers["Cache-Control"] = "no-store"
        return shown
    page = _list(request, form)
    return faulty(page) if form.is_bound else page


@acting
@owners
def inlet(request: HttpRequest, pk: int) -> HttpResponse:
    """DELETE closes it; POST opens it again, with the token it had."""
    row = get_object_or_404(Inlet, pk=pk)
    if request.method in {"GET", "HEAD"}:
        return redirect("desk:inlets")
    if undoing(request) and "back" not in request.GET:
        letting_in.close_inlet(row, by=me(request), at=clock.now())
        return done(request, "Closed:", words=row.name, undo=way_back(request.path, {"open": True}))
    letting_in.reopen_inlet(row, by=me(request), at=clock.now())
    return done(request, "Open again:", words=row.name, undo=reverse("desk:inlet", args=[pk]))


def _list(request: HttpRequest, form: InletForm, *, made: Inlet | None = None, token: str = "") -> HttpResponse:
    eye = Eye(clock.now(), offices().zone_of(me(request)))
    rows = list(Inlet.objects.all())
    context: dict[str, Any] = {
        "place": "settings",
        "section": "inlets",
        "opening": opening([row for row in rows if row.closed_at is None]),
        "open": [(row, says(row, eye)) for row in rows if row.closed_at is None],
        "closed": [(row, says(row, eye)) for row in rows if row.closed_at is not None],
        "form": form,
        "typed": form,
        "made": made,
        "token": token,
        "address": f"{settings.KEPT_URL}{reverse('public:inlet', args=[made.channel])}" if made else "",
    }
    return render(request, "desk/settings_inlets.html", context)


def opening(rows: list[Inlet]) -> str:
    """ "Comments and calls come in by two inlets."."""
    if not rows:
        return "What is said in comments, connection requests and missed calls can come in here too."
    kinds = [BRINGS[one] for one in letting_in.BROUGHT if any(row.channel == one for row in rows)]
    return words.sentence(f"{words.listed(kinds)} come in by {words.count(len(rows), 'inlet')}.")


def says(row: Inlet, eye: Eye) -> str:
    """ "brings comments; last on Thu 15 Oct, 11:20"."""
    last = f"last {words.moment(row.used_at, now=eye.now, zone=eye.zone)}" if row.used_at else "nothing yet"
    return f"brings {BRINGS[Channel(row.channel)]}; {last}"


urls = [
    path("settings/inlets/", inlets, name="inlets"),
    path("settings/inlets/<row:pk>/", inlet, name="inlet"),
]
