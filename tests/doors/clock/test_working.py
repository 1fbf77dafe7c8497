"""Workers as programs: they share work, keep what they hold, and lose it only when they are silent."""

import os
import signal
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django_tasks_db.models import DBTaskResult

from kept.doors.clock.models import Beat
from kept.kit.clock import now
from tests.doors.clock import jobs
from tests.doors.clock.test_leases import until
from tests.killing import Nursery, nursery, this_database

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
OURS = DBTaskResult.objects.filter(task_path__startswith="tests.").order_by("enqueued_at")
LEASE = 3
# where a worker has to keep its lease while others wait for it: this machine may stand still for a while
LONG_LEASE = 8


@pytest.fixture
def born(request: pytest.FixtureRequest) -> Iterator[Nursery]:
    with jobs.tables(), nursery(this_database(KEPT_WORKER_LEASE=str(getattr(request, "param", LEASE)))) as made:
        yield made


def the_job() -> Any:
    return OURS.get()


def freeze(number: int) -> None:
    """Stop the process, but not while it writes: on SQLite nobody else could then."""
    while True:
        os.kill(number, signal.SIGSTOP)
        try:
            with connection.cursor() as cursor:
                if connection.vendor == "sqlite":
                    cursor.execute("PRAGMA busy_timeout = 100")
                with transaction.atomic():
                    return
        except OperationalError:
            os.kill(number, signal.SIGCONT)
            time.sleep(0.05)
        finally:
            connection.close()


def test_a_worker_asked_to_end_finishes_what_it_runs_and_leaves_nothing_behind(born: Nursery, tmp_path: Path) -> None:
    worker = born.start(["worker"])
    for _ in range(2):
        jobs.linger.enqueue(str(tmp_path))
    until(lambda: OURS[0].status == "RUNNING")
    asked = now()
    os.kill(worker, signal.SIGTERM)
    # longer than a lease, and it beats to the last
    until(lambda: Beat.objects.get().at > asked + timedelta(seconds=LEASE))
    (tmp_path / str(worker)).touch()
    until(lambda: not Beat.objects.exists())
    assert [(job.status, len(job.worker_ids)) for job in OURS] == [("SUCCESSFUL", 1), ("READY", 0)]
    assert born.kill(worker) == 0


def test_a_worker_of_some_queues_leaves_the_others_alone(born: Nursery) -> None:
    worker = born.start(["worker", "--queues", "mail,default"])
    jobs.count.enqueue(1)
    jobs.dare.enqueue(1)
    jobs.write_once.enqueue(1)
    until(lambda: OURS.filter(status="SUCCESSFUL").count() == 2)
    assert OURS.get(status="READY").queue_name == "letters"
    born.kill(worker)


@pytest.mark.parametrize("born", [LONG_LEASE], indirect=True)
def test_a_job_longer_than_the_lease_stays_with_its_worker(born: Nursery, tmp_path: Path) -> None:
    workers = [born.start(["worker"]) for _ in range(2)]
    jobs.linger.enqueue(str(tmp_path))
    until(lambda: the_job().status == "RUNNING")
    time.sleep(LONG_LEASE + 2)
    for worker in workers:
        (tmp_path / str(worker)).touch()
    until(lambda: the_job().status == "SUCCESSFUL")
    assert len(the_job().worker_ids) == 1
    for worker in workers:
        born.kill(worker)


@pytest.mark.parametrize("born", [LONG_LEASE], indirect=True)
def test_a_worker_that_froze_in_a_job_cannot_mark_it_over_the_one_that_took_it(born: Nursery, tmp_path: Path) -> None:
    frozen = born.start(["worker"])
    jobs.linger.enqueue(str(tmp_path))
    until(lambda: the_job().status == "RUNNING")
    freeze(frozen)
    other = born.start(["worker"])
    until(lambda: len(the_job().worker_ids) == 2)
    (tmp_path / str(frozen)).touch()
    os.kill(frozen, signal.SIGCONT)
    until(lambda: "was taken over by another worker meanwhile" in born.said())
    assert the_job().status == "RUNNING"
    (tmp_path / str(other)).touch()
    until(lambda: the_job().status == "SUCCESSFUL")
    assert the_job().return_value == other
    for worker in (frozen, other):
        born.kill(worker)


def test_a_job_whose_worker_was_killed_runs_again_when_the_lease_is_over(born: Nursery, tmp_path: Path) -> None:
    first = born.start(["worker"])
    jobs.linger.enqueue(str(tmp_path))
    until(lambda: the_job().status == "RUNNING")
    born.kill(first)
    second = born.start(["worker"])
    (tmp_path / str(second)).touch()
    until(lambda: the_job().status == "SUCCESSFUL")
    assert the_job().return_value == second
    born.kill(second)
