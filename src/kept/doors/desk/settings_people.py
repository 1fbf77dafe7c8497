"""People as the owner settles them: welcome, change, leave, come back, another address."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse

from kept.doors.desk import settings_words as say
from kept.doors.desk.acts import done, me, undoing
from kept.doors.desk.settings_addresses import put_in, take_out
from kept.doors.desk.settings_back import acting, change, faulty, owners, to, way_back
from kept.doors.desk.settings_people_forms import AddressForm, LeavingForm, PersonForm, person_typed
from kept.flows import join as joining
from kept.kit import clock
from kept.ledgers.team import links
from kept.ledgers.team import verbs as team
from kept.ledgers.team.models import Member
from kept.readings.calendars import offices
from kept.readings.settings_page import leads


@acting
@owners
def people(request: HttpRequest) -> HttpResponse:
    """GET asks who is new, POST welcomes them."""
    form = PersonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            row = joining.join(by=me(request), at=clock.now(), **form.cleaned_data)
        except ValueError as fault:
            form.add_error("email", str(fault))
        else:
            said = f"{row.first_name} is in. Make them a link to come in with, or let them ask for a code by mail."
            return to(done(request, said), reverse("desk:person", args=[row.pk]))
    page = render(request, "desk/settings_person.html", {"place": "settings", "section": "people", "form": form})
    return faulty(page) if form.is_bound else page


@acting
@owners
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """POST changes what is written about them."""
    row = get_object_or_404(Member, pk=pk)
    if request.method in {"GET", "HEAD"}:
        return _show(request, row)
    back = way_back(request.path, person_typed(row))

    def save(form: PersonForm) -> Member:
        return joining.change_member(row, by=me(request), at=clock.now(), **form.cleaned_data)

    return change(request, PersonForm, save=save, undo=lambda _: back, show=lambda form: _show(request, row, form=form))


@acting
@owners
def leaving(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: they are no longer in the firm, and are out at once; DELETE takes that back."""
    row = get_object_or_404(Member, pk=pk)
    if request.method in {"GET", "HEAD"}:
        return redirect("desk:person", pk)
    if undoing(request):
        team.come_back(row, by=me(request), at=clock.now())
        return done(request, f"{row.first_name} is back.")

    def save(form: LeavingForm) -> None:
        team.leave(row, on=form.cleaned_data["on"], by=me(request), at=clock.now())

    said = f"{row.first_name} is out, on every device; what they did stays."
    return change(
        request,
        lambda typed: LeavingForm(typed, today=_today(request)),
        save=save,
        undo=lambda _: request.path,
        show=lambda form: _show(request, row, leaving=form),
        said=said,
        fault_at="on",
    )


@acting
@owners
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """POST makes a one-time link and shows it, this once; DELETE makes those that are out worthless."""
    row = get_object_or_404(Member, pk=pk)
    if undoing(request):
        links.take_back_links(row, by=me(request), at=clock.now())
        return to(
            done(request, f"No link of {row.first_name}’s lets anybody in now."), reverse("desk:person", args=[pk])
        )
    if request.method != "POST" or not row.is_active:
        return redirect("desk:person", pk)
    token = links.make_link(row, by=me(request), at=clock.now())
    address = request.build_absolute_uri(reverse("desk:arriving", args=[token]))
    page = render(
        request,
        "desk/settings_link.html",
        {"place": "settings", "section": "people", "member": row, "address": address},
    )
    page.headers["Cache-Control"] = "no-store"
    return page


@acting
@owners
def person_addresses(request: HttpRequest, pk: int) -> HttpResponse:
    """POST adds an address that they write from."""
    row = get_object_or_404(Member, pk=pk)
    if request.method in {"GET", "HEAD"}:
        return redirect("desk:person", pk)
    return put_in(
        request, row, row="desk:person_address", args=[pk], show=lambda form: _show(request, row, address=form)
    )


@acting
@owners
def person_address(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """DELETE takes it out again."""
    member = get_object_or_404(Member, pk=pk)
    return take_out(request, member, row, all_of_them=reverse("desk:person_addresses", args=[pk]))


def _show(request: HttpRequest, row: Member, **typed: Any) -> HttpResponse:
    """The person's page, with a form (form, leaving or address) that was typed into in its place."""
    row = Member.objects.select_related("office").get(pk=row.pk)
    context: dict[str, Any] = {
        "place": "settings",
        "section": "people",
        "member": row,
        "opening": say.person_opening(row, leads(me(request)).get(row.pk, 0)),
        "typed": next(iter(typed.values()), None),
        "form": typed.get("form") or PersonForm(initial=person_typed(row)),
        "leaving": typed.get("leaving")
        or LeavingForm(today=_today(request), initial={"on": f"{_today(request)}"}, auto_id="leaving-%s"),
        "address": typed.get("address") or AddressForm(auto_id="new-%s"),
        "addresses": row.addresses.order_by("email"),
        "links": links.SignInLink.objects.filter(
            member=row, used_at=None, made_at__gt=clock.now() - links.LASTS
        ).count(),
    }
    return render(request, "desk/settings_person.html", context)


def _today(request: HttpRequest) -> Any:
    return clock.now().astimezone(offices().zone_of(me(request))).date()


urls = [
    path("settings/people/", people, name="people"),
    path("settings/people/<row:pk>/", person, name="person"),
    path("settings/people/<row:pk>/leaving/", leaving, name="leaving"),
    path("settings/people/<row:pk>/link/", link, name="link"),
    path("settings/people/<row:pk>/addresses/", person_addresses, name="person_addresses"),
    path("settings/people/<row:pk>/addresses/<row:row>/", person_address, name="person_address"),
]
