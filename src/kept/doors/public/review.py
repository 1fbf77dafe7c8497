"""A service review behind its link: a page and a paper to read, and nothing to press. What it shows was frozen."""

from functools import lru_cache

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from kept.kit.paper import printed
from kept.ledgers.reviews.models import Share
from kept.ledgers.reviews.sharing import opened

REMEMBERED = 16  # papers; what was frozen is set once, however often whoever has the link asks for it


@login_not_required
@require_safe
def review(request: HttpRequest, token: str) -> HttpResponse:
    """The page. A link that was closed reads like one that never was."""
    share = _open(token)
    to = reverse("public:review_paper", args=[token])
    return _private(render(request, "review.html", {"sheet": share.content, "paper": to}))


@login_not_required
@require_safe
def paper(request: HttpRequest, token: str) -> HttpResponse:
    """The same as PDF, as of the moment it was sent."""
    answer = HttpResponse(_paper(_open(token).hashed), content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="review.pdf"'
    return _private(answer)


@lru_cache(maxsize=REMEMBERED)
def _paper(hashed: str) -> bytes:
    share = Share.objects.get(hashed=hashed)
    return printed("review.typ", share.content, at=share.at)


def _open(token: str) -> Share:
    share = opened(token)
    if share is None:
        raise Http404
    return share


def _private(answer: HttpResponse) -> HttpResponse:
    """For whoever holds the link alone: no store keeps it, no search finds it, no other site is told of it."""
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


urls = [
    path("review/<str:token>/", review, name="review"),
    path("review/<str:token>/pdf/", paper, name="review_paper"),
]
