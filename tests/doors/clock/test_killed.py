"""Workers that are killed again and again: every job counts once, none is stuck, none is lost."""

from itertools import count

import pytest
from django_tasks_db.models import DBTaskResult

from tests.doors.clock import jobs
from tests.environment import DATABASE
from tests.killing import kill_often, this_database

TIMES = 50
ROUNDS = range(TIMES + 10)  # work goes on arriving while workers are killed
MORE = 6  # jobs of each kind between two kills: more than are done in that time, so that a kill hits some


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_jobs_of_workers_killed_fifty_times_count_once_each() -> None:
    arriving = count()

    def until() -> bool:
        number = next(arriving)
        if number in ROUNDS:
            for each in range(number * MORE, (number + 1) * MORE):
                jobs.write_once.enqueue(each)
                jobs.count.enqueue(each)
                jobs.dare.enqueue(each)
        return number > ROUNDS[-1] and not ours.filter(status__in=["READY", "RUNNING"]).exists()

    ours = DBTaskResult.objects.filter(task_path__startswith="tests.")
    with jobs.tables():
        killed = kill_often(
            ["worker"],
            until=until,
            environment=this_database(KEPT_WORKER_LEASE="2"),
            times=TIMES,
            within=180,
            # SQLite has one writer at a time, so a second worker would only wait; on PostgreSQL two compete
            workers=2 if DATABASE == "postgres" else 1,
        )
        every = list(range(len(ROUNDS) * MORE))
        once, counted, dared = (jobs.rows(table) for table in jobs.TABLES)
    assert killed == TIMES
    assert once == every
    assert counted == every
    # what must not run twice was run once or, where its worker was killed, says so
    assert len(set(dared)) == len(dared)
    failed = ours.filter(status="FAILED")
    assert {job.task_path for job in failed} <= {"tests.doors.clock.jobs.dare"}
    assert {job.exception_class_path for job in failed} <= {"kept.doors.clock.leases.WorkerLost"}
    assert set(every) - set(dared) <= {job.args_kwargs["args"][0] for job in failed}
    # and the kills did hit jobs that were running
    lost = sum(len(job.worker_ids) - 1 for job in ours.exclude(task_path__endswith="write_once")) + failed.count()
    assert lost > 10
