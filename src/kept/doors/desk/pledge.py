"""The pledge: each sentence with how far it is kept, and every miss behind it; what one sentence was counted from."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from kept.doors.desk.acts import me
from kept.doors.desk.client_forms import may_welcome as may_edit
from kept.doors.desk.pledge_ways import missed, shown_rows, thought_over
from kept.doors.desk.tables import as_file
from kept.kit import clock, words
from kept.ledgers.pledges.models import Edition
from kept.measures.pledge_says import hundredths, in_hundred
from kept.readings.calendars import Offices, offices
from kept.readings.pledge import Board, Line, board_lately
from kept.readings.pledge_counting import named
from kept.readings.pledge_in_force import beside, in_force
from kept.readings.pledge_learned import learned_of
from kept.readings.pledge_opening import opening, since_words
from kept.readings.pledge_told import all_misses, told
from kept.readings.trust_page import end_of

PAGE = 50
COLUMNS = [
    "sentence", "measure", "window in days", "kept", "of", "share", "low", "high", "pledged", "stands", "clients",
]  # fmt: skip
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@require_safe
def pledge(request: HttpRequest) -> HttpResponse:
    """The board; `at` names an earlier day."""
    places = offices()
    at, earlier = _moment(request, places)
    sentences = in_force(at)
    board = board_lately(sentences, at=at, offices=places, viewer=me(request)) if sentences else None
    if request.GET.get("as") == "csv" and board:
        return as_file("pledge.csv", [COLUMNS, *(_cells(line) for line in board.lines)])
    context = {
        "place": "pledge",
        "opening": opening(board),
        "board": board,
        "may_edit": may_edit(me(request)),
        "beside": beside(sentences),
        "earlier": earlier,
    }
    return render(request, "desk/pledge.html", context | (_drawn(board) if board else {}))


@require_safe
def sentence(request: HttpRequest, pk: int) -> HttpResponse:
    """All occasions behind one sentence: its misses, or with `show=kept` those that were kept."""
    places = offices()
    at, _ = _moment(request, places)
    sentences = in_force(at)
    if pk not in {row.pk for row in sentences}:
        raise Http404
    board = board_lately(sentences, at=at, offices=places, viewer=me(request))
    line = next(one for one in board.lines if one.sentence.pk == pk)
    kept = request.GET.get("show") == "kept"
    rows = [row for row in reversed(line.rows) if row.kept == kept]
    if request.GET.get("as") == "csv":
        return as_file("sentence.csv", [["day", "whom or what", "client", "by how much"], *_table(rows, board)])
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    single = replace(board, lines=(line,))
    context = {
        "place": "pledge",
        "line": told(single)[0],
        "counts": line.kind.counts if line.kind else "",
        "shown": page,
        "rows": missed(shown_rows(list(page), named(list(page))), board),
        "kept": kept,
        "learned": thought_over(learned_of(line.sentence, viewer=me(request), at=at), board),
    }
    return render(request, "desk/pledge_sentence.html", context)


def _moment(request: HttpRequest, places: Offices) -> tuple[datetime, str]:
    """Now, or the end of the day that the address names, with that day's words."""
    now = clock.now()
    day = parse_date(request.GET.get("at", "")) if _is_day(request.GET.get("at", "")) else None
    zone = places.zone
    if day is None or day >= now.astimezone(zone).date():
        return now, ""
    return end_of(day, offices=places), words.long_day(day)


def _is_day(said: str) -> bool:
    try:
        return parse_date(said) is not None
    except ValueError:
        return False


def _drawn(board: Board) -> dict[str, Any]:
    names = named(all_misses(board.lines))
    return {
        "lines": [(line, missed(shown_rows(line.misses, names), board)) for line in told(board)],
        "wording": _wording(board.edition),
        "since": _since(board),
    }


def _wording(edition: Edition) -> str:
    """ "fourth wording"."""
    number = edition.version
    return f"{ORDINALS[number - 1] if number <= len(ORDINALS) else words.ordinal(number)} wording"


def _since(board: Board) -> str:
    """The day of its publication; empty for a draft."""
    begun, today = board.edition.published_at, board.at.astimezone(board.zone).date()
    return since_words(begun.astimezone(board.zone).date(), today=today) if begun else ""


def _cells(line: Line) -> list[object]:
    one = line.share
    figures = [in_hundred(one), hundredths(one.interval.low), hundredths(one.interval.high)] if one.n else [""] * 3
    kind = line.kind.name if line.kind else ""
    window = line.sentence.window_days
    return [
        line.words, kind, window, one.kept, one.n, *figures, hundredths(one.target), str(one.verdict), line.clients,
    ]  # fmt: skip


def _table(rows: Sequence[Any], board: Board) -> list[list[object]]:
    names = named(rows)
    return [
        [
            row.at.astimezone(board.zone).date().isoformat(),
            names[row.noun, row.pk].what,
            board.clients[row.client].name,
            row.by,
        ]
        for row in rows
    ]


urls = [
    path("our-pledge/", pledge, name="pledge"),
    path("our-pledge/<row:pk>/", sentence, name="pledge_sentence"),
]
