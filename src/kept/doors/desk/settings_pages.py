"""Settings: the one page on which the owner sees everything that is settled."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_safe

from kept.doors.desk import settings_words as say
from kept.doors.desk.acts import me
from kept.doors.desk.settings_forms import DomainForm, FirmForm, firm_typed
from kept.doors.desk.settings_week import WeekForm, week_lines, week_typed
from kept.kit import clock
from kept.readings.settings_page import Settings, settings_page, wall_says


@require_safe
def settings(request: HttpRequest) -> HttpResponse:
    """What the owner settles; everybody else is led to their own part."""
    return show(request) if me(request).may_settle else redirect("desk:you")


def show(
    request: HttpRequest,
    *,
    firm: FirmForm | None = None,
    domain: DomainForm | None = None,
    week: WeekForm | None = None,
) -> HttpResponse:
    """The owner's page, with a form that was typed into in its place, its faults said and its words kept."""
    one = settings_page(me(request), at=clock.now())
    typed = firm or domain or week
    context: dict[str, Any] = {
        "place": "settings",
        "section": "hours" if week else "firm",
        "one": one,
        "opening": say.opening(one, faults=len(typed.errors) if typed else 0),
        "changed": say.changed(one.changed, at=one.at, zone=one.zone),
        "typed": typed,
        "firm": firm or FirmForm(initial=firm_typed(one.firm)),
        "domain_form": domain or DomainForm(auto_id="new-%s"),
    }
    return render(request, "desk/settings.html", context | _drawn(one, week))


def _drawn(one: Settings, typed: WeekForm | None) -> dict[str, Any]:
    weeks = [
        typed if typed and typed.office == room else WeekForm(office=room, initial=week_typed(room))
        for room in one.offices
    ]
    return {
        "weeks": [
            (week_lines(form), say.where(form.office), say.days_off(one.days_off[form.office.pk])) for form in weeks
        ],
        "people": [(person.member, say.may_see(person)) for person in one.people],
        "walls": [(seen.wall, wall_says(seen)) for seen in one.walls],
    }


urls = [path("settings/", settings, name="settings")]
