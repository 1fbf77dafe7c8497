"""How often a job is tried, and when again: said where the job is written, read by whoever runs it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

LONGEST = timedelta(hours=1)
FASTER = 4.0  # each pause is so many times the one before


@dataclass(frozen=True)
class Trying:
    """What a job may ask for; without a word it is tried five times within about a quarter of an hour.

    `tries`: how often at most; 1 for what must not be done twice. `pause`: seconds before the second try.
    `whole`: what it wrote and its being done are one transaction, so that it counts once however it ends; for quick
    jobs that touch nothing but the database.
    """

    tries: int = 5
    pause: float = 10.0
    whole: bool = False

    def wait(self, tried: int, *, luck: float) -> timedelta:
        """How long after the try of that number (1, 2, ...), with luck between 0 and 1.

        Exponential with jitter, so that what failed together does not come back together (AWS Architecture Blog,
        "Exponential Backoff and Jitter", 2015): half to one and a half times pause * 4 ** (tried - 1), capped.
        """
        seconds = min(self.pause * FASTER ** min(tried - 1, 20), LONGEST.total_seconds())
        return timedelta(seconds=seconds * (0.5 + luck))


def tried[**P, R](
    times: int, *, pause: float = 10.0, whole: bool = False
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Say of a job how it is tried; stands below `@task()`:

    @task(queue_name="letters")
    @tried(12, pause=30)
    def send(letter: int) -> None: ...
    """

    def mark(function: Callable[P, R]) -> Callable[P, R]:
        function.trying = Trying(times, pause=pause, whole=whole)  # type: ignore[attr-defined]
        return function

    return mark


def trying_of(function: Callable[..., object]) -> Trying:
    """How this job is tried: as it says, or as every job that says nothing."""
    return getattr(function, "trying", Trying())
