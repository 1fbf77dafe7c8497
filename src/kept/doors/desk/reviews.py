"""Service reviews: a quarter over all clients, who was told how we served them, and who has none yet."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from kept.doors.desk import review_links, review_page
from kept.doors.desk.acts import done, failed, me
from kept.doors.desk.inbox_sift import Link, number
from kept.doors.desk.review_page import may_review
from kept.doors.desk.reviews_words import opening, standing
from kept.doors.desk.tables import as_file
from kept.kit import clock
from kept.ledgers.clients.models import Client
from kept.ledgers.reviews import verbs
from kept.readings.calendars import offices
from kept.readings.review_quarter import Quarter, named, quarter_before, read_quarter, short, this_quarter
from kept.readings.reviews import Reviews, Row
from kept.readings.reviews import reviews as reviews_of
from kept.readings.worked import months_before

PAGE = 50
QUARTERS = 5  # to choose from: this one and the year before it


@dataclass(frozen=True)
class Sift:
    """What the address asks for: which quarter, everyone's clients or yours."""

    quarter: date
    usual: date
    mine: bool = False

    @classmethod
    def of(cls, asked: QueryDict, today: date) -> "Sift":
        """Words the page does not know are as good as none: then it is the newest quarter that is over."""
        usual = quarter_before(today)
        try:
            wanted = read_quarter(asked.get("quarter", ""))
        except ValueError:
            wanted = usual
        return cls(wanted, usual, mine=asked.get("whose") == "yours")

    def url(self, **more: str) -> str:
        """The address of this view; `more` is added to it."""
        asked = {
            "quarter": short(self.quarter) if self.quarter != self.usual else "",
            "whose": "yours" if self.mine else "",
        }
        return "?" + urlencode({name: value for name, value in (asked | more).items() if value})


@require_http_methods(["GET", "HEAD", "POST"])
def reviews(request: HttpRequest) -> HttpResponse:
    """The clients of one quarter; POST begins the review of one of them."""
    if request.method == "POST":
        return _begin(request)
    viewer, now, places = me(request), clock.now(), offices()
    sift = Sift.of(request.GET, now.astimezone(places.zone_of(viewer)).date())
    quarter = Quarter(sift.quarter, places.zone_of(viewer), now)
    found = reviews_of(viewer, quarter=sift.quarter, at=now, lead=viewer.pk if sift.mine else None)
    if request.GET.get("as") == "csv":
        return _table(found.rows, quarter)
    shown = Paginator(found.rows, PAGE).get_page(request.GET.get("page"))
    context = _context(found, sift, quarter) | {
        "shown": shown,
        "rows": [(row, standing(row, quarter)) for row in shown],
        "may_begin": may_review(viewer),
        "newer": sift.url(page=str(shown.number - 1)) if shown.has_previous() else "",
        "older": sift.url(page=str(shown.number + 1)) if shown.has_next() else "",
    }
    return render(request, "desk/reviews.html", context)


def _begin(request: HttpRequest) -> HttpResponse:
    viewer = me(request)
    if not may_review(viewer):
        raise PermissionDenied
    rows = Client.objects.seen_by(viewer).select_related("lead")
    client = get_object_or_404(rows, pk=number(request.POST.get("client")))
    try:
        quarter = read_quarter(request.POST.get("quarter", ""))
        review = verbs.begin(client, quarter=quarter, by=viewer, at=clock.now())
    except ValueError as fault:
        return failed(request, fault)
    to = reverse("desk:review", args=[review.pk])
    answer = done(request, "Begun:", words=f"{client.name}, {named(quarter)}", undo=to)
    answer["Location"] = to
    return answer


def _context(found: Reviews, sift: Sift, quarter: Quarter) -> dict[str, Any]:
    first = this_quarter(quarter.today)
    choices = sorted({months_before(first, 3 * back) for back in range(QUARTERS)} | {sift.quarter}, reverse=True)
    return {
        "place": "reviews",
        "opening": opening(found, quarter.name),
        "quarter": short(sift.quarter),
        "quarters": [Link(named(one), replace(sift, quarter=one).url(), one == sift.quarter) for one in choices],
        "whose": [
            Link("everyone’s", replace(sift, mine=False).url(), not sift.mine),
            Link("yours", replace(sift, mine=True).url(), sift.mine),
        ],
        "csv": sift.url(**{"as": "csv"}),
    }


def _table(rows: Iterable[Row], quarter: Quarter) -> HttpResponse:
    """The same rows as CSV, all of them."""
    heads = ["client", "lead", "quarter", "review", "sent at", "links open"]
    return as_file(f"reviews-{short(quarter.first)}.csv", [heads, *(_cells(row, quarter) for row in rows)])


def _cells(row: Row, quarter: Quarter) -> list[str]:
    sent = row.sent.at.isoformat(timespec="minutes") if row.sent else ""
    lead = row.client.lead.name if row.client.lead else ""
    return [row.client.name, lead, short(quarter.first), standing(row, quarter)[1], sent, str(row.links)]


urls = [path("reviews/", reviews, name="reviews"), *review_page.urls, *review_links.urls]
