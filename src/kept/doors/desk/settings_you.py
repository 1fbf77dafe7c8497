"""Settings that are each member's own: their name, light or dark, the addresses they write from, their password."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from kept.doors.desk.acts import me
from kept.doors.desk.settings_addresses import put_in, take_out
from kept.doors.desk.settings_back import acting, change, way_back
from kept.doors.desk.settings_forms import YouForm
from kept.doors.desk.settings_people_forms import AddressForm
from kept.kit import clock
from kept.ledgers.team import verbs as team
from kept.ledgers.team.models import Member


@acting
def you(request: HttpRequest) -> HttpResponse:
    """Your name, and whether your pages are light or dark."""
    if request.method in {"GET", "HEAD"}:
        return show(request)
    member = _myself(request)
    back = way_back(request.path, _typed(member))

    def save(form: YouForm) -> Member:
        return team.change_member(member, by=member, at=clock.now(), **form.cleaned_data)

    return change(request, YouForm, save=save, undo=lambda _: back, show=lambda form: show(request, form=form))


@acting
def your_addresses(request: HttpRequest) -> HttpResponse:
    """POST adds an address that you write from."""
    if request.method in {"GET", "HEAD"}:
        return redirect("desk:you")
    return put_in(request, me(request), row="desk:your_address", args=[], show=lambda form: show(request, address=form))


@acting
def your_address(request: HttpRequest, pk: int) -> HttpResponse:
    """DELETE takes it out again."""
    return take_out(request, _myself(request), pk, all_of_them=reverse("desk:your_addresses"))


def show(request: HttpRequest, *, form: YouForm | None = None, address: AddressForm | None = None) -> HttpResponse:
    """The page, with a form that was typed into in its place."""
    member = _myself(request)
    context: dict[str, Any] = {
        "place": "settings",
        "section": "you",
        "member": member,
        "typed": form or address,
        "form": form or YouForm(initial=_typed(member)),
        "address": address or AddressForm(),
        "addresses": member.addresses.order_by("email"),
        "has_password": member.has_usable_password(),
    }
    return render(request, "desk/settings_you.html", context)


def _myself(request: HttpRequest) -> Member:
    """The row itself: whoever signed in is a lazy stand-in for it, which cannot be held still for a change."""
    return Member.objects.select_related("office").get(pk=me(request).pk)


def _typed(member: Member) -> dict[str, Any]:
    return {"name": member.name, "theme": member.theme}


urls = [
    path("settings/you/", you, name="you"),
    path("settings/you/addresses/", your_addresses, name="your_addresses"),
    path("settings/you/addresses/<row:pk>/", your_address, name="your_address"),
]
