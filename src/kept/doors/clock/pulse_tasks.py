"""Asking how it felt, day by day. Each may run twice, or be cut off anywhere, without harm."""

import logging

from django.conf import settings
from django.tasks import task

from kept.flows.remind_pulse import remind
from kept.flows.send_pulse import choose
from kept.kit.clock import now
from kept.ledgers.pulses.models import Habit

log = logging.getLogger("kept.clock")


@task()
def ask_how_it_felt() -> dict[str, int]:
    """Ask whom the day brings, and remind once who did not answer. Answers how many, and how many were passed over.

    Where nobody said at which address Kept is found (KEPT_URL), no link would lead anywhere, so nobody is asked.
    """
    if not settings.KEPT_URL_GIVEN:
        if Habit.objects.exists():
            log.warning("Nobody was asked how it felt: set KEPT_URL to the address at which clients find Kept.")
        return {"asked": 0, "skipped": 0, "reminded": 0}
    at = now()
    asked, skipped = choose(at=at)
    return {"asked": len(asked), "skipped": len(skipped), "reminded": len(remind(at=at))}
