"""The inbox as a table for other programs (CSV)."""

import csv
from collections.abc import Iterable

from django.http import HttpResponse

from kept.doors.desk.inbox_words import CAME_BY, Eye, line
from kept.readings.inbox import Row

COLUMNS = ("group", "who", "client", "subject", "came", "written", "due", "with", "state")
# a cell that begins so would be run as a formula by a spreadsheet
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table(rows: Iterable[Row], eye: Eye) -> HttpResponse:
    """All rows, not only the page's; moments in the reader's zone."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="inbox.csv"'
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    writer.writerows([safe(cell) for cell in _cells(row, eye)] for row in rows)
    return response


def safe(cell: str) -> str:
    """The cell as plain text wherever it is opened."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _cells(row: Row, eye: Eye) -> list[str]:
    shown = line(row, eye)
    return [
        row.group.value,
        row.who,
        row.client.name if row.client else "",
        shown.subject,
        CAME_BY[row.message.channel],
        f"{row.message.at.astimezone(eye.zone):%Y-%m-%d %H:%M}",
        f"{row.wait.due.astimezone(eye.zone):%Y-%m-%d %H:%M}" if row.wait else "",
        row.member.name if row.member else "",
        shown.state.words,
    ]
