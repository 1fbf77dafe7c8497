"""The worker: gives out recurring work, runs what is queued, and says every few seconds that it is alive."""

import logging
import os
import secrets
import select
import signal
import socket
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import DatabaseError, InterfaceError, OperationalError, close_old_connections, connection
from django.tasks import task_backends
from django_tasks_db.models import DBTaskResult

from kept.doors.clock import leases, schedule
from kept.doors.clock.duties import Watches
from kept.doors.clock.lanes import Lane
from kept.doors.clock.models import Beat
from kept.kit.clock import now

PAUSE = timedelta(seconds=1)  # between two looks at the queue
ROUND = min(timedelta(seconds=5), leases.LEASE / 6)  # between two beats, and two looks at the schedule
SECONDS_TO_END = 3.0
log = logging.getLogger("kept.clock")


@dataclass
class Worker:
    """One working process: its name, a lane for each of its queues, and what it watches."""

    name: str
    lanes: list[Lane]
    watches: Watches
    since: datetime = field(default_factory=now)
    beaten: datetime | None = None
    rounded: float = float("-inf")  # by the monotonic clock: the time of the database may be another

    def holds(self, job: leases.Job) -> bool:
        """Whether any of its lanes has the job in hand."""
        return any(lane.holds(job) for lane in self.lanes if lane.queue == job.queue_name)


def work(*, queues: Sequence[str] = ()) -> None:
    """Work on these queues, or on all, until SIGTERM or SIGINT; what is running then is finished first."""
    _be_quiet()
    asked = _asked_to_end()
    worker = hired(queues or every_queue())
    for lane in worker.lanes:
        lane.thread.start()
    ending = False
    while not ending or any(lane.thread.is_alive() for lane in worker.lanes):
        try:
            _turn(worker, ending=ending)
        except (OperationalError, InterfaceError) as fault:
            log.warning("The database does not answer; the worker tries again soon: %s", fault)
            connection.close()
            time.sleep(PAUSE.total_seconds() * 3)
        except Exception as fault:  # one entry of the schedule that cannot be queued must not stop all the others
            log.error("The worker goes on, but not all that recurs was given out: %s", leases.sentence(fault))
            log.debug("What could not be given out", exc_info=fault)
        if ending:
            time.sleep(0.05)
        elif select.select([asked], [], [], min(PAUSE, ROUND).total_seconds())[0]:
            ending = True
            for lane in worker.lanes:
                lane.end()
    _leave(worker)


def hired(queues: Sequence[str]) -> Worker:
    """A worker for these queues, with a name that no other has had."""
    name = f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(3)}"
    return Worker(name, [Lane(queue, worker=name) for queue in queues], Watches(name))


def run_due() -> None:
    """Run all that is due now, in this thread, and come back."""
    for lane in hired(every_queue()).lanes:
        lane.run()


def every_queue() -> list[str]:
    """The names of all queues there are."""
    return sorted(task_backends["default"].queues)


def end_with_parent() -> None:
    """End this process when standard input closes: the one that started it holds the other end, and has gone."""

    def wait() -> None:
        while os.read(0, 1):  # not sys.stdin: its lock would be in the way of an ordinary end
            pass
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(SECONDS_TO_END)
        os._exit(1)

    threading.Thread(target=wait, daemon=True, name="parent watch").start()


def beat(worker: Worker, *, at: datetime) -> bool:
    """Say that the worker is alive. Answers whether it may judge others by their beats.

    It may not when its own beat is late: what kept it from the database has kept the others from it too.
    """
    fair = worker.beaten is not None and at - worker.beaten < leases.LEASE / 2
    Beat.objects.update_or_create(worker=worker.name, defaults={"since": worker.since, "at": at})
    worker.beaten = at
    return fair


def round_of(worker: Worker, *, at: datetime) -> None:
    """Beat, take back what lost workers had, give out what recurs, and watch what nobody watches."""
    if beat(worker, at=at):
        alive = leases.alive(at=at)
        leases.take_back(alive=alive, worker=worker.name, holds=worker.holds, at=at)
        worker.watches.see_to(alive=alive)
        # one that was killed could not say goodbye
        Beat.objects.filter(at__lt=at - timedelta(days=1)).delete()
    schedule.give_out(at=at)


def _turn(worker: Worker, *, ending: bool) -> None:
    close_old_connections()
    if time.monotonic() - worker.rounded >= ROUND.total_seconds():
        worker.rounded, at = time.monotonic(), leases.shared_time()
        # until the last job has ended its lease must hold
        beat(worker, at=at) if ending else round_of(worker, at=at)
    if not ending:
        due = DBTaskResult.objects.ready().order_by().values_list("queue_name", flat=True).distinct()
        waiting = set(due)
        for lane in worker.lanes:
            if lane.queue in waiting:
                lane.woken.set()


def _asked_to_end() -> int:
    """A file number that can be read from once SIGTERM or SIGINT came; the second one ends the process at once."""
    reading, writing = os.pipe()
    seen: list[int] = []

    def ask(number: int, _: object) -> None:
        if seen:
            os._exit(1)
        seen.append(number)
        os.write(writing, b".")

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    return reading


def _leave(worker: Worker) -> None:
    """Leave nothing behind that others would wait for."""
    with suppress(DatabaseError, InterfaceError):
        worker.watches.end(seconds=SECONDS_TO_END / 2)
        Beat.objects.filter(worker=worker.name).delete()


def _be_quiet() -> None:
    """What the queue's own runner and Django say of each job, `leases` says in one line."""
    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)
    logging.getLogger("django.tasks").setLevel(logging.CRITICAL)
