"""The inbox as a table for other programs (CSV)."""

from collections.abc import Iterable

from django.http import HttpResponse

from kept.doors.desk.inbox_words import CAME_BY, Eye, line
from kept.doors.desk.tables import as_file
from kept.readings.inbox import Row

COLUMNS = ("group", "who", "client", "subject", "came", "written", "due", "with", "state")


def table(rows: Iterable[Row], eye: Eye) -> HttpResponse:
    """All rows, not only the page's; moments in the reader's zone."""
    return as_file("inbox.csv", [COLUMNS, *(_cells(row, eye) for row in rows)])


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
