"""A client's trust with every row behind it, as of any day: what counts, what does not, and what it warns of."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from kept.doors.desk import trust_acts
from kept.doors.desk.acts import me
from kept.doors.desk.inbox_sift import number
from kept.doors.desk.tables import as_file
from kept.doors.desk.trust_alarms import alarms
from kept.doors.desk.trust_drawn import bars, signed, trust_line
from kept.doors.desk.trust_places import place_of
from kept.doors.desk.trust_section import MovedRow, pillars, row_of
from kept.doors.desk.trust_words import page_opening
from kept.kit import clock, words
from kept.ledgers.clients.models import Client
from kept.ledgers.team.models import Member
from kept.readings.calendars import Offices, built, written
from kept.readings.calendars_then import former
from kept.readings.trust_page import PAGE, Out, TrustPage, end_of, trust_page

COLUMNS = ["Day", "What", "Words", "Stream", "Row", "Points"]


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Trust as of now, or with `at` as of the end of a day."""
    viewer, stands, now = me(request), written(), clock.now()
    house = built(stands)
    client = get_object_or_404(Client.objects.seen_by(viewer).select_related("lead"), pk=pk)
    today = now.astimezone(house.zone).date()
    day = _day(request.GET.get("at"), today)
    file, end = request.GET.get("as") == "csv", end_of(day, offices=house)
    one = trust_page(
        client, at=now if day == today else end, now=day == today,
        offices=house if day == today else former(since=end, now=stands)(end),
        page=max(1, number(request.GET.get("page"))), everything=file,
    )  # fmt: skip
    if file:
        return as_file("trust.csv", [COLUMNS, *_cells(one)])
    return render(
        request, "desk/trust.html", _context(one, viewer, house, day=day, page=number(request.GET.get("page")))
    )


def _day(said: str | None, today: date) -> date:
    """The day an address names; one that is none, or still to come, is today."""
    try:
        day = parse_date(said or "")
    except ValueError:
        day = None
    return day if day and date(2000, 1, 1) <= day < today else today


def _context(one: TrustPage, viewer: Member, house: Offices, *, day: date, page: int) -> dict[str, Any]:
    zone = house.zone_of(viewer)
    today = one.at.astimezone(zone).date()
    drawn = bars([(each["points"], "broken" in each["what"]) for each in one.rows])
    rows = [
        row_of(each, bar, client=one.client.pk, zone=zone, today=today)
        for each, bar in zip(one.rows, drawn, strict=True)
    ]
    return {
        "place": "clients",
        "client": one.client,
        "opening": page_opening(one, zone=zone),
        "day": day,
        "now": one.now,
        "line": trust_line(one.counted),
        "pillars": pillars(one.counted),
        "baseline": f"{one.counted.baseline:.1f}",
        "value": f"{one.counted.value:.1f}",
        "total": signed(one.counted.value - one.counted.baseline),
        "rows": [(row, _aside(row, one)) for row in rows],
        "paging": _paging(one, max(1, page), day),
        "out": [_out(each, one.client.pk, zone) for each in one.out],
        "alarms": alarms(one, zone=zone, clients=Client.objects.seen_by(viewer).served().count()),
        "may": trust_acts.may_judge(viewer),
    }


def _aside(row: MovedRow, one: TrustPage) -> str:
    """Where the row is set aside; of a day gone by nothing can be."""
    if not one.now:
        return ""
    return f"{reverse('desk:trust_asides', args=[one.client.pk])}?{urlencode({'stream': row.stream, 'row': row.row})}"


def _out(each: Out, client: int, zone: Any) -> dict[str, str]:
    """A row that does not count, in words."""
    excluded, said = each.excluded, each.said
    when = words.long_day(excluded.since.astimezone(zone).date())
    until = excluded.until.astimezone(zone).date() if excluded.until else None
    why = f": {excluded.reason}" if excluded.reason else ""
    return {
        "words": said.words if said else f"A row of “{excluded.stream}”",
        "to": place_of(said.noun, said.pk, client=client) if said else "",
        "says": f"set aside by {excluded.by} on {when}, until {words.long_day(until)}{why}"
        if until
        else f"deleted by {excluded.by} on {when}{why}",
        "undo": reverse("desk:trust_aside", args=[client, each.aside]) if each.aside else "",
    }


def _paging(one: TrustPage, page: int, day: date) -> dict[str, Any]:
    pages = max(1, -(-one.n // PAGE))

    def to(number: int) -> str:
        return f"?{urlencode({'at': day.isoformat(), 'page': number})}#rows" if 1 <= number <= pages else ""

    return {"page": page, "pages": pages, "earlier": to(page - 1), "later": to(page + 1), "n": one.n}


def _cells(one: TrustPage) -> Iterator[list[object]]:
    for each in one.rows:
        yield [
            each["at"][:10], each["what"], each.get("words", ""), each["stream"], each["row"], round(each["points"], 4),
        ]  # fmt: skip


urls = [path("clients/<row:pk>/trust/", page, name="trust"), *trust_acts.urls]
