"""How many answers to a round are taken from one place: counted in this process alone, and forgotten within a minute.

The limits of other pages are counted in the database, with moments. Here such a count would tell who answered when.
"""

from collections import deque
from threading import Lock
from time import monotonic

MOST, WITHIN = 60, 60.0  # a minute: an office that answers together stays below, a program does not
PLACES = 10_000  # remembered at a time, so that nobody fills the memory


class Pace:
    """The last tries of each place, on a clock that tells no time of day."""

    def __init__(self) -> None:
        self._tries: dict[str, deque[float]] = {}
        self._lock = Lock()

    def takes(self, place: str) -> bool:
        """Whether one more may come from there; it is counted if so."""
        now = monotonic()
        with self._lock:
            self._forget(now - WITHIN)
            tries = self._tries.setdefault(place, deque())
            if len(tries) >= MOST or len(self._tries) > PLACES:
                return False
            tries.append(now)
            return True

    def clear(self) -> None:
        with self._lock:
            self._tries.clear()

    def _forget(self, before: float) -> None:
        for place, tries in list(self._tries.items()):
            while tries and tries[0] <= before:
                tries.popleft()
            if not tries:
                del self._tries[place]


pace = Pace()
