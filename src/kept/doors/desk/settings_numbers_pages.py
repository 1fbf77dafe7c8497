"""The tables of a number tried: a page of each at a time, and all of them whole as a file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.utils.text import slugify

from kept.doors.desk.settings_numbers_table import Preview, Row, Table

PAGE = 50
HEADS = ("Table", "Client", "About", "Now", "Now, in short", "Then", "Then, in short", "By")


@dataclass(frozen=True)
class Turned:
    """One table at one of its pages; `earlier` and `later` are addresses, empty where there is no such page."""

    table: Table
    key: str
    rows: list[Row]
    page: int
    pages: int
    earlier: str
    later: str


def turned(one: Preview, asked: Mapping[str, str], *, typed: Mapping[str, str]) -> list[Turned]:
    """Every table at its first page, but the one that the address asks `of` at the page it asks for.

    `typed` travels along in the addresses: the value that is tried, and why.
    """
    return [_turned(table, asked, typed) for table in one.tables]


def cells(one: Preview) -> Iterable[tuple[str, ...]]:
    """All rows of all tables, their heads first."""
    yield HEADS
    for table in one.tables:
        for row in table.rows:
            both = (row.now.words, row.now.small, row.then.words, row.then.small)
            yield (table.name, row.client, row.about, *both, row.by)


def address(typed: Mapping[str, str], **more: str) -> str:
    """This page with what was typed."""
    return f"?{urlencode({**typed, **more})}"


def _turned(table: Table, asked: Mapping[str, str], typed: Mapping[str, str]) -> Turned:
    key = slugify(table.name)
    shown = Paginator(table.rows, PAGE).get_page(asked.get("page") if asked.get("of") == key else 1)

    def to(number: int) -> str:
        return f"{address(typed, of=key, page=str(number))}#{key}" if 1 <= number <= shown.paginator.num_pages else ""

    return Turned(
        table, key, list(shown), shown.number, shown.paginator.num_pages, to(shown.number - 1), to(shown.number + 1)
    )
