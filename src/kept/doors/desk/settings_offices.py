"""Offices as the owner settles them: where they are, their week, their days off."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse

from kept.doors.desk import settings_pages
from kept.doors.desk import settings_words as say
from kept.doors.desk.acts import done, failed, me, undoing
from kept.doors.desk.settings_back import acting, change, faulty, owners, to, way_back
from kept.doors.desk.settings_office_forms import HolidayForm, OfficeForm, office_typed
from kept.doors.desk.settings_week import WeekForm, week_typed
from kept.kit import clock
from kept.ledgers.team import keeping_hours
from kept.ledgers.team import verbs as team
from kept.ledgers.team.models import Holiday, Office
from kept.readings.calendars import offices as calendars


@acting
@owners
def offices(request: HttpRequest) -> HttpResponse:
    """GET asks where the new office is, POST opens it."""
    form = OfficeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            row = keeping_hours.open_office(by=me(request), at=clock.now(), **form.cleaned_data)
        except ValueError as fault:
            form.add_error("name", str(fault))
        else:
            address = reverse("desk:office", args=[row.pk])
            return to(done(request, "Open, with the usual week:", words=row.name, undo=address), address)
    page = render(request, "desk/settings_office.html", {"place": "settings", "section": "hours", "form": form})
    return faulty(page) if form.is_bound else page


@acting
@owners
def office(request: HttpRequest, pk: int) -> HttpResponse:
    """POST changes where it is, DELETE closes it."""
    row = get_object_or_404(Office, pk=pk)
    if request.method in {"GET", "HEAD"}:
        return _show(request, row)
    if undoing(request) and "back" not in request.GET:
        return _close(request, row)
    back = way_back(request.path, office_typed(row))

    def save(form: OfficeForm) -> Office:
        return team.change_office(row, by=me(request), at=clock.now(), **form.cleaned_data)

    return change(
        request,
        OfficeForm,
        save=save,
        undo=lambda _: back,
        fault_at="name",
        show=lambda form: _show(request, row, form),
    )


@acting
@owners
def week(request: HttpRequest, pk: int) -> HttpResponse:
    """POST sets the windows of each weekday."""
    row = get_object_or_404(Office, pk=pk)
    if request.method in {"GET", "HEAD"}:
        return redirect("desk:settings")
    back = way_back(request.path, week_typed(row))

    def save(form: WeekForm) -> None:
        keeping_hours.set_week(row, form.week(), by=me(request), at=clock.now())

    return change(
        request,
        lambda typed: WeekForm(typed, office=row),
        save=save,
        undo=lambda _: back,
        show=lambda form: settings_pages.show(request, week=form),
        said=f"{row.name} works by these hours now.",
    )


@acting
@owners
def holidays(request: HttpRequest, pk: int) -> HttpResponse:
    """POST closes the office on a day."""
    row = get_object_or_404(Office, pk=pk)
    if request.method in {"GET", "HEAD"}:
        return redirect("desk:office", pk)

    def save(form: HolidayForm) -> Holiday:
        return keeping_hours.close_on(row, by=me(request), at=clock.now(), **form.cleaned_data)

    def undo(holiday: Holiday) -> str:
        return reverse("desk:holiday", args=[pk, holiday.pk])

    said = f"Nobody works in {row.name} that day."
    return change(
        request, HolidayForm, save=save, undo=undo, said=said, show=lambda form: _show(request, row, holiday=form)
    )


@acting
@owners
def public_holidays(request: HttpRequest, pk: int) -> HttpResponse:
    """POST takes the public holidays of this year and the two after it."""
    row = get_object_or_404(Office, pk=pk)
    if request.method != "POST":
        return redirect("desk:office", pk)
    if not row.country:
        return failed(request, f"Say first in which country {row.name} is; nothing was added.")
    now = clock.now()
    try:
        new = keeping_hours.take_public_holidays(row, years=range(now.year, now.year + 3), by=me(request), at=now)
    except ValueError as fault:
        return failed(request, fault)
    return done(request, say.taken(new))


@acting
@owners
def holiday(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """DELETE: people work on that day after all."""
    if not undoing(request):
        return HttpResponseNotAllowed(["DELETE"])
    found = get_object_or_404(Holiday.objects.select_related("office"), office=pk, pk=row)
    keeping_hours.work_on(found, by=me(request), at=clock.now())
    facts = {"day": found.day.isoformat(), "name": found.name}
    return done(
        request, f"{found.office.name} works that day.", undo=way_back(reverse("desk:holidays", args=[pk]), facts)
    )


def _close(request: HttpRequest, row: Office) -> HttpResponse:
    try:
        keeping_hours.close_office(row, by=me(request), at=clock.now())
    except ValueError as fault:
        return failed(request, fault)
    return to(done(request, "Closed for good:", words=row.name), reverse("desk:settings"))


def _show(
    request: HttpRequest, row: Office, form: OfficeForm | None = None, *, holiday: HolidayForm | None = None
) -> HttpResponse:
    today = clock.now().astimezone(calendars().zone_of(me(request))).date()
    context: dict[str, Any] = {
        "place": "settings",
        "section": "hours",
        "office": row,
        "typed": form or holiday,
        "form": form or OfficeForm(initial=office_typed(row)),
        "holiday": holiday or HolidayForm(auto_id="new-%s"),
        "ahead": [(day, say.day_off(day)) for day in row.holidays.filter(day__gte=today)],
        "sits": row.members.filter(left_on=None).count(),
    }
    context["opening"] = say.office_opening(row, context["sits"], len(context["ahead"]))
    return render(request, "desk/settings_office.html", context)


urls = [
    path("settings/offices/", offices, name="offices"),
    path("settings/offices/<row:pk>/", office, name="office"),
    path("settings/offices/<row:pk>/week/", week, name="week"),
    path("settings/offices/<row:pk>/holidays/", holidays, name="holidays"),
    path("settings/offices/<row:pk>/holidays/<row:row>/", holiday, name="holiday"),
    path("settings/offices/<row:pk>/public-holidays/", public_holidays, name="public_holidays"),
]
