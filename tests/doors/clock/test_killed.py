"""Workers that are killed again and again: every job counts once, none is stuck, none is lost."""

import pytest
from django_tasks_db.models import DBTaskResult

from tests.doors.clock import jobs
from tests.environment import DATABASE
from tests.killing import kill_often, this_database

TIMES = 50
ROUNDS = TIMES + 10  # work goes on arriving while workers are killed
MORE = 6  # jobs of each kind between two kills: more than are done in that time, so that a kill hits some


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_jobs_of_workers_killed_fifty_times_count_once_each() -> None:
    arrived: list[int] = []

    def until() -> bool:
        more = len(arrived) < ROUNDS * MORE or not hit()
        for each in range(len(arrived), len(arrived) + MORE) if more else ():
            jobs.write_once.enqueue(each)
            jobs.count.enqueue(each)
            jobs.dare.enqueue(each)
            arrived.append(each)
        return not more and not ours.filter(status__in=["READY", "RUNNING"]).exists()

    def hit() -> bool:
        """Whether kills have hit jobs that were running: as soon as some were begun again, or given up."""
        again = sum(len(job.worker_ids) - 1 for job in ours.exclude(worker_ids=[]).exclude(task_path__endswith="_once"))
        return again + ours.filter(status="FAILED").count() > 10

    ours = DBTaskResult.objects.filter(task_path__startswith="tests.")
    with jobs.tables():
        killed = kill_often(
            ["worker"],
            until=until,
            environment=this_database(KEPT_WORKER_LEASE="2"),
            times=TIMES,
            # SQLite has one writer at a time, so a second worker would only wait; on PostgreSQL two compete
            workers=2 if DATABASE == "postgres" else 1,
            hit=hit,
        )
        once, counted, dared = (jobs.rows(table) for table in jobs.TABLES)
    assert killed >= TIMES
    assert hit()
    assert once == arrived
    assert counted == arrived
    # what must not run twice was run once or, where its worker was killed, says so
    assert len(set(dared)) == len(dared)
    failed = ours.filter(status="FAILED")
    assert {job.task_path for job in failed} <= {"tests.doors.clock.jobs.dare"}
    assert {job.exception_class_path for job in failed} <= {"kept.doors.clock.leases.WorkerLost"}
    assert set(arrived) - set(dared) <= {job.args_kwargs["args"][0] for job in failed}
