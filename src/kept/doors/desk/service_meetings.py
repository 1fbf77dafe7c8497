"""Meetings with a client as people tell of them: planned, held, missed, called off; each can be taken back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from kept.doors.desk.acts import done, undoing
from kept.doors.desk.service_asking import acting, asking, client_of, taking_back, typed_in, undoes
from kept.doors.desk.service_forms import End, Meet, Plan
from kept.ledgers.touches import verbs as touches
from kept.ledgers.touches.models import Ending, EndingKind, Meeting


@acting
def meetings(request: HttpRequest, pk: int) -> HttpResponse:
    """We met."""
    client = client_of(request, pk)
    form = typed_in(request, Meet, client=client)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            row = touches.met(
                client, about=typed["about"], met_at=typed["at"], promised=list(typed["promised"]),
                came=list(typed["came"]), held=form.held(), engagement=typed["engagement"],
                by=form.here.viewer, at=form.here.at,
            )  # fmt: skip
            return done(request, "Written down:", undo=reverse("desk:meeting", args=[pk, row.pk]), words=row.about)
        except ValueError as fault:
            form.add_error(None, str(fault))
    why = "Who was promised is set beside who came; ten minutes are in time."
    return asking(request, form, say=f"How was it when we met {client.name}?", act="Write it down", why=why)


@acting
def plans(request: HttpRequest, pk: int) -> HttpResponse:
    """A meeting to come."""
    client = client_of(request, pk)
    form = typed_in(request, Plan, client=client)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            row = touches.plan(
                client, about=typed["about"], planned_at=typed["at"], promised=list(typed["promised"]),
                engagement=typed["engagement"], by=form.here.viewer, at=form.here.at,
            )  # fmt: skip
            return done(request, "Planned:", undo=reverse("desk:meeting", args=[pk, row.pk]), words=row.about)
        except ValueError as fault:
            form.add_error(None, str(fault))
    return asking(request, form, say=f"When do we meet {client.name}?", act="Plan it")


@undoes
def meeting(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Take a meeting out, with all that was said of it."""
    found = Meeting.objects.filter(client=client_of(request, pk), pk=row).first()
    return taking_back(request, found, touches.take_back)


@acting
def ending(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """How a planned meeting ended; undone, nobody has said."""
    client = client_of(request, pk)
    if undoing(request):
        standing = Ending.objects.filter(meeting__client=client, meeting=row).select_related("meeting").first()
        return taking_back(request, standing, touches.take_back)
    found = get_object_or_404(Meeting.objects.filter(client=client), pk=row)
    promised = found.people.filter(promised=True).values_list("member", flat=True)
    form = typed_in(request, End, client=client, initial={"came": list(promised)})
    if form.is_valid():
        try:
            _end(form, found)
            undo = reverse("desk:meeting_ending", args=[pk, row])
            return done(request, "Written down:", undo=undo, words=found.about)
        except ValueError as fault:
            form.add_error(None, str(fault))
    return asking(request, form, say=f"How did “{found.about}” go?", act="Write it down")


def _end(form: End, found: Meeting) -> None:
    typed, by, at = form.cleaned_data, form.here.viewer, form.here.at
    match EndingKind(typed["how"]):
        case EndingKind.HELD:
            touches.hold(found, came=list(typed["came"]), held=form.held(), by=by, at=at)
        case EndingKind.MISSED:
            touches.miss(found, words=typed["words"], by=by, at=at)
        case kind:
            touches.call_off(found, by_us=kind == EndingKind.OFF_BY_US, words=typed["words"], by=by, at=at)


urls = [
    path("clients/<row:pk>/meetings/", meetings, name="meetings"),
    path("clients/<row:pk>/meetings/planned/", plans, name="meeting_plans"),
    path("clients/<row:pk>/meetings/<row:row>/", meeting, name="meeting"),
    path("clients/<row:pk>/meetings/<row:row>/ending/", ending, name="meeting_ending"),
]
