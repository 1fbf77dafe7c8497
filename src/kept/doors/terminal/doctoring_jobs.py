"""What the doctor says of the queue: how many jobs wait and run, which rest as failed and why, and which are left."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django_tasks_db.models import DBTaskResult, get_date_max

from kept.kit import words

LONG = timedelta(minutes=15)  # a job that is due so long has no worker for its queue, or too few
NAMED = 5  # of the jobs that failed; the log names each


def queue_said(*, at: datetime) -> tuple[str, str]:
    """What stands in the queue, and how to mend what should not stand there; "" when there is no such thing."""
    every = DBTaskResult.objects.order_by()
    waiting, running, failed = (every.filter(status=status) for status in ("READY", "RUNNING", "FAILED"))
    said, mend = [f"{waiting.count()} waiting, {running.count()} running"], []
    if left := _left(waiting, at=at) - set(every.filter(started_at__gt=at - LONG).values_list("queue_name", flat=True)):
        said.append(f"nobody takes what waits in {words.listed(sorted(left))}")
        mend.append(f"Start a worker for it: `kept worker --queues {','.join(sorted(left))}`.")
    if resting := failed.count():
        latest = "; ".join(_named(job) for job in failed.order_by("-finished_at")[:NAMED])
        more = f"; and {resting - NAMED} more" if resting > NAMED else ""
        said.append(f"{resting} rest as failed: {latest}{more}")
        mend.append("`kept worker --retry all-failed` runs them again; with the number of one, that one.")
    return ", ".join(said), " ".join(mend)


def _left(waiting: "QuerySet[Any]", *, at: datetime) -> set[str]:
    """The queues in which something has been due for long."""
    due = Q(run_after__lt=at - LONG) | Q(run_after=get_date_max(), enqueued_at__lt=at - LONG)
    return set(waiting.filter(due).values_list("queue_name", flat=True))


def _named(job: Any) -> str:
    kind = job.exception_class_path.rpartition(".")[2]
    last = (job.traceback.strip().splitlines() or [""])[-1]
    why = last.removeprefix(f"{job.exception_class_path}: ").removeprefix(f"{kind}: ")
    return words.printable(f"{job.task_path.rpartition('.')[2]} {job.pk} ({kind}: {why[:200]})")
