"""Of each client the budget that is nearest to its line, and how many run beside it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from kept.measures.burn import RED_PROBABILITY
from kept.readings.budgets import ByKey, Running
from kept.readings.kept_by_client import OnceOf


class Jobs(NamedTuple):
    """What runs for one client."""

    nearest: Running
    many: int

    @property
    def is_over(self) -> bool:
        """Whether more hours were worked than were paid for."""
        return self.nearest.budget is not None and self.nearest.worked > self.nearest.budget

    @property
    def is_red(self) -> bool:
        """Whether it will likely run over; of a lower chance there is no hurry, and no place in the order."""
        return self.nearest.alarm is not None and self.nearest.alarm.probability >= RED_PROBABILITY


def nearest(jobs: Sequence[Running]) -> Running | None:
    """The one most likely to be crossed; of work by the hour any."""
    if len(jobs) == 1:
        return jobs[0]
    return max(jobs, key=lambda job: (job.alarm.probability if job.alarm else -1.0, -job.engagement.pk), default=None)


@OnceOf
def jobs_of(found: ByKey, day: date) -> Mapping[int, Jobs]:
    """By client, of what has not ended by the day."""
    jobs = {}
    for client, rows in found.items():
        runs = [row for _, row in rows if not row.is_over(day)]
        if first := nearest(runs):
            jobs[client] = Jobs(first, len(runs))
    return jobs
