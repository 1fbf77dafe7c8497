"""What we learned with a client: written after a delight or a disappointment, worded anew, taken back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from kept.doors.desk.acts import done, failed, me, undoing
from kept.doors.desk.inbox_sift import number
from kept.doors.desk.reflections_forms import Reflect, Rewording
from kept.doors.desk.reflections_words import Eye, moved, occasion, opening, thought, undo_of
from kept.kit import clock
from kept.ledgers.clients.models import Client
from kept.ledgers.reflections import verbs as reflections
from kept.ledgers.reflections.models import Kind, Reflection, Wording
from kept.readings.calendars import offices
from kept.readings.reflections import Reflecting, reflecting


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything learned with the client; POST writes down one more."""
    client = get_object_or_404(Client.objects.seen_by(me(request)), pk=pk)
    one = reflecting(client, at=clock.now())
    if request.method == "POST":
        return write(request, one)
    return show(request, one, form=begun(request, one))


def write(request: HttpRequest, one: Reflecting) -> HttpResponse:
    """Write it down, beside it the rows that moved trust as they were shown."""
    form = Reflect(request.POST, one=one)
    if not form.is_valid():
        return show(request, one, form=form, status=422)
    row = reflections.reflect(
        one.client,
        kind=Kind(form.cleaned_data["kind"]),
        after=form.happening(),
        learned=form.said(),
        moved=one.moved,
        sentence=form.cleaned_data.get("sentence"),
        by=me(request),
        at=clock.now(),
    )
    undo = reverse("desk:reflection", args=[one.client.pk, row.pk])
    return done(request, "Written down.", undo=undo, words=form.cleaned_data["change"])


@require_http_methods(["POST", "DELETE"])
def reflection(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Word it anew, or take it back."""
    found = get_object_or_404(Reflection.objects.seen_by(me(request)), pk=row, client=pk)
    if undoing(request):
        reflections.take_back(found, by=me(request), at=clock.now())
        return done(request, "Taken back.")
    form = Rewording(request.POST)
    if not form.is_valid():
        one = reflecting(found.client, at=clock.now())
        return show(request, one, form=begun(request, one), rewording=(found.pk, form), status=422)
    wording = reflections.reword(found, learned=form.said(), by=me(request), at=clock.now())
    undo = undo_of(wording) if found.wordings.count() > 1 else ""
    return done(request, "Worded anew.", undo=undo, words=wording.change)


@require_http_methods(["POST", "DELETE"])
def wording(request: HttpRequest, pk: int, row: int, wording: int) -> HttpResponse:
    """Take a rewording back: what was said before counts again."""
    found = get_object_or_404(Reflection.objects.seen_by(me(request)), pk=row, client=pk)
    said = get_object_or_404(Wording.objects.filter(reflection=found), pk=wording)
    try:
        reflections.take_back_wording(said, by=me(request), at=clock.now())
    except ValueError as why:
        return failed(request, why)
    return done(request, "As it was said before.")


def begun(request: HttpRequest, one: Reflecting) -> Reflect:
    """The form as it begins: with the occasion the address names, if there is one."""
    form = Reflect(one=one)
    if chosen := form.occasions.get(request.GET.get("after", "")):
        form.initial = {"after": request.GET["after"], "kind": chosen.kind}
    return form


def show(
    request: HttpRequest,
    one: Reflecting,
    *,
    form: Reflect,
    rewording: tuple[int, Rewording] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with a form that may be begun or faulty."""
    at = clock.now()
    eye = Eye(at, offices().zone_of(me(request)))
    asked = rewording or (number(request.GET.get("reword")), None)
    context: dict[str, Any] = {
        "place": "clients",
        "client": one.client,
        "opening": opening(one),
        "thoughts": [thought(each, eye) for each in one.thoughts],
        "occasions": [occasion(each, eye, client=one.client.pk) for each in one.occasions],
        "moved": [moved(each) for each in one.moved],
        "form": form,
        "writing": form.is_bound or "after" in request.GET or "new" in request.GET or not one.thoughts,
        "reword": asked[0],
        "reword_form": asked[1] or rewording_of(one, asked[0]),
    }
    return render(request, "desk/reflections.html", context, status=status)


def rewording_of(one: Reflecting, pk: int) -> Rewording | None:
    """The form that words one of them anew, begun with what it says now."""
    chosen = next((each for each in one.thoughts if each.row.pk == pk), None)
    return Rewording(initial={"learned": chosen.now.learned, "change": chosen.now.change}) if chosen else None


urls = [
    path("clients/<row:pk>/reflections/", page, name="reflections"),
    path("clients/<row:pk>/reflections/<row:row>/", reflection, name="reflection"),
    path("clients/<row:pk>/reflections/<row:row>/wordings/<row:wording>/", wording, name="reflection_wording"),
]
