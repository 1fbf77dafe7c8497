"""The pledge, open to everybody: every sentence with its live figures, the misses included, and no client named."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kept.doors.public.help_page import answered_by
from kept.kit import clock, words
from kept.readings.calendars import offices
from kept.readings.pledge import Board, board_lately
from kept.readings.pledge_in_force import beside, in_force
from kept.readings.pledge_opening import public_opening
from kept.readings.pledge_told import Told, day_of, told


@dataclass(frozen=True)
class Open:
    """One line as strangers read it: each miss with its day and by how much, and nothing else."""

    line: Told
    misses: tuple[tuple[str, str], ...]


@login_not_required
@require_safe
def pledge(request: HttpRequest) -> HttpResponse:
    """The page, where the firm has opened it and pledged something; else nothing is here."""
    now, places = clock.now(), offices()
    sentences = in_force(now)
    if places.firm is None or not sentences or not beside(sentences).is_open:
        raise Http404
    board = board_lately(sentences, at=now, offices=places, viewer=None)
    context = {
        "firm": places.firm,
        "opening": public_opening(board),
        "lines": [_open(line, board) for line in told(board)],
        "counted": words.full(board.at, board.zone),
        "by": answered_by(places, now, now=now) if places.firm.has_help_page else "",
    }
    return render(request, "public/pledge.html", context)


def _open(line: Told, board: Board) -> Open:
    return Open(line, tuple((day_of(row, board), row.by) for row in line.misses))
