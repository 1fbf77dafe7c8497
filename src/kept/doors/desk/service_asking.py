"""What the pages of service share: whose they are, the page of one short form, and where it leads back to."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kept.doors.desk.acts import done, failed, me, undoing
from kept.doors.desk.promise_days import Here
from kept.doors.desk.service_fields import OfClient
from kept.kit import clock
from kept.ledgers.clients.models import Client
from kept.readings.calendars import offices

acting = require_http_methods(["GET", "HEAD", "POST", "DELETE"])
undoes = require_http_methods(["POST", "DELETE"])


def here_of(request: HttpRequest) -> Here:
    return Here(me(request), clock.now(), offices())


def client_of(request: HttpRequest, pk: int) -> Client:
    return get_object_or_404(Client.objects.seen_by(me(request)).select_related("lead", "wall"), pk=pk)


def typed_in[Form: OfClient](
    request: HttpRequest, kind: type[Form], *, client: Client, initial: dict[str, Any] | None = None
) -> Form:
    """The form, with what was typed if it was; a day not named yet is today."""
    here = here_of(request)
    today: date = here.at.astimezone(here.zone).date()
    days = dict.fromkeys(("day", "sent_on", "since"), f"{today:%Y-%m-%d}")
    typed = request.POST if request.method == "POST" else None
    return kind(typed, here=here, client=client, initial=days | (initial or {}))


def asking(request: HttpRequest, form: OfClient, *, say: str, act: str, why: str = "") -> HttpResponse:
    """The page of one short form; what was typed stays in it."""
    back = reverse("desk:service", args=[form.client.pk])
    context = {
        "place": "clients", "client": form.client, "form": form, "say": say, "act": act, "why": why, "back": back,
    }  # fmt: skip
    return render(request, "desk/service_form.html", context, status=422 if form.is_bound else 200)


def taking_back(request: HttpRequest, row: Any, verb: Callable[..., Any], *, said: str = "Taken back.") -> HttpResponse:
    """Undo what the address names, if it is still there; only for who asks to undo."""
    if not undoing(request):
        raise Http404
    try:
        if row is not None:
            verb(row, by=me(request), at=clock.now())
    except ValueError as why:
        return failed(request, why)
    return done(request, said)
