"""Drawing the rows of long tables: rows that say the same look the same, so what was drawn is kept."""

from collections.abc import Hashable, Iterable
from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

KEPT = 4096  # rows in a process, some hundred pages of them


def rows(template: str, lines: Iterable[Hashable]) -> list[SafeString]:
    """Each line as the named partial draws it: it sees `line` alone, which holds all that is shown of the row."""
    draw = _draw if settings.DEBUG else _drawn
    return [draw(template, line) for line in lines]


def _draw(template: str, line: Hashable) -> SafeString:
    return render_to_string(template, {"line": line})


_drawn = lru_cache(maxsize=KEPT)(_draw)
