"""The firm as the owner settles it: name, currency, pledge and mail domains."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse

from kept.doors.desk.acts import done, me, undoing
from kept.doors.desk.settings_back import acting, change, owners, way_back
from kept.doors.desk.settings_forms import DomainForm, FirmForm, firm_typed
from kept.doors.desk.settings_pages import show
from kept.kit import clock
from kept.ledgers.team import verbs as team
from kept.ledgers.team.models import Domain, Firm


@acting
@owners
def firm(request: HttpRequest) -> HttpResponse:
    """POST changes its name, currency or pledge."""
    if request.method in {"GET", "HEAD"}:
        return redirect("desk:settings")
    row = get_object_or_404(Firm)
    back = way_back(request.path, firm_typed(row))

    def save(form: FirmForm) -> Firm:
        return team.change_firm(row, by=me(request), at=clock.now(), **form.facts())

    return change(request, FirmForm, save=save, undo=lambda _: back, show=lambda form: show(request, firm=form))


@acting
@owners
def domains(request: HttpRequest) -> HttpResponse:
    """POST says that whoever writes from a domain is one of us."""
    if request.method in {"GET", "HEAD"}:
        return redirect("desk:settings")

    def save(form: DomainForm) -> str:
        new = team.claim_domains([form.cleaned_data["domain"]], by=me(request), at=clock.now())
        return reverse("desk:domain", args=[new[0].pk]) if new else ""

    said = "Whoever writes from it is one of us now."
    return change(
        request, DomainForm, save=save, undo=lambda row: row, show=lambda form: show(request, domain=form), said=said
    )


@acting
@owners
def domain(request: HttpRequest, pk: int) -> HttpResponse:
    """DELETE says that people who write from it are not ours."""
    if not undoing(request):
        return HttpResponseNotAllowed(["DELETE"])
    row = get_object_or_404(Domain, pk=pk)
    team.give_up_domain(row, by=me(request), at=clock.now())
    back = way_back(reverse("desk:domains"), {"domain": row.name})
    return done(request, "Taken out:", words=row.name, undo=back)


urls = [
    path("settings/firm/", firm, name="firm"),
    path("settings/domains/", domains, name="domains"),
    path("settings/domains/<row:pk>/", domain, name="domain"),
]
