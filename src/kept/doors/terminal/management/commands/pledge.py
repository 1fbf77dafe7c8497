"""`kept pledge`: how each sentence of the pledge is kept, in the terminal or as JSON, now or at any past moment."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kept.doors.terminal.management.commands.brief import MARKS, moment
from kept.kit import clock, words
from kept.ledgers.team.people import installation
from kept.measures.pledge_says import figures
from kept.readings.pledge import Board, Line, pledge_board
from kept.readings.pledge_counting import named
from kept.readings.pledge_opening import opening
from kept.readings.pledge_told import told


class Command(BaseCommand):
    help = "How each sentence of the pledge is kept; --at replays any past moment."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--at", metavar="MOMENT", help="a past moment, such as 2026-03-02 or 2026-03-02T09:40+01:00"
        )
        parser.add_argument("--json", action="store_true", help="as JSON, with every miss")

    def handle(self, *args: Any, **options: Any) -> None:
        viewer = installation()
        at = moment(options["at"], viewer) if options["at"] else clock.now()
        board = pledge_board(at=at, viewer=viewer)
        if options["json"]:
            self.stdout.write(words.printable(json.dumps(as_json(board), ensure_ascii=False, indent=2)))
        else:
            show(board, Console(highlight=False))


def as_json(board: Board | None) -> dict[str, Any]:
    """The board with its rows; without sentences where nothing was pledged by then."""
    if board is None:
        return {"version": None, "sentences": []}
    published = board.edition.published_at
    return {
        "at": board.at.isoformat(),
        "version": board.edition.version,
        "since": published.isoformat() if published else None,
        "sentences": [_sentence(line, board) for line in board.lines],
    }


def show(board: Board | None, console: Console) -> None:
    """The sentence that sums up, then a row for each sentence of the pledge."""
    console.print(Text(words.printable(opening(board))))
    if board is None:
        return
    table = Table(box=None, show_header=False, padding=(0, 1))
    for one, line in zip(told(board), board.lines, strict=True):
        shape, style = MARKS.get(one.state, (" ", ""))
        says = Text.assemble((words.printable(one.words), "bold"), "\n", one.says, " ", figures(line.share))
        table.add_row(Text(shape, style=style), says)
    console.print(table)


def _sentence(line: Line, board: Board) -> dict[str, Any]:
    one, names = line.share, named(line.misses)
    return {
        "words": line.words,
        "measure": line.sentence.measure,
        "target": one.target,
        "window_days": line.sentence.window_days,
        "since": line.since.isoformat(),
        "kept": one.kept,
        "of": one.n,
        "share": one.share,
        "low": one.interval.low,
        "high": one.interval.high,
        "stands": str(one.verdict),
        "misses": [
            {
                "row": f"{row.noun}/{row.pk}",
                "client": board.clients[row.client].name,
                "at": row.at.isoformat(),
                "what": names[row.noun, row.pk].what,
                "by": row.by,
            }
            for row in line.misses
        ],
    }
