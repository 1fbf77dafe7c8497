"""What recurs: tidying up, topping up holidays, comparing kept sums. Each may run twice without harm."""

import logging
from datetime import timedelta

from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import transaction
from django.tasks import task

from kept.flows.hand_out import hand_out
from kept.kit.clock import now
from kept.ledgers.conversations import settling
from kept.ledgers.hours import verbs as hours
from kept.ledgers.journal.verbs import write
from kept.ledgers.promises import verbs as promises
from kept.ledgers.team import keeping_hours
from kept.ledgers.team.links import SignInLink
from kept.ledgers.team.models import Firm, Office

LINKS_STAY = timedelta(days=30)  # long enough to find out who came in by which
log = logging.getLogger("kept.clock")


@task()
def forget_sessions() -> int:
    """Remove sign-ins that have run out. Answers how many."""
    return Session.objects.filter(expire_date__lt=now()).delete()[0]


@task()
def forget_links() -> int:
    """Remove one-time links made long ago, used or not. Answers how many."""
    return SignInLink.objects.filter(made_at__lt=now() - LINKS_STAY).delete()[0]


@task()
def forget_finished_jobs() -> None:
    """Remove the queue's rows of jobs that ended two days ago, of failed ones after eight weeks."""
    call_command("prune_db_task_results", queue_name="*", min_age_days=2, failed_min_age_days=56, verbosity=0)


@task()
def hand_out_what_waits() -> int:
    """Let whoever is on duty look after what somebody who left, or nobody, looked after. Answers how many."""
    return len(hand_out(at=now()))


@task()
def take_public_holidays() -> int:
    """Take the public holidays of this year and the next where an office has none for it. Answers how many are new.

    A year that has any is left alone: somebody may have said that they work on one of its holidays.
    """
    at, new = now(), 0
    for office in Office.objects.exclude(country=""):
        years = [year for year in (at.year, at.year + 1) if not office.holidays.filter(day__year=year).exists()]
        new += keeping_hours.take_public_holidays(office, years=years, by=None, at=at) if years else 0
    return new


@task()
def compare_sums() -> dict[str, int]:
    """Compare the sums kept for speed with the facts; what differs goes to the log and the journal, unchanged."""
    wrong = {
        "conversations": len(settling.untrue()),
        "hours": len(hours.untrue()),
        "promises": len(promises.untrue()),
    }
    firm = Firm.objects.first()
    if any(wrong.values()):
        log.error("Sums kept for speed differ from the facts: %s. `kept doctor --mend` counts them afresh.", wrong)
        if firm is not None:
            with transaction.atomic():
                write("clock.compare_sums", firm, by=None, at=now(), said="kept sums differ from the facts", **wrong)
    return wrong
