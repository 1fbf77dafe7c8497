"""Walls as the owner settles them, in front of which the owner stands; those that keep the owner out are not there."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse

from kept.doors.desk.acts import done, failed, me, undoing
from kept.doors.desk.inbox_sift import number
from kept.doors.desk.settings_back import CLOSED, acting, change, outdated, owners, to, way_back
from kept.doors.desk.settings_forms import WallForm
from kept.flows import walling
from kept.kit import clock
from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Client
from kept.ledgers.team import walls as team_walls
from kept.ledgers.team.models import Member, Wall
from kept.readings.settings_page import WallSeen, wall_says, walls_seen


@acting
@owners
def walls(request: HttpRequest) -> HttpResponse:
    """GET asks whom to keep from which client, POST builds the wall."""
    if request.method in {"GET", "HEAD"}:
        return _ask(request, _form(request))

    def save(form: WallForm) -> Wall:
        return walling.wall_off(by=me(request), at=clock.now(), **form.cleaned_data)

    def undo(wall: Wall) -> str:
        return reverse("desk:wall", args=[wall.pk])

    answer = change(
        request,
        lambda typed: _form(request, typed),
        save=save,
        undo=undo,
        show=lambda form: _ask(request, form),
        said="The wall stands.",
    )
    return to(answer, reverse("desk:settings") + "#walls") if answer.status_code == 303 else answer


@acting
@owners
def wall(request: HttpRequest, pk: int) -> HttpResponse:
    """POST says why it stands; DELETE brings its clients out in front and takes it down."""
    seen = _seen(request, pk)
    if request.method in {"GET", "HEAD"}:
        return _show(request, seen)
    if undoing(request):
        return _take_away(request, seen)
    reason = request.POST.get("reason", "").strip()[:500]
    team_walls.give_reason(seen.wall, reason=reason, by=me(request), at=clock.now())
    return done(request, "Kept as you wrote it.")


@acting
@owners
def wall_client(request: HttpRequest, pk: int, row: int = 0) -> HttpResponse:
    """POST puts the client behind the wall, DELETE brings it out in front."""
    seen = _seen(request, pk)
    if request.method in {"GET", "HEAD"}:
        return redirect("desk:wall", pk)
    known = Client.objects.seen_by(me(request))
    client = get_object_or_404(known, pk=row or number(request.POST.get("client")))
    here = reverse("desk:wall_client", args=[pk, client.pk])
    if outdated(request):
        return failed(request, CLOSED)
    if undoing(request) and "back" not in request.GET:
        if client.wall_id == pk:
            clients.put_behind(client, wall=None, by=me(request), at=clock.now())
        return done(request, f"Everybody may meet {client.name} now.", undo=way_back(here, {"behind": True}))
    if client.wall_id not in {None, pk}:
        return failed(request, f"{client.name} is behind another wall. Bring it out in front of that one first.")
    try:
        walling.put_behind(client, wall=seen.wall, by=me(request), at=clock.now())
    except ValueError as fault:
        return failed(request, fault)
    return done(request, f"{client.name} is behind the wall.", undo=here)


@acting
@owners
def wall_member(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """POST keeps the member out, DELETE lets them in."""
    seen = _seen(request, pk)
    if request.method in {"GET", "HEAD"}:
        return redirect("desk:wall", pk)
    member = get_object_or_404(Member.objects.present(), pk=row)
    if outdated(request):
        return failed(request, CLOSED)
    if undoing(request) and "back" not in request.GET:
        team_walls.let_in(seen.wall, member=member, by=me(request), at=clock.now())
        return done(request, f"{member.first_name} is let in.", undo=way_back(request.path, {"out": True}))
    try:
        walling.keep_out(seen.wall, member=member, by=me(request), at=clock.now())
    except ValueError as fault:
        return failed(request, fault)
    return done(request, f"{member.first_name} is kept out from now on.", undo=request.path)


def _take_away(request: HttpRequest, seen: WallSeen) -> HttpResponse:
    walling.take_away(seen.wall, by=me(request), at=clock.now())
    facts = {
        "client": seen.clients[0].pk if seen.clients else None,
        "keep_out": [member.pk for member in seen.kept_out],
        "reason": seen.wall.reason,
    }
    # of several clients only a hand can say which belong behind it again
    simple = len(seen.clients) == 1 and seen.kept_out
    undo = way_back(reverse("desk:walls"), facts) if simple else ""
    return to(done(request, "The wall is gone.", undo=undo), reverse("desk:settings") + "#walls")


def _seen(request: HttpRequest, pk: int) -> WallSeen:
    """The wall, if it does not keep the viewer out. Raises Http404, whatever the reason, in the same words."""
    get_object_or_404(team_walls.seen_by(me(request)), pk=pk)
    return next(seen for seen in walls_seen(me(request)) if seen.wall.pk == pk)


def _form(request: HttpRequest, typed: Any = None) -> WallForm:
    free = Client.objects.seen_by(me(request)).filter(wall=None)
    others = Member.objects.present().exclude(pk=me(request).pk)
    return WallForm(typed, clients=free, members=others)


def _ask(request: HttpRequest, form: WallForm) -> HttpResponse:
    context = {"place": "settings", "section": "walls", "form": form, "typed": form}
    return render(request, "desk/settings_wall.html", context)


def _show(request: HttpRequest, seen: WallSeen) -> HttpResponse:
    out = {member.pk for member in seen.kept_out}
    context = {
        "place": "settings",
        "section": "walls",
        "seen": seen,
        "says": wall_says(seen),
        "free": Client.objects.seen_by(me(request)).filter(wall=None),
        "others": Member.objects.present().exclude(pk__in=out | {me(request).pk}),
    }
    return render(request, "desk/settings_wall.html", context)


urls = [
    path("settings/walls/", walls, name="walls"),
    path("settings/walls/<row:pk>/", wall, name="wall"),
    path("settings/walls/<row:pk>/clients/", wall_client, name="wall_clients"),
    path("settings/walls/<row:pk>/clients/<row:row>/", wall_client, name="wall_client"),
    path("settings/walls/<row:pk>/people/<row:row>/", wall_member, name="wall_member"),
]
