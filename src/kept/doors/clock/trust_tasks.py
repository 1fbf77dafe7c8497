"""Counting trust in the background: the whole firm by the hour, what moved by the minute, and a comparison by night."""

import logging
from datetime import date

from django.db import transaction
from django.tasks import task

from kept.kit.clock import now
from kept.ledgers.journal.verbs import write
from kept.ledgers.team.models import Firm
from kept.readings.calendars import offices
from kept.readings.snapshots import comparing, taking

log = logging.getLogger("kept.clock")


@task()
def count_trust() -> int:
    """Count the whole firm, for waiting grows and evidence fades also while nobody does anything. Answers how many."""
    return len(taking.take(at=now()).clients)


@task()
def count_what_moved() -> int:
    """Count again the clients for whom something was done. Answers how many."""
    return taking.refresh(at=now())


@task()
def look_back_on_trust() -> int:
    """Count the days that pages compare today with, where they were not kept, and let old ones go. Answers how many."""
    at = now()
    counted = taking.look_back(at=at)
    taking.forget(today=at.astimezone(offices().zone).date())
    return len(counted)


@task()
def compare_trust() -> int:
    """Compare the snapshots with the ledgers; what differs goes to the log and the journal. Answers how many.

    An older day, drawn by the date, is compared as well, and counted afresh where something of then came in since.
    """
    _compare_older(today=now().astimezone(offices().zone).date())
    wrong = len(comparing.untrue())
    firm = Firm.objects.first()
    if wrong and firm is not None:
        log.error("Trust of %s clients differs from the facts. `kept doctor --mend` counts it afresh.", wrong)
        with transaction.atomic():
            write("clock.compare_trust", firm, by=None, at=now(), said="trust differs from the facts", clients=wrong)
    return wrong


def _compare_older(*, today: date) -> None:
    day = comparing.older_day(today=today)
    wrong = comparing.untrue_of(day) if day else []
    if day and wrong:
        log.warning("Trust of %s clients on %s differed from what is known of that day now.", len(wrong), day)
        taking.take_again(day)
