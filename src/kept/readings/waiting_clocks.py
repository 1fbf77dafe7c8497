"""The clocks of all who wait, judged at one moment without counting the same days anew for each."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from kept.measures.pauses import Pause
from kept.measures.replies import Clock, Wait, due
from kept.measures.working_time import Calendar

LONG_BEFORE = datetime(2000, 1, 1, tzinfo=UTC)  # working time is counted from here; any moment before all mail would do
REMEMBERED = 8192


class Clocks:
    """Gives what measures.replies.due gives for a clock that runs; what never changes is counted once for all pages."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self._books: dict[Calendar, tuple[_Book, timedelta]] = {}

    def judged(self, clock: Clock, *, calendar: Calendar, pledge: timedelta, pauses: Sequence[Pause] = ()) -> Wait:
        """The clock against the pledge; see measures.replies.due."""
        if pauses or clock.started_at <= LONG_BEFORE:
            return due(clock, calendar=calendar, pledge=pledge, at=self.at, pauses=pauses)
        book, now = self._book(calendar)
        passed = now - book.worked(clock.started_at)
        ends = book.due(clock.started_at, pledge)
        return Wait(clock=clock, pledge=pledge, due=ends, passed=passed, left=pledge - passed, late=passed > pledge)

    def _book(self, calendar: Calendar) -> "tuple[_Book, timedelta]":
        found = self._books.get(calendar)
        if found is None:
            book = _book_of(calendar)
            found = self._books[calendar] = (book, calendar.between(LONG_BEFORE, self.at))
        return found


class _Book:
    """What one calendar says of moments: pure, so it is written down once, however often it is looked at."""

    def __init__(self, calendar: Calendar) -> None:
        self.worked = lru_cache(REMEMBERED)(lambda at: calendar.between(LONG_BEFORE, at))
        self.due = lru_cache(REMEMBERED)(
            lambda begins, pledge: due(Clock(0, begins), calendar=calendar, pledge=pledge, at=begins).due
        )


@lru_cache(maxsize=64)
def _book_of(calendar: Calendar) -> _Book:
    return _Book(calendar)
