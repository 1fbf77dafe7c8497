"""The worker: gives out recurring work, runs what is queued, and says every few seconds that it is alive."""

import logging
import os
import secrets
import signal
import socket
import threading
import time
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from kept.doors.clock import schedule
from kept.doors.clock.models import Beat
from kept.kit.clock import now

PAUSE = 1.0  # seconds between two looks at the queue
ROUND = timedelta(seconds=15)  # between two beats, and two looks at the schedule
ALIVE = timedelta(seconds=60)  # a beat is believed so long
SECONDS_TO_END = 3.0
log = logging.getLogger("kept.clock")


def work() -> None:
    """Work until SIGTERM or SIGINT; what is running then is finished first."""
    # what it says about being asked to end is no warning
    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)
    queue = the_queue()
    queue.configure_signals()
    since, rounded = now(), datetime.min.replace(tzinfo=now().tzinfo)
    try:
        while queue.running:
            try:
                close_old_connections()
                if now() - rounded >= ROUND:
                    rounded = now()
                    _round(queue.worker_id, since=since, at=rounded)
                # looked for before the queue locks: an idle worker must not keep writers waiting
                if DBTaskResult.objects.ready().exists():
                    queue.run()
            except (OperationalError, InterfaceError) as fault:
                log.warning("The database does not answer; the worker tries again soon: %s", fault)
                connection.close()
                time.sleep(PAUSE * 4)
            time.sleep(PAUSE)
    finally:
        Beat.objects.filter(worker=queue.worker_id).delete()


def end_with_parent() -> None:
    """End this process when standard input closes: the one that started it holds the other end, and has gone."""

    def wait() -> None:
        while os.read(0, 1):  # not sys.stdin: its lock would be in the way of an ordinary end
            pass
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(SECONDS_TO_END)
        os._exit(1)

    threading.Thread(target=wait, daemon=True, name="parent watch").start()


def the_queue() -> Worker:
    """The queue's own runner; its `run` ends when nothing is left that is due."""
    return Worker(
        queue_names=["*"],
        interval=PAUSE,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(3)}",
        excluded_queue_names=[],
    )


def alive(*, at: datetime) -> list[str]:
    """The workers that said so in the last minute, and those that have been busy with one job since."""
    busy = DBTaskResult.objects.filter(status="RUNNING").values_list("worker_ids", flat=True)
    beats = Beat.objects.filter(at__gt=at - ALIVE) | Beat.objects.filter(worker__in=[ids[-1] for ids in busy if ids])
    return sorted(beats.values_list("worker", flat=True))


def _round(worker: str, *, since: datetime, at: datetime) -> None:
    Beat.objects.update_or_create(worker=worker, defaults={"since": since, "at": at})
    # one that was killed could not say goodbye
    Beat.objects.filter(at__lt=at - timedelta(days=1)).delete()
    schedule.give_out(at=at)
