"""All that one client's people ever said of how it felt, and the section of it on the client's page."""

from datetime import UTC, datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from kept.doors.desk import felt_client_words, felt_words
from kept.doors.desk.acts import me
from kept.doors.desk.felt_asking import asking
from kept.doors.desk.felt_drawn import STEPS, of_client
from kept.doors.desk.tables import as_file
from kept.kit import clock, words
from kept.ledgers.clients.models import Client
from kept.ledgers.pulses.models import MARKS
from kept.measures.trust_streams import Stream
from kept.readings.calendars import Offices, offices
from kept.readings.felt import HALF_A_YEAR, ClientFelt, felt_of
from kept.readings.felt_heard import Asked, Heard, asked_and_heard

PAGE = 50
EVER = datetime(2000, 1, 1, tzinfo=UTC)
COLUMNS = ["day", "who", *MARKS, "words", "about", "spoken with by", "what came of it"]


@require_safe
def client_felt(request: HttpRequest, pk: int) -> HttpResponse:
    """Every answer, the newest first."""
    client = get_object_or_404(Client.objects.seen_by(me(request)).select_related("lead"), pk=pk)
    now, places = clock.now(), offices()
    zone = places.zone_of(me(request))
    ever = asked_and_heard(at=now, since=EVER, clients=[client.pk])
    heard = sorted((one.heard for one in ever if one.heard), key=lambda one: (one.at, one.pk), reverse=True)
    if request.GET.get("as") == "csv":
        return as_file("felt.csv", [COLUMNS, *(_cells(one, zone) for one in heard)])
    felt = felt_of([client.pk], at=now, since=now - HALF_A_YEAR)[client.pk]
    shown = Paginator(heard, PAGE).get_page(request.GET.get("page", "1"))
    context = section(felt, at=now, places=places, viewer=me(request)) | {
        "place": "clients",
        "asking": asking(me(request), at=now, zone=zone, client=client),
        "client": client,
        "shown": shown,
        "answers": [_answer(one, now, zone) for one in shown],
        "never": [_never(one, now, zone) for one in ever if one.heard is None and one.at][:PAGE],
        "opening": felt_client_words.opening_of(client, felt),
    }
    return render(request, "desk/felt_client.html", context)


def section(felt: ClientFelt, *, at: datetime, places: Offices, viewer: Any) -> dict[str, Any]:
    """ "How it felt" on the client's page: the lines, and the newest words with what came of them."""
    zone = places.zone_of(viewer)
    said = next((one for one in (*felt.heard, *felt.earlier) if one.words), None)
    return {
        "felt": felt,
        "felt_lines": of_client(felt, zone) if felt.heard else [],
        "felt_says": felt_client_words.gutter(felt, at, zone),
        "felt_words": _answer(said, at, zone) if said else None,
        "steps": STEPS,
    }


def _answer(one: Heard, at: datetime, zone: Any) -> dict[str, Any]:
    return {
        "said": one,
        "day": words.day(one.at.astimezone(zone).date(), today=at.astimezone(zone).date()),
        "full": words.full(one.at, zone),
        "marks": [one.marks.get(stream) for stream in map(Stream, MARKS)],
        "marks_said": felt_words.marks_said(one),
        "followed": felt_words.followed(one, at, zone),
    }


def _never(one: Asked, at: datetime, zone: Any) -> dict[str, Any]:
    day = one.at and words.day(one.at.astimezone(zone).date(), today=at.astimezone(zone).date())
    return {"name": one.name, "day": day, "open": bool(one.closes_at and one.closes_at > at)}


def _cells(one: Heard, zone: Any) -> list[object]:
    marks = [one.marks.get(stream, "") for stream in map(Stream, MARKS)]
    call = [one.call.spoke_by, one.call.outcome] if one.call else ["", ""]
    return [one.at.astimezone(zone).date().isoformat(), one.name, *marks, one.words, one.about, *call]
