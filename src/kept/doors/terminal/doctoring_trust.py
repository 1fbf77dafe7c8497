"""Whether the trust that pages show is what the ledgers say: the newest, and of an older day drawn by the date."""

from collections.abc import Callable
from datetime import date

from kept.kit import words
from kept.kit.clock import now
from kept.readings.calendars import offices
from kept.readings.snapshots import comparing, taking

Found = tuple[str, bool, str, Callable[[], object] | None]


def trust_found() -> Found:
    """What is said of it, whether it is good, how to mend it, and what does."""
    at = now()
    older = comparing.older_day(today=at.astimezone(offices().zone).date())
    wrong, wrong_then = comparing.untrue(), comparing.untrue_of(older) if older else []
    if not wrong and not wrong_then:
        return _good(older), True, "", None
    said = [f"of {_clients(wrong)} it differs from the facts"] if wrong else []
    if older and wrong_then:
        said.append(f"of {_clients(wrong_then)} that of {_day(older)} differs from what is known of that day now")

    def mend() -> None:
        if wrong:
            taking.take(at=at)
        if older and wrong_then:
            taking.take_again(older)

    return "; ".join(said), False, "`kept doctor --mend` counts it afresh.", mend


def _good(older: date | None) -> str:
    return f"as the facts have it, that of {_day(older)} too" if older else "as the facts have it"


def _clients(wrong: list[int]) -> str:
    return words.count(len(wrong), "client")


def _day(day: date) -> str:
    return f"{words.long_day(day)} {day.year}"
