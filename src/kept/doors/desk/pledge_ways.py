"""The misses of the pledge as rows of the desk: when, whom or what, which client, by how much, and what to open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import NoReverseMatch

from kept.doors.desk.ways import way
from kept.kit import words
from kept.ledgers.reflections.models import Reflection
from kept.readings.pledge import Board
from kept.readings.pledge_rows import Row
from kept.readings.pledge_told import day_of

# the page that opens a row of that noun, and whether it is found by the client
OPENED_BY = {
    "conversations.Message": ("conversation", False),
    "promises.Promise": ("promise", False),
    "touches.Meeting": ("service", True),
    "bills.Bill": ("service", True),
    "pulses.FollowUp": ("client", True),
    "clients.Client": ("client", True),
}


@dataclass(frozen=True)
class Missed:
    """One row of a table of misses, or of what was kept."""

    day: str
    what: str
    to: str
    client: str
    client_to: str
    by: str


@dataclass(frozen=True)
class Learned:
    """One thing we learned that bears on a sentence: the day, the one change, with whom, and where it stands."""

    day: str
    change: str
    client: str
    to: str


def thought_over(rows: Sequence[Reflection], board: Board) -> list[Learned]:
    """In their order; the wordings of each are loaded."""
    today = board.at.astimezone(board.zone).date()
    return [
        Learned(
            day=words.day(row.at.astimezone(board.zone).date(), today=today),
            change=next((one.change for one in row.wordings.all()), row.after_words),
            client=row.client.name,
            to=way("reflections", row.client_id),
        )
        for row in rows
    ]


def shown_rows(rows: Sequence[Row], names: Mapping[tuple[str, int], Row]) -> list[Row]:
    """The rows as they were named."""
    return [names.get((row.noun, row.pk), row) for row in rows]


def missed(rows: Sequence[Row], board: Board) -> list[Missed]:
    """In their order."""
    return [
        Missed(
            day=day_of(row, board),
            what=row.what,
            to=_to(row),
            client=board.clients[row.client].name,
            client_to=way("client", row.client),
            by=row.by,
        )
        for row in rows
    ]


def _to(row: Row) -> str:
    name, by_client = OPENED_BY[row.noun]
    try:
        return way(name, row.client if by_client else row.opens)
    except NoReverseMatch:
        return way("client", row.client)
