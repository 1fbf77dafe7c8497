"""Pages as tables for other programs (CSV), no cell of which can be run as a formula."""

import csv
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

# a spreadsheet would run what begins so
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_file(name: str, rows: Iterable[Sequence[object]]) -> HttpResponse:
    """The rows, their heads first, as a file of that name; numbers stay numbers."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    csv.writer(answer).writerows([safe(cell) for cell in row] for row in rows)
    return answer


def safe(cell: object) -> object:
    """The cell; a text is a plain text wherever it is opened."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
