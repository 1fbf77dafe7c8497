"""The portfolio: every client by the lower end of trust, why they stay, and where the firm is heading."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from kept.doors.desk.acts import me, only
from kept.doors.desk.client_forms import may_welcome
from kept.doors.desk.drawn import rows
from kept.doors.desk.inbox_sift import Link, number
from kept.doors.desk.portfolio_map import NAMED, SHOWN, asks, drawn, one_question, silent, table
from kept.doors.desk.portfolio_rows import lines
from kept.doors.desk.portfolio_words import opening, speaks
from kept.doors.desk.standing_said import stays
from kept.doors.desk.tables import as_file
from kept.doors.desk.ways import way
from kept.kit import clock, words
from kept.kit.names import calling
from kept.readings.calendars import offices
from kept.readings.portfolio import Portfolio, Row, Sort, Wanted, portfolio

PAGE = 50
SORTS = {
    Sort.LOYAL: "loyal",
    Sort.UNTESTED: "never tested",
    Sort.PRICE: "for the price",
    Sort.HELD: "held",
    Sort.LEAVING: "may be leaving",
    Sort.UNCLEAR: "too early to say",
    Sort.SILENT: "gone quiet",
}
HEADS = [
    "client", "lead", "office", "stage", "trust", "low", "high", "evidence", "a quarter ago", "why they stay",
    "chance", "feels, of 10", "free to choose, of 100", "waiting", "job", "hours worked", "hours paid for",
    "last heard",
]  # fmt: skip


@dataclass(frozen=True)
class Sift:
    """What the address asks for."""

    lead: int = 0
    office: int = 0
    sort: Sort | None = None

    @classmethod
    def of(cls, asked: QueryDict) -> "Sift":
        """Words the page does not know are as good as none."""
        sort = asked.get("why", "")
        return cls(number(asked.get("lead")), number(asked.get("office")), Sort(sort) if sort in list(Sort) else None)

    def url(self, **more: str) -> str:
        """The address of this view; `more` is added to it."""
        asked = {"lead": self.lead or "", "office": self.office or "", "why": self.sort or ""}
        return "?" + urlencode({name: value for name, value in (asked | more).items() if value})

    def links(self, found: Portfolio) -> dict[str, list[Link]]:
        """The filters in plain words; a choice of one is none."""
        leads = [Link("everyone’s", replace(self, lead=0).url(), not self.lead)] + [
            Link(f"{calling(name)}’s", replace(self, lead=pk).url(), pk == self.lead) for pk, name in found.leads
        ]
        places = [Link("all", replace(self, office=0).url(), not self.office)] + [
            Link(name, replace(self, office=pk).url(), pk == self.office) for pk, name in found.offices
        ]
        sorts = [Link("all", replace(self, sort=None).url(), self.sort is None)] + [
            Link(said, replace(self, sort=sort).url(), sort is self.sort) for sort, said in SORTS.items()
        ]
        return {"Whose": leads, "Office": places if len(places) > 2 else [], "Why they stay": sorts}


@require_safe
@only(may_welcome)
def page(request: HttpRequest) -> HttpResponse:
    """All clients one may know of, for owners and leads."""
    sift = Sift.of(request.GET)
    found = portfolio(me(request), at=clock.now(), offices=offices(), wanted=Wanted(sift.lead, sift.office, sift.sort))
    if request.GET.get("as") == "csv":
        return as_file("portfolio.csv", [HEADS, *(_cells(row) for row in found.rows)])
    shown = Paginator(found.rows, PAGE).get_page(request.GET.get("page"))
    context = _context(found, sift) | {
        "shown": shown,
        "rows": rows("desk/portfolio.html#row", lines(list(shown), found)),
        "newer": sift.url(page=str(shown.number - 1)) if shown.has_previous() else "",
        "older": sift.url(page=str(shown.number + 1)) if shown.has_next() else "",
    }
    return render(request, "desk/portfolio.html", context)


def _context(found: Portfolio, sift: Sift) -> dict[str, Any]:
    row, answer, do = speaks(found)
    questions, quiet = one_question(found), silent(found)
    return {
        "place": "portfolio",
        "found": found,
        "today": words.long_day(found.day),
        "opening": opening(found),
        "sifts": sift.links(found),
        "csv": sift.url(**{"as": "csv"}),
        "map": drawn(found),
        "table": table(found.rows) if len(found.rows) <= NAMED else [],
        "kinds": _kinds(found, sift),
        "answer": answer,
        "do": do,
        "speak": (row.client.name, way("standing", row.client.pk), asks(row)) if row else None,
        "questions": questions[:SHOWN],
        "more_questions": (len(questions) - SHOWN, sift_to(sift, Sort.UNCLEAR)) if len(questions) > SHOWN else None,
        "silent": quiet[:SHOWN],
        "more_silent": (len(quiet) - SHOWN, sift_to(sift, Sort.SILENT)) if len(quiet) > SHOWN else None,
    }


def sift_to(sift: Sift, sort: Sort) -> str:
    """The address of the same clients, of this sort only."""
    return replace(sift, sort=sort).url()


def _kinds(found: Portfolio, sift: Sift) -> list[tuple[str, str, int]]:
    """How many stay in which way, where they are too many to be listed."""
    counted: dict[str, int] = {}
    for row in found.rows:
        said = stays(row.grounds.standing, unknown=row.unknown)
        counted[said] = counted.get(said, 0) + 1
    ways = {said: sift_to(sift, sort) for sort, said in SORTS.items()}
    return [(said, ways.get(said, ""), many) for said, many in sorted(counted.items(), key=lambda one: -one[1])]


def _cells(row: Row) -> list[object]:
    one, trust, hours = row.grounds.standing, row.trust, row.glance.hours
    judged = row.grounds.ties.locks is not None
    return [
        row.client.name, row.client.lead, row.office[1] if row.office else "", row.client.stage,
        round(trust.value, 1), round(trust.low, 1), round(trust.high, 1), trust.evidence.value,
        "" if trust.before is None else round(trust.before, 1),
        stays(one, unknown=row.unknown), round(one.chance, 2), round(10 * one.felt.mean, 1),
        round(100 * (1 - one.lock)) if judged else "", len(row.glance.waiting),
        hours.engagement.name if hours else "", round(hours.worked, 2) if hours else "",
        hours.budget if hours and hours.budget is not None else "",
        row.grounds.heard_at.isoformat(timespec="minutes") if row.grounds.heard_at else "",
    ]  # fmt: skip


urls = [path("portfolio/", page, name="portfolio")]
