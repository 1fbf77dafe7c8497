"""Who holds a job: done, failed or lost it is marked by guarded updates, so that of two runs only one counts."""

import logging
import random
from collections.abc import Callable, Container
from datetime import datetime, timedelta
from traceback import format_exception
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import connection
from django.db.models import QuerySet
from django_tasks_db.models import DBTaskResult

from kept.doors.clock.models import Beat
from kept.kit import words
from kept.kit.clock import now
from kept.kit.trying import Trying, trying_of

LEASE = timedelta(seconds=settings.WORKER_LEASE)  # a beat is believed so long
LONGEST_TRACE = 20_000
Job = Any  # a row of DBTaskResult, which has no types
log = logging.getLogger("kept.clock")


class WorkerLost(Exception):
    """The worker ended while it ran the job: killed, or the machine went off."""


def held(job: Job) -> "QuerySet[Any]":
    """The job's row while this run of it counts: every claim makes the list of its workers longer."""
    return DBTaskResult.objects.filter(pk=job.pk, status="RUNNING", worker_ids=job.worker_ids)


def done(job: Job, value: object, *, at: datetime) -> bool:
    """Mark it as done, with what it answered; False when the lease was lost and another run counts."""
    clean = {"exception_class_path": "", "traceback": ""}
    return bool(held(job).update(status="SUCCESSFUL", finished_at=at, return_value=value, **clean))


def failed(job: Job, fault: BaseException, *, at: datetime) -> bool:
    """Mark it to be tried again, or as resting after its last try, in one step with why; False as for `done`."""
    how, tried = trying(job), len(job.worker_ids)
    if tried >= how.tries:
        return _rest(job, fault, at=at)
    wait = how.wait(tried, luck=random.random())  # noqa: S311  # spreads load, keeps no secret
    mine = held(job).update(status="READY", run_after=at + wait, **_why(fault))
    if mine:
        said = "Job %s (%s) failed and is tried again in %d s, try %d of %d: %s"
        log.warning(said, name(job), job.pk, wait.total_seconds(), tried + 1, how.tries, sentence(fault))
        log.debug("How job %s failed", job.pk, exc_info=fault)
    return bool(mine)


def take_back(*, alive: Container[str], worker: str, holds: Callable[[Job], bool], at: datetime) -> int:
    """Queue again what lost workers were running, within each job's tries. Answers how many jobs.

    Lost is a worker that is not in `alive`; `worker`, who asks, has lost what it does not hold itself.
    """
    taken = 0
    for job in DBTaskResult.objects.filter(status="RUNNING").defer("traceback", "return_value").order_by():
        owner = job.worker_ids[-1] if job.worker_ids else ""
        # asked after the rows were read: what was settled meanwhile is no longer running, and the update sees that
        if not holds(job) if owner == worker else owner not in alive:
            taken += _take(job, at=at)
    return taken


def run_again(number: UUID | None = None, *, at: datetime) -> int:
    """Queue a job that rests as failed anew, or all that do; its tries begin anew. Answers how many."""
    resting = DBTaskResult.objects.filter(status="FAILED", **({"pk": number} if number else {}))
    clean = {"exception_class_path": "", "traceback": "", "started_at": None, "finished_at": None}
    return int(resting.update(status="READY", worker_ids=[], run_after=at, **clean))


def alive(*, at: datetime) -> list[str]:
    """The workers whose last beat is younger than a lease."""
    return sorted(Beat.objects.filter(at__gt=at - LEASE).values_list("worker", flat=True))


def shared_time() -> datetime:
    """The moment by the clock that all workers share: on several hosts their own may differ by more than a lease."""
    if connection.vendor != "postgresql":
        return now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]  # type: ignore[no-any-return]


def trying(job: Job) -> Trying:
    """How the job is tried; as any other when this version does not know it."""
    try:
        return trying_of(job.task.func)
    except (ImportError, SuspiciousOperation):
        return Trying()


def name(job: Job) -> str:
    """The job's own name, without the modules it lies in."""
    return str(job.task_path).rpartition(".")[2]


def sentence(fault: BaseException) -> str:
    """What went wrong, in one line."""
    return words.printable(" ".join(f"{type(fault).__name__}: {fault}".split()))[:300]


def _take(job: Job, *, at: datetime) -> bool:
    tried, how = len(job.worker_ids), trying(job)
    if tried >= how.tries:
        times = "while it ran this" if tried == 1 else f"while it ran this, {words.count(tried, 'time')}"
        return _rest(job, WorkerLost(f"the worker ended {times}; what it had done by then is not known"), at=at)
    mine = held(job).update(status="READY", run_after=at)
    if mine:
        said = "The worker that ran job %s (%s) is gone; the job is queued again, try %d of %d."
        log.warning(said, name(job), job.pk, tried + 1, how.tries)
    return bool(mine)


def _rest(job: Job, fault: BaseException, *, at: datetime) -> bool:
    mine = held(job).update(status="FAILED", finished_at=at, **_why(fault))
    if mine:
        said = "Job %s (%s) failed and rests: %s. `kept worker --retry %s` runs it again."
        log.error(said, name(job), job.pk, sentence(fault), job.pk)
        log.debug("How job %s failed", job.pk, exc_info=fault)
    return bool(mine)


def _why(fault: BaseException) -> dict[str, object]:
    trace = "".join(format_exception(fault)).encode("utf-8", "backslashreplace").decode().replace("\0", "\\0")
    kind = type(fault)
    return {
        "exception_class_path": f"{kind.__module__}.{kind.__qualname__}",
        "traceback": trace[-LONGEST_TRACE:],
        "return_value": None,
    }
