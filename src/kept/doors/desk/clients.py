"""The clients as one table: those that need us first; and the welcome of a new one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from kept.doors.desk import client_acts, client_money_acts, client_page, meeting_note
from kept.doors.desk.acts import done, me
from kept.doors.desk.client_acts import asking
from kept.doors.desk.client_forms import Welcome, may_welcome
from kept.doors.desk.clients_words import lines, opening
from kept.doors.desk.drawn import rows
from kept.doors.desk.inbox_sift import Link
from kept.doors.desk.tables import as_file
from kept.kit import clock, words
from kept.ledgers.clients import verbs
from kept.ledgers.clients.models import Stage
from kept.ledgers.team.models import Member
from kept.readings.calendars import offices
from kept.readings.client_list import PAGE, SERVED, ClientList, Row, Wanted, client_list
from kept.readings.clients_overdue import first_overdue

STAGES = {SERVED: "all we serve"} | {str(stage.value): str(stage.label) for stage in Stage}


@dataclass(frozen=True)
class Sift:
    """What the address asks for: yours or everyone's, in which stage, of which name."""

    mine: bool = False
    stage: str = SERVED
    name: str = ""

    @classmethod
    def of(cls, asked: QueryDict) -> "Sift":
        """Words the page does not know are as good as none."""
        stage = asked.get("stage", SERVED)
        return cls(
            mine=asked.get("whose") == "yours",
            stage=stage if stage in STAGES else SERVED,
            name=asked.get("q", "").strip()[:100],
        )

    def url(self, **more: str) -> str:
        """The address of this view; `more` is added to it."""
        asked = {
            "whose": "yours" if self.mine else "",
            "stage": self.stage if self.stage != SERVED else "",
            "q": self.name,
        }
        return "?" + urlencode({name: value for name, value in (asked | more).items() if value})

    def wanted(self, viewer: Member) -> Wanted:
        """As the reading takes it."""
        return Wanted(lead=viewer.pk if self.mine else None, stage=self.stage, name=self.name)


@require_http_methods(["GET", "HEAD", "POST"])
def clients(request: HttpRequest) -> HttpResponse:
    """All clients; POST welcomes a new one, for which `new` shows the form."""
    if request.method == "POST" or "new" in request.GET:
        return _welcome(request)
    viewer, places, sift = me(request), offices(), Sift.of(request.GET)
    found = client_list(viewer, at=clock.now(), offices=places, wanted=sift.wanted(viewer))
    if request.GET.get("as") == "csv":
        return _table(found.rows, money=viewer.may_see_money)
    shown = Paginator(found.rows, PAGE).get_page(request.GET.get("page"))
    page = list(shown)
    said = lines(page, found, first_overdue(page), money=viewer.may_see_money)
    context = _context(viewer, found, sift) | {"shown": shown, "rows": rows("desk/clients.html#row", said)}
    return render(request, "desk/clients.html", context | _ways(shown, sift))


def _ways(shown: Any, sift: Sift) -> dict[str, str]:
    before, after = shown.number - 1, shown.number + 1
    return {
        "newer": sift.url(page=str(before)) if shown.has_previous() else "",
        "older": sift.url(page=str(after)) if shown.has_next() else "",
    }


def _context(viewer: Member, found: ClientList, sift: Sift) -> dict[str, Any]:
    local = found.at.astimezone(found.zone)
    return {
        "place": "clients",
        "now": f"{words.long_day(local.date())}, {local:%H:%M}",
        "found": found,
        "opening": opening(found),
        "money": viewer.may_see_money,
        "sift": sift,
        "whose": [
            Link("everyone’s", replace(sift, mine=False).url(), not sift.mine),
            Link("yours", replace(sift, mine=True).url(), sift.mine),
        ],
        "stages": [Link(said, replace(sift, stage=key).url(), key == sift.stage) for key, said in STAGES.items()],
        "csv": sift.url(**{"as": "csv"}),
        "may_welcome": may_welcome(viewer),
    }


def _welcome(request: HttpRequest) -> HttpResponse:
    if not may_welcome(me(request)):
        raise PermissionDenied
    form = Welcome(request.POST if request.method == "POST" else None, initial={"lead": me(request).pk})
    if form.is_valid():
        typed = form.cleaned_data
        try:
            client = verbs.welcome(
                name=typed["name"], lead=typed["lead"], stage=Stage(typed["stage"]), by=me(request), at=clock.now()
            )
            answer = done(request, "Welcome:", words=client.name)
            answer["Location"] = reverse("desk:client", args=[client.pk])
            return answer
        except verbs.AlreadyThere as why:
            form.add_error("name", str(why))
    return asking(request, None, form, say="Whom do we welcome?", act="Welcome them")


def _table(found: Iterable[Row], *, money: bool) -> HttpResponse:
    """The same rows as CSV, all of them."""
    heads = ["client", "lead", "stage", "waiting", "open promises", "late promises", "last spoken"]
    heads += ["job", "hours worked", "hours paid for"] if money else []
    return as_file("clients.csv", [heads, *(_cells(row, money=money) for row in found)])


def _cells(row: Row, *, money: bool) -> list[str]:
    cells = [row.client.name, row.client.lead, row.client.stage]
    cells += [str(len(row.waiting)), str(len(row.promises)), str(len(row.overdue))]
    cells.append(row.last.at.isoformat(timespec="minutes") if row.last else "")
    if money and row.hours:
        cells += [row.hours.engagement.name, f"{row.hours.worked:.2f}", f"{row.hours.budget or ''}"]
    return cells


urls = [
    path("clients/", clients, name="clients"),
    *client_page.urls,
    *client_acts.urls,
    *client_money_acts.urls,
    *meeting_note.urls,
]
