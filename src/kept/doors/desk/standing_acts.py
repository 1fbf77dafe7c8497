"""What is said of why a client stays: a sign is noted, a tie is judged, and each can be taken back."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse

from kept.doors.desk.acts import done, me, undoing
from kept.doors.desk.client_acts import acting, undoes
from kept.doors.desk.standing_forms import NOTHING, Judge, Note
from kept.kit import clock
from kept.ledgers.choices import verbs as choices
from kept.ledgers.choices.models import Hold, LockKind, Sign, SignKind
from kept.ledgers.clients.models import Client
from kept.readings.calendars import offices

WHY_NOTE = "What a client does of their own free will tells more than that they are still here."
WHY_JUDGE = "Staying is not loyalty. Whoever could leave tomorrow and stays has chosen us."


def _client(request: HttpRequest, pk: int) -> Client:
    return get_object_or_404(Client.objects.seen_by(me(request)).select_related("lead", "wall"), pk=pk)


def _asking(request: HttpRequest, client: Client, form: Note | Judge, **words: str) -> HttpResponse:
    """The page of the form; it leads back to why they stay."""
    back = reverse("desk:standing", args=[client.pk])
    context: dict[str, Any] = {"place": "clients", "client": client, "form": form, "back": back, **words}
    return render(request, "desk/client_form.html", context, status=422 if form.is_bound else 200)


@acting
def signs(request: HttpRequest, pk: int) -> HttpResponse:
    """Something they did that shows how freely they choose us."""
    client, now, zone = _client(request, pk), clock.now(), offices().zone_of(me(request))
    today = now.astimezone(zone).date()
    form = Note(request.POST if request.method == "POST" else None, client=client, initial={"on": today.isoformat()})
    if form.is_valid():
        typed = form.cleaned_data
        try:
            row = choices.note(
                client, kind=SignKind(typed["kind"]), seen_at=form.seen_at(now, zone), contact=typed["contact"],
                words=typed["words"], by=me(request), at=now,
            )  # fmt: skip
            return done(
                request, f"{client.name} {row.get_kind_display()}.", undo=reverse("desk:sign", args=[pk, row.pk])
            )
        except ValueError as why:
            form.add_error("on", str(why))
    return _asking(request, client, form, say=f"What did {client.name} do?", act="Write it down", why=WHY_NOTE)


@acting
def ties(request: HttpRequest, pk: int) -> HttpResponse:
    """What ties them, what does not, or that nothing does; one tap says it, or the form with more words."""
    client, now = _client(request, pk), clock.now()
    form = Judge(request.POST if request.method == "POST" else None, initial={"lock": request.GET.get("lock", "")})
    if form.is_valid():
        try:
            row = _judged(client, form.cleaned_data, request, now)
            return done(request, _said(row), undo=reverse("desk:tie", args=[pk, row.pk]))
        except ValueError as why:
            form.add_error("until", str(why))
    return _asking(request, client, form, say=f"What ties {client.name} to us?", act="I judge it so", why=WHY_JUDGE)


def _judged(client: Client, typed: dict[str, Any], request: HttpRequest, now: datetime) -> Hold:
    since = now.astimezone(offices().zone_of(me(request))).date()
    who: dict[str, Any] = {"by": me(request), "at": now, "since": since, "words": typed["words"]}
    if typed["lock"] == NOTHING:
        return choices.find_free(client, **who)
    lock = LockKind(typed["lock"])
    return choices.tie(client, lock=lock, until=typed["until"], **who) if typed["ties"] else (
        choices.untie(client, lock=lock, **who)
    )  # fmt: skip


def _said(row: Hold) -> str:
    if not row.lock:
        return "Judged: nothing ties them."
    return f"Judged: {row.get_lock_display()}." if row.ties else f"Judged: it is not that {row.get_lock_display()}."


@undoes
def sign(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Take a sign back."""
    return _taken_back(request, pk, Sign.objects.filter(client=pk, pk=row), said="Taken back; it counts no more.")


@undoes
def tie(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Take a judgement back; what was judged before counts again."""
    return _taken_back(request, pk, Hold.objects.filter(client=pk, pk=row), said="As it was judged before.")


def _taken_back(request: HttpRequest, pk: int, found: Any, *, said: str) -> HttpResponse:
    _client(request, pk)
    if not undoing(request):
        raise Http404
    for one in found:
        choices.take_back(one, by=me(request), at=clock.now())
    return done(request, said)


urls = [
    path("clients/<row:pk>/signs/", signs, name="signs"),
    path("clients/<row:pk>/signs/<row:row>/", sign, name="sign"),
    path("clients/<row:pk>/ties/", ties, name="ties"),
    path("clients/<row:pk>/ties/<row:row>/", tie, name="tie"),
]
