"""What standing is judged from beside feelings, in one query: signs, judgements, contracts, contacts they began."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import QuerySet

from kept.kit.written_once import written_once
from kept.measures.quiet import BEFORE_DAYS, LATELY_DAYS
from kept.readings.standing_parts import ASKED, CLIENT, COUNT, Moments, union

UNANSWERED = timedelta(days=180)  # so long no answer to how it felt is silence


class Row(NamedTuple):
    """One row of the query; what a column holds differs by `what`, see the parts below."""

    what: int
    client: int
    pk: int
    at: datetime | None
    kind: str
    yes: bool | None
    first: date | None
    last: date | None
    one: int | None
    two: int | None
    words: str
    who: str


@dataclass
class Rows:
    """The rows of one client; those with a moment the oldest first."""

    signs: list[Row] = field(default_factory=list)
    holds: list[Row] = field(default_factory=list)
    jobs: list[Row] = field(default_factory=list)
    felt: list[Row] = field(default_factory=list)
    lately: int = 0
    before: int = 0
    asked: int = 0
    heard_at: datetime | None = None
    since: date | None = None


def rows_of(clients: Collection[int] | None, *, at: datetime, felt_since: datetime | None = None) -> Mapping[int, Rows]:
    """By client, as known at `at`; of all clients for None. One query.

    With `felt_since` the answers to how it felt since then as well, as they stand now.
    """
    turn = at - timedelta(days=LATELY_DAYS)
    when = (at, at.date(), turn, turn - timedelta(days=BEFORE_DAYS), at - UNANSWERED)
    values: Iterable[Any]
    if clients is None:
        values = union(None, Moments(*when, felt_since))
    else:
        keys = list(clients)
        values = _of_some(keys, *when) if felt_since is None else _of_some_felt(keys, *when, felt_since)
    return _by_client(map(Row._make, values))


@written_once
def _of_some(
    clients: Sequence[int], at: datetime, day: date, lately: datetime, before: datetime, asked: datetime
) -> QuerySet[Any, Any]:
    return union(clients, Moments(at, day, lately, before, asked, None))


@written_once
def _of_some_felt(
    clients: Sequence[int], at: datetime, day: date, lately: datetime, before: datetime, asked: datetime, felt: datetime
) -> QuerySet[Any, Any]:
    return union(clients, Moments(at, day, lately, before, asked, felt))


def _by_client(rows: Iterable[Row]) -> Mapping[int, Rows]:
    found: dict[int, Rows] = defaultdict(Rows)
    for row in rows:
        own = found[row.client]
        if row.what == COUNT:
            own.lately, own.before = row.one or 0, row.two or 0
        elif row.what == ASKED:
            own.asked = row.one or 0
        elif row.what == CLIENT:
            own.heard_at, own.since = row.at, row.first
        else:
            (own.signs, own.holds, own.jobs, own.felt)[row.what].append(row)
    for own in found.values():
        own.signs.sort(key=by_moment)
        own.holds.sort(key=by_moment)
    return found


def by_moment(row: Row) -> tuple[datetime, int]:
    """Signs and judgements in the order in which they were seen or made."""
    assert row.at is not None  # noqa: S101  # these always have one
    return row.at, row.pk
