"""The one table that the bench prints."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from bench.imports import MAIL_LIMIT_MS, TIME_LIMIT_RATIO, Import
from bench.memory import LIMIT_MB
from bench.pages import LIMIT_MEDIAN, LIMIT_P95, LIMIT_QUERIES, Timed


def show(title: str, pages: Sequence[Timed], imports: Sequence[Import], bare_ms: float, megabytes: float) -> None:
    """Every measure beside its limit; what does not hold is marked."""
    table = Table(title=title, title_justify="left", width=100)
    for column in ("what", "measured", "limit", ""):
        table.add_column(column)
    for page in pages:
        table.add_row(
            page.page,
            f"{page.median:.0f} ms, p95 {page.p95:.0f}, {page.queries} queries, {page.kilobytes:.0f} KB",
            f"{LIMIT_MEDIAN:.0f} ms, p95 {LIMIT_P95:.0f}, {LIMIT_QUERIES} queries",
            mark(page.holds and page.queries > 0),
        )
    table.add_row("the barest list of 50 rows", f"{bare_ms:.2f} ms", "", "")
    for one in imports:
        table.add_row(*_import(one))
    table.add_row("server and worker", f"{megabytes:.0f} MB", f"{LIMIT_MB:.0f} MB", mark(megabytes <= LIMIT_MB))
    Console(width=100, highlight=False).print(table)


def _import(one: Import) -> tuple[str, str, str, str]:
    said = f"{one.seconds:.1f} s, {one.each_ms:.2f} ms each, {one.ratio:.1f} x the bare read and insert"
    if one.name.startswith("mail"):
        return one.name, said, f"{MAIL_LIMIT_MS:.0f} ms each", mark(one.each_ms <= MAIL_LIMIT_MS)
    return one.name, said, f"{TIME_LIMIT_RATIO:.0f} x", mark(one.ratio <= TIME_LIMIT_RATIO)


def mark(holds: bool) -> str:
    return "holds" if holds else "DOES NOT HOLD"
