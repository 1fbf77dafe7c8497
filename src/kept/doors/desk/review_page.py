"""One review: the lead's own fields, and below them the page exactly as its client will see it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from kept.doors.desk.acts import done, failed, me, only, undoing
from kept.doors.desk.review_forms import ReviewForm, chosen
from kept.doors.desk.reviews_words import link_says, page_opening
from kept.flows.share_review import told
from kept.kit import clock
from kept.kit.paper import printed
from kept.ledgers.reviews import verbs
from kept.ledgers.reviews.models import Review, Share
from kept.ledgers.team.models import Member, Role
from kept.readings.calendars import Offices, offices
from kept.readings.review import Evidence, evidence, sheet
from kept.readings.review_quarter import short

acting = require_http_methods(["GET", "HEAD", "POST", "DELETE"])


def may_review(member: Member) -> bool:
    """Whether the member may write to clients how we served them: those who lead, and owners."""
    return member.role in {Role.OWNER, Role.LEAD}


@acting
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The review with its fields; DELETE takes it out, unless it was sent."""
    if undoing(request):
        return _take_out(request, pk)
    if request.method == "POST":
        return HttpResponseNotAllowed(["GET", "HEAD", "DELETE"])
    return show(request, found(request, pk))


@acting
@only(may_review)
def writing(request: HttpRequest, pk: int) -> HttpResponse:
    """POST keeps what was typed; DELETE puts back what stood before."""
    row = found(request, pk)
    if undoing(request):
        verbs.unwrite(row, by=me(request), at=clock.now())
        return done(request, "Put back as it was.")
    if request.method != "POST":
        return redirect("desk:review", pk)
    return _write(request, row)


@require_safe
def seen(request: HttpRequest, pk: int) -> HttpResponse:
    """The page as its client would see it now, in their frame."""
    row, viewer = found(request, pk), me(request)
    content = told(row, at=clock.now(), offices=offices(), money=viewer.may_see_money)
    back = reverse("desk:review", args=[pk])
    paper = reverse("desk:review_paper", args=[pk])
    return render(request, "review.html", {"sheet": content, "back": back, "paper": paper})


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as PDF."""
    row, viewer, now = found(request, pk), me(request), clock.now()
    content = told(row, at=now, offices=offices(), money=viewer.may_see_money)
    return as_pdf(printed("review.typ", content, at=now), name=f"review-{short(row.quarter)}.pdf")


def as_pdf(body: bytes, *, name: str) -> HttpResponse:
    """The paper, shown in its place, and called so where it is kept."""
    answer = HttpResponse(body, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


def found(request: HttpRequest, pk: int) -> Review:
    """The review, if the viewer may know of its client."""
    rows = Review.objects.seen_by(me(request)).select_related("client__lead", "lead")
    return get_object_or_404(rows, pk=pk)


def show(request: HttpRequest, row: Review, *, typed: ReviewForm | None = None, **more: Any) -> HttpResponse:
    """The page, with what was `typed` where it could not be kept; `more` is a link that was just made."""
    viewer, places = me(request), offices()
    assembled = evidence(row, at=clock.now(), offices=places, money=viewer.may_see_money)
    form = typed or form_of(request, row, assembled)
    context = _context(row, assembled, places) | _fields(form) | more
    context |= {"may_write": may_review(viewer), "money": viewer.may_see_money, "form": form}
    return render(request, "desk/review.html", context, status=422 if typed else 200)


def form_of(request: HttpRequest, row: Review, assembled: Evidence, data: Any = None) -> ReviewForm:
    """The fields, as they stand or as `data` says."""
    return ReviewForm(data, found=assembled, review=row, money=me(request).may_see_money)


def _context(row: Review, assembled: Evidence, places: Offices) -> dict[str, Any]:
    quarter = assembled.quarter
    shares = list(Share.objects.filter(review=row).defer("content").select_related("by"))
    last = max((one.at for one in shares), default=None)
    return {
        "place": "reviews",
        "review": row,
        "quarter": quarter.name,
        "opening": page_opening(row.client.name, quarter.name, shares, written=bool(row.judgement)),
        "links": [(one, link_says(one, quarter, one.by.first_name)) for one in shares],
        "changed": bool(last and row.written_at and row.written_at > last),
        "sheet": sheet(row, assembled, offices=places).plain(),
    }


def _fields(form: ReviewForm) -> dict[str, Any]:
    return {"quotes": chosen(form, "quotes"), "vows": chosen(form, "vows")}


def _write(request: HttpRequest, row: Review) -> HttpResponse:
    now = clock.now()
    assembled = evidence(row, at=now, offices=offices(), money=me(request).may_see_money)
    form = form_of(request, row, assembled, request.POST)
    if not form.is_valid():
        return show(request, row, typed=form)
    before = row.written_at
    verbs.write(row, words=form.words(), by=me(request), at=now)
    to = reverse("desk:review_words", args=[row.pk])
    return done(request, "Kept as you wrote it.", undo=to if row.written_at != before else "")


@only(may_review)
def _take_out(request: HttpRequest, pk: int) -> HttpResponse:
    row = found(request, pk)
    try:
        verbs.take_out(row, by=me(request), at=clock.now())
    except ValueError as fault:
        return failed(request, fault)
    answer = done(request, "Taken out:", words=f"{row.client.name}, {short(row.quarter)}")
    answer["Location"] = f"{reverse('desk:reviews')}?quarter={short(row.quarter)}"
    return answer


urls = [
    path("reviews/<row:pk>/", review, name="review"),
    path("reviews/<row:pk>/words/", writing, name="review_words"),
    path("reviews/<row:pk>/seen/", seen, name="review_seen"),
    path("reviews/<row:pk>/paper/", paper, name="review_paper"),
]
