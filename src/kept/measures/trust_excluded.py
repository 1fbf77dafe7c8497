"""Rows that do not count: set aside by a person for a while, or deleted; either way still shown."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from kept.kit import words
from kept.measures.trust_events import Event
from kept.measures.trust_streams import Stream


@dataclass(frozen=True, slots=True)
class Excluded:
    """One row that does not count from `since` on, by whom and why; `until` None is a deleted row's tombstone."""

    stream: Stream
    row: int
    by: str
    reason: str
    since: datetime
    until: datetime | None = None

    def holds(self, at: datetime) -> bool:
        return self.since <= at and (self.until is None or at < self.until)


def apart(
    events: Iterable[Event], excluded: Sequence[Excluded], *, at: datetime
) -> tuple[list[Event], tuple[Excluded, ...]]:
    """The events that count at `at`, and what is excluded then, oldest first.

    An exclusion takes effect on the day it was made: trust as of an earlier day stays what it was. A tombstone takes
    nothing away: of what was deleted no evidence comes, and a row of which only a part was deleted may still be some.
    """
    held = tuple(sorted((each for each in excluded if each.holds(at)), key=lambda each: (each.since, each.row)))
    rows = {(each.stream, each.row) for each in held if each.until is not None}
    return [each for each in events if (each.stream, each.row) not in rows], held


def sentence(excluded: Sequence[Excluded]) -> str:
    """ "Three rows excluded by Bo, one row by Ada." or nothing."""
    by_whom = Counter(each.by for each in excluded).most_common()
    if not by_whom:
        return ""
    (first, rows), *rest = sorted(by_whom, key=lambda each: (-each[1], each[0]))
    said = [f"{words.count(rows, 'row')} excluded by {first}"] + [
        f"{words.count(n, 'row')} by {who}" for who, n in rest
    ]
    return words.sentence(", ".join(said)) + "."
