"""Links to a review: made and shown once, closed, opened again; and what each of them shows."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from kept.doors.desk.acts import done, failed, me, only, undoing
from kept.doors.desk.review_page import acting, as_pdf, found, may_review, show
from kept.flows.share_review import share_review
from kept.kit import clock
from kept.kit.paper import printed
from kept.ledgers.reviews import sharing
from kept.ledgers.reviews.models import Review, Share
from kept.ledgers.reviews.sharing import Unwritten
from kept.readings.calendars import offices
from kept.readings.review_quarter import short


@acting
@only(may_review)
def links(request: HttpRequest, pk: int) -> HttpResponse:
    """POST freezes the review as it is now, and shows the link to it, this once."""
    row = found(request, pk)
    if request.method != "POST" or undoing(request):
        return redirect("desk:review", pk)
    try:
        made, token = share_review(row, by=me(request), at=clock.now(), offices=offices())
    except Unwritten as why:
        return failed(request, why)
    address = f"{settings.KEPT_URL}{reverse('public:review', args=[token])}"
    page = show(request, row, made=made, address=address)
    page["Cache-Control"] = "no-store"
    return page


@acting
@only(may_review)
def link(request: HttpRequest, pk: int, share: int) -> HttpResponse:
    """DELETE closes the link; POST opens it again, and it shows what it showed."""
    row = found(request, pk)
    one = _of(row, share)
    to = reverse("desk:review_link", args=[pk, share])
    if undoing(request) and "back" not in request.GET:
        sharing.revoke(one, by=me(request), at=clock.now())
        return done(request, "The link is closed; whoever opens it finds nothing.", undo=f"{to}?back=1")
    if request.method != "POST":
        return redirect("desk:review", pk)
    sharing.reopen(one, by=me(request), at=clock.now())
    return done(request, "The link is open again, and shows what it showed.", undo=to)


@require_safe
def sent(request: HttpRequest, pk: int, share: int) -> HttpResponse:
    """What the link shows, as it was frozen; as PDF where the address asks for it."""
    row, viewer = found(request, pk), me(request)
    one = _of(row, share)
    if one.content["with_hours"] and not viewer.may_see_money:
        raise PermissionDenied
    content = one.content
    if request.GET.get("as") == "pdf":
        return as_pdf(printed("review.typ", content, at=one.at), name=f"review-{short(row.quarter)}.pdf")
    context = {"sheet": content, "back": reverse("desk:review", args=[pk]), "paper": "?as=pdf"}
    return render(request, "review.html", context)


def _of(row: Review, share: int) -> Share:
    return get_object_or_404(row.shares, pk=share)


urls = [
    path("reviews/<row:pk>/links/", links, name="review_links"),
    path("reviews/<row:pk>/links/<row:share>/", link, name="review_link"),
    path("reviews/<row:pk>/links/<row:share>/seen/", sent, name="review_sent"),
]
