"""How a client was served: meetings, work handed over, bills and the promised people, each with what is left to do."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from kept.doors.desk import service_bills, service_meetings, service_people, service_work
from kept.doors.desk.acts import me
from kept.doors.desk.service_asking import client_of
from kept.doors.desk.service_people_words import people_rows, people_says
from kept.doors.desk.service_sentence import opening
from kept.doors.desk.service_words import Row, bill_rows, meeting_rows, work_rows
from kept.doors.desk.tables import as_file
from kept.kit import clock, words
from kept.readings.calendars import offices
from kept.readings.service_page import SHOWN, Served, service_page

NO_SUMS = ("Bill", "", "", "Sent", "What it was to them")
LATEST = 7  # stand open, as on the client's page
TABLES = {"meetings": meeting_rows, "work": work_rows, "bills": bill_rows}
HEADS = {
    "meetings": ("About", "Promised", "Came", "When", "How it went"),
    "work": ("What", "Rounds agreed", "Said by", "Handed over", "How it was received"),
    "bills": ("Number", "Amount", "Quoted", "Sent", "What it was to them"),
}


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The page; as CSV one of its tables, whole."""
    client, of = client_of(request, pk), request.GET.get("of", "")
    whole = request.GET.get("as") == "csv" and of in TABLES
    served = service_page(client, viewer=me(request), at=clock.now(), offices=offices(), limit=None if whole else SHOWN)
    if whole:
        return as_file(f"{of}.csv", _file(TABLES[of](served), HEADS[of] if served.money or of != "bills" else NO_SUMS))
    return render(request, "desk/service.html", _context(served) | {"mend": request.GET.get("mend", "")})


def _context(served: Served) -> dict[str, Any]:
    return {
        "place": "clients",
        "client": served.client,
        "money": served.money,
        "opening": opening(served),
        "meetings": meeting_rows(served),
        "work": work_rows(served),
        "bills": bill_rows(served),
        "people": people_rows(served),
        "people_says": people_says(served),
        "months": [words.MONTHS[month.month - 1] for month in served.months],
        "shown": SHOWN,
        "latest": f":{LATEST}",
        "rest": f"{LATEST}:",
        "latest_number": LATEST,
        "heads": HEADS if served.money else HEADS | {"bills": NO_SUMS},
    }


def _file(rows: list[Row], heads: tuple[str, ...]) -> Iterator[list[object]]:
    yield [*heads, "In their words"]
    for row in rows:
        yield [row.name, *row.cells, row.full, row.state.words, row.said[0] if row.said else ""]


urls = [
    path("clients/<row:pk>/service/", page, name="service"),
    *service_meetings.urls,
    *service_work.urls,
    *service_bills.urls,
    *service_people.urls,
]
