"""Asking one person now how it felt: in whose name and whether we may at all is decided by the firm's rules."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from kept.doors.desk.acts import done, failed, me, undoing
from kept.doors.desk.inbox_sift import number
from kept.flows import send_pulse
from kept.kit import clock, words
from kept.ledgers.clients.models import Client, Contact
from kept.ledgers.pulses import verbs
from kept.ledgers.pulses.models import Invitation, Occasion
from kept.ledgers.team.models import Member
from kept.readings.felt_whom import Somebody, whom_to_ask

OCCASIONS = (
    (Occasion.QUARTER, "how it is to work with us"),
    (Occasion.MEETING, "a meeting"),
    (Occasion.MILESTONE, "something we made"),
)


@require_http_methods(["POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """One letter with one link goes to this person."""
    sent = request.POST
    contact = get_object_or_404(Contact.objects.seen_by(me(request)), pk=number(sent.get("contact")))
    occasion, about = _about(sent.get("occasion", ""), sent.get("about", ""))
    try:
        row = send_pulse.ask(contact, occasion=occasion, by=me(request), at=clock.now(), about=about)
    except ValueError as fault:
        return failed(request, fault)
    said = f"{contact.first_name} is asked, in {row.by.first_name}’s name."
    return done(request, said, undo=reverse("desk:felt_invitation", args=[row.pk]))


@require_http_methods(["POST", "DELETE"])
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """DELETE takes the question back: what has not gone does not go, and the link answers no more."""
    rows = Invitation.objects.seen_by(me(request)).select_related("contact", "letter", "reminder")
    row = get_object_or_404(rows, pk=pk)
    if not undoing(request):
        return failed(request, "Nothing was changed. A question can be taken back here, and nothing else.")
    verbs.withdraw(row, by=me(request), at=clock.now())
    return done(request, f"Taken back: {row.contact.first_name} is not asked.")


def asking(viewer: Member, *, at: datetime, zone: ZoneInfo, client: Client | None = None) -> dict[str, Any]:
    """What the form offers."""
    people = whom_to_ask(viewer, at=at, client=client)
    today = at.astimezone(zone)
    return {
        "people": [(one.contact.pk, _named(one, today, zone, alone=client is not None)) for one in people],
        "occasions": OCCASIONS,
    }


def _about(occasion: str, about: str) -> tuple[Occasion, str]:
    """The occasion that was chosen; about a moment without its name one asks how it is in general."""
    about = " ".join(about.split())[:200]
    if occasion in {Occasion.MEETING, Occasion.MILESTONE} and about:
        return Occasion(occasion), about
    return Occasion.QUARTER, ""


def _named(one: Somebody, today: datetime, zone: ZoneInfo, *, alone: bool) -> str:
    """ "Maya, Borealis: asked in June"."""
    who = one.contact.name if alone else f"{one.contact.name}, {one.contact.client.name}"
    if one.asked_at is None:
        return f"{who}: never asked"
    return (
        f"{who}: asked {words.since(one.asked_at.astimezone(zone).date(), today=today.date()).replace('since', 'on')}"
    )


urls = [
    path("felt/asking/", ask, name="felt_ask"),
    path("felt/asking/<row:pk>/", invitation, name="felt_invitation"),
]
