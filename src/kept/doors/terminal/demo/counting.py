"""Trust, counted once all is told: as of now, and as of the days that pages compare with it."""

from datetime import datetime

from kept.readings.snapshots.taking import look_back, take


def count(*, at: datetime) -> None:
    """Take the snapshots a worker would have taken by now."""
    look_back(at=at)
    take(at=at)
