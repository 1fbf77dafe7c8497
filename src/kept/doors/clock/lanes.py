"""A lane: one queue's own thread in a worker, so that a slow fetch of mail never keeps a letter waiting."""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any
from uuid import UUID

from django.db import InterfaceError, OperationalError, close_old_connections, connection, transaction
from django.tasks import TaskContext
from django.tasks.signals import task_finished, task_started
from django_tasks_db.management.commands.db_worker import Worker as Runner

from kept.doors.clock import leases
from kept.kit.clock import now

PAUSE = 1.0  # seconds before a database that does not answer is asked again
QUIET = 60.0  # seconds without work after which a lane gives its connection back
log = logging.getLogger("kept.clock")


class LeaseLost(Exception):
    """Another worker has taken the job over; what this run says of it no longer counts."""


class Lane(Runner):
    """The queue's own runner, which claims jobs one by one; what becomes of them is marked by `leases`."""

    def __init__(self, queue: str, *, worker: str) -> None:
        super().__init__(
            queue_names=[queue],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=worker,
            excluded_queue_names=[],
        )
        self.queue = queue
        self.busy = False
        self.in_hand: UUID | None = None
        self.woken = threading.Event()
        self.thread = threading.Thread(target=self._live, name=f"lane {queue}", daemon=True)

    def end(self) -> None:
        """Take no further job; what is running is finished."""
        self.running = False
        self.woken.set()

    def holds(self, job: Any) -> bool:
        """Whether this lane has the job in hand, or may just have claimed it."""
        return self.busy and self.in_hand in {None, job.pk}

    def run_task(self, job: Any) -> None:
        """Run one claimed job and mark what became of it, if the lease is still ours by then."""
        self.in_hand = job.pk
        try:
            self._run(job)
        except LeaseLost:
            log.warning("Job %s (%s) was taken over by another worker meanwhile.", leases.name(job), job.pk)
        except BaseException as fault:  # a job that calls sys.exit has failed, and no more than that
            reason = fault
            self._patiently(lambda: leases.failed(job, reason, at=now()))
        finally:
            self.in_hand = None

    def _run(self, job: Any) -> None:
        task, result = job.task, job.task_result
        task_started.send(type(task.get_backend()), task_result=result)
        context: list[Any] = [TaskContext(task_result=result)] if task.takes_context else []
        whole = leases.trying(job).whole
        with transaction.atomic() if whole else nullcontext():
            value = task.call(*context, *result.args, **result.kwargs)
            mark: Callable[[], bool] = lambda: leases.done(job, value, at=now())  # noqa: E731
            # inside a transaction a second attempt would not help: all of it goes back, and is tried again
            if not (mark() if whole else self._patiently(mark)):
                raise LeaseLost
        job.refresh_from_db()
        task_finished.send(type(task.get_backend()), task_result=job.task_result)

    def _patiently(self, mark: Callable[[], bool]) -> bool:
        """Mark it, however often the database does not answer; at the end of the worker the lease takes care of it."""
        while True:
            try:
                close_old_connections()
                return mark()
            except (OperationalError, InterfaceError) as fault:
                if not self.running:
                    raise
                log.warning("The database does not answer; how a job ended is written soon: %s", fault)
                connection.close()
                time.sleep(PAUSE)

    def _live(self) -> None:
        while self.running:
            if not self.woken.wait(QUIET):
                connection.close()
                continue
            self.woken.clear()
            self.busy = True
            try:
                self.run()
            except Exception as fault:  # a lane that ended would leave its queue alone for ever
                log.warning("Queue %s is looked at again soon: %s", self.queue, leases.sentence(fault))
                log.debug("What stopped queue %s", self.queue, exc_info=fault)
                connection.close()
            finally:
                self.busy = False
        connection.close()
