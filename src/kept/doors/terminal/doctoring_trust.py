"""Whether the trust that pages show is what the ledgers say."""

from collections.abc import Callable

from kept.kit import words
from kept.kit.clock import now
from kept.readings.snapshots import comparing, taking

Found = tuple[str, bool, str, Callable[[], object] | None]


def trust_found() -> Found:
    """What is said of it, whether it is good, how to mend it, and what does."""
    wrong = comparing.untrue()
    if not wrong:
        return "as the facts have it", True, "", None
    said = f"of {words.count(len(wrong), 'client')} it differs from the facts"
    return said, False, "`kept doctor --mend` counts it afresh.", lambda: taking.take(at=now())
