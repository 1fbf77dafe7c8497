"""Publishing the pledge and letting everybody read it; both are the owner's, and both can be taken back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse

from kept.doors.desk.acts import done, failed, me, undoing
from kept.doors.desk.inbox_sift import number
from kept.doors.desk.pledge_editor import show
from kept.doors.desk.pledge_forms import PublishForm
from kept.doors.desk.settings_back import acting, faulty, owners, to
from kept.kit import clock
from kept.ledgers.pledges import verbs
from kept.ledgers.pledges.models import Edition, Showing


@acting
@owners
def publication(request: HttpRequest) -> HttpResponse:
    """POST makes the draft the pledge, DELETE makes it a draft again."""
    if request.method in {"GET", "HEAD"}:
        return redirect("desk:pledge")
    if undoing(request):
        return _take_back(request)
    edition = get_object_or_404(Edition, published_at=None)
    form = PublishForm(request.POST)
    try:
        why = form.cleaned_data["why"] if form.is_valid() else ""
        verbs.publish(edition, why=why, by=me(request), at=clock.now())
    except ValueError as fault:
        form.add_error("why", str(fault))
        return faulty(show(request, edition, publish=form))
    undo = f"{reverse('desk:pledge_publication')}?version={edition.version}"
    return to(done(request, "This is our pledge from now on.", undo=undo), reverse("desk:pledge"))


@acting
@owners
def page(request: HttpRequest) -> HttpResponse:
    """POST lets everybody read the pledge, DELETE lets only us; the address names which of both is undone."""
    here = reverse("desk:pledge_page")
    who: dict[str, Any] = {"by": me(request), "at": clock.now()}
    if request.method in {"GET", "HEAD"}:
        return redirect("desk:pledge")
    if undoing(request) and "closed" in request.GET:
        verbs.reopen_page(get_object_or_404(Showing, pk=number(request.GET["closed"])), **who)
        return done(request, "Everybody can read it again.")
    if undoing(request) and "opened" in request.GET:
        for row in Showing.objects.filter(pk=number(request.GET["opened"])):
            verbs.take_back_opening(row, **who)
        return done(request, "Only we can read it.")
    standing = Showing.objects.filter(closed_at=None).first()
    if undoing(request):
        if standing is not None:
            verbs.close_page(standing, **who)
        return done(request, "Only we can read it now.", undo=f"{here}?closed={standing.pk}" if standing else "")
    opened = verbs.open_page(**who)
    return done(request, "Everybody can read it now.", undo=f"{here}?opened={opened.pk}")


def _take_back(request: HttpRequest) -> HttpResponse:
    newest = get_object_or_404(Edition.objects.published(), version=number(request.GET.get("version")))
    try:
        verbs.take_back_publication(newest, by=me(request), at=clock.now())
    except ValueError as fault:
        return failed(request, fault)
    return to(done(request, "It is a draft again."), reverse("desk:pledge_draft"))


urls = [
    path("our-pledge/publication/", publication, name="pledge_publication"),
    path("our-pledge/page/", page, name="pledge_page"),
]
