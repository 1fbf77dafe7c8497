"""Jobs that fail, jobs whose worker is lost, and workers that come back too late."""

import logging
import os
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django_tasks_db.models import DBTaskResult

from kept.doors.clock import leases, worker
from kept.doors.clock.lanes import Lane
from kept.doors.clock.models import Beat
from kept.kit.clock import now
from tests.doors.clock import jobs
from tests.killing import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tables() -> Iterator[None]:
    with jobs.tables():
        yield


def the_job() -> Any:
    return DBTaskResult.objects.get()


def claimed(by: str) -> Any:
    """The one job that waits, claimed as a worker does before it runs it."""
    job = DBTaskResult.objects.ready().get()
    job.claim(by)
    return job


def run() -> None:
    """Run all that waits, as if its pauses were over."""
    DBTaskResult.objects.filter(status="READY").update(run_after=now())
    worker.run_due()


def take_back(*alive: str, by: str = "judge") -> int:
    return leases.take_back(alive=alive, worker=by, holds=lambda _: False, at=now())


def test_a_job_that_fails_is_queued_again_with_its_reason_and_its_pause() -> None:
    asked = jobs.write_once.enqueue(1)  # its table is not there
    worker.run_due()
    job = the_job()
    assert (str(job.pk), job.status, len(job.worker_ids)) == (asked.id, "READY", 1)
    assert timedelta(0) < job.run_after - job.started_at < timedelta(seconds=1)
    assert "once" in job.traceback


def test_a_job_that_fails_every_time_rests_and_the_log_says_so_in_one_line(caplog: pytest.LogCaptureFixture) -> None:
    jobs.fail.enqueue("nobody\nanswers")
    with caplog.at_level(logging.INFO, logger="kept.clock"):
        run()
    job = the_job()
    assert (job.status, len(job.worker_ids)) == ("FAILED", 3)
    said = [record.getMessage() for record in caplog.records if record.name == "kept.clock"]
    assert [record.levelname for record in caplog.records if record.name == "kept.clock"] == ["WARNING"] * 2 + ["ERROR"]
    assert "tried again in 0 s, try 2 of 3: ConnectionError: nobody answers \\u0000" in said[0]
    assert said[2].endswith(f"`kept worker --retry {job.pk}` runs it again.")
    assert not any("\n" in line for line in said)


@pytest.mark.parametrize("job", [jobs.leave, jobs.answer_oddly])
def test_a_job_that_leaves_or_answers_what_cannot_be_kept_has_failed_and_no_more(job: Any) -> None:
    job.enqueue()
    run()
    assert the_job().status == "FAILED"


def test_a_job_that_this_version_does_not_know_is_tried_again_like_any_other() -> None:
    jobs.fail.enqueue("")
    DBTaskResult.objects.update(task_path="kept.doors.clock.tasks.of_tomorrow")
    worker.run_due()
    assert (the_job().status, len(the_job().worker_ids)) == ("READY", 1)
    for _ in range(4):
        run()
    assert (the_job().status, len(the_job().worker_ids)) == ("FAILED", 5)


def test_a_resting_job_runs_again_with_all_its_tries_when_somebody_asks(tables: None) -> None:
    jobs.dare.enqueue(1)
    DBTaskResult.objects.update(status="FAILED", worker_ids=["gone"])
    call_command("worker", retry=str(the_job().pk))
    assert (the_job().status, the_job().worker_ids) == ("READY", [])
    worker.run_due()
    assert the_job().status == "SUCCESSFUL"
    with pytest.raises(CommandError, match="No failed job"):
        call_command("worker", retry=str(the_job().pk))


def test_all_that_rest_run_again_when_somebody_asks() -> None:
    for _ in range(3):
        jobs.leave.enqueue()
    run()
    assert leases.run_again(at=now()) == 3
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"READY"}


def test_what_is_no_number_of_a_job_and_no_queue_is_said_in_a_sentence() -> None:
    with pytest.raises(CommandError, match="no job's number"):
        call_command("worker", retry="yesterday's")
    with pytest.raises(CommandError, match="no queue named post; there are default, letters, mail"):
        call_command("worker", queues="mail,post")


def test_jobs_of_a_worker_that_is_silent_go_back_and_those_of_others_stay() -> None:
    jobs.fail.enqueue("")
    claimed(by="lost")
    assert take_back("lost") == 0
    assert take_back("another") == 1
    assert the_job().status == "READY"
    claimed(by="another")
    assert take_back("another") == 0
    assert the_job().worker_ids == ["lost", "another"]


def test_a_job_that_kills_its_worker_each_time_rests() -> None:
    jobs.fail.enqueue("")
    for number in range(3):
        claimed(by=f"worker {number}")
        assert take_back() == 1
    assert the_job().status == "FAILED"
    assert the_job().task_result.errors[0].exception_class is leases.WorkerLost
    assert "while it ran this, three times" in the_job().traceback


def test_what_must_not_run_twice_rests_when_its_worker_is_lost(tables: None) -> None:
    jobs.dare.enqueue(1)
    claimed(by="lost")
    take_back()
    assert the_job().status == "FAILED"
    assert "what it had done by then is not known" in the_job().traceback


def test_a_worker_forgets_no_job_of_its_own() -> None:
    jobs.fail.enqueue("")
    claimed(by="one")
    assert leases.take_back(alive=["one"], worker="one", holds=lambda _: True, at=now()) == 0
    assert leases.take_back(alive=["one"], worker="one", holds=lambda _: False, at=now()) == 1


def test_a_worker_that_comes_back_too_late_marks_nothing() -> None:
    jobs.fail.enqueue("")
    late = claimed(by="late")
    take_back("other")
    other = claimed(by="other")
    assert not leases.done(late, None, at=now())
    assert not leases.failed(late, OSError("too late"), at=now())
    assert the_job().status == "RUNNING"
    assert leases.done(other, 7, at=now())
    assert the_job().return_value == 7
    # nor when the same worker has it twice
    assert not leases.done(other, 8, at=now())


def test_what_a_late_worker_wrote_in_one_transaction_goes_back(tables: None) -> None:
    jobs.count.enqueue(1)
    late = claimed(by="late")
    take_back("other")
    Lane("letters", worker="late").run_task(late)
    assert jobs.rows("counted") == []
    run()
    assert jobs.rows("counted") == [1]
    assert the_job().status == "SUCCESSFUL"


def test_nobody_judges_others_by_their_beats_when_its_own_is_late() -> None:
    one = worker.hired(["default"])
    at = now()
    assert not worker.beat(one, at=at)
    assert worker.beat(one, at=at + timedelta(seconds=5))
    assert not worker.beat(one, at=at + timedelta(seconds=60))
    assert worker.beat(one, at=at + timedelta(seconds=65))


def test_a_lane_takes_only_its_own_queue_and_others_go_on_meanwhile(tables: None) -> None:
    reading, writing = os.pipe()
    jobs.wait.enqueue(reading)
    jobs.count.enqueue(1)
    hired = worker.hired(["mail", "letters"])
    for lane in hired.lanes:
        lane.thread.start()

    def counted() -> bool:
        for lane in hired.lanes:
            lane.woken.set()  # as the worker does each second
        return jobs.rows("counted") == [1]

    try:
        until(counted)
        until(lambda: DBTaskResult.objects.get(queue_name="mail").status == "RUNNING")
        assert hired.holds(DBTaskResult.objects.get(queue_name="mail"))
    finally:
        os.write(writing, b".")
        for lane in hired.lanes:
            lane.end()
            lane.thread.join(PATIENCE)
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}


def test_a_beat_that_is_old_is_no_sign_of_life() -> None:
    Beat.objects.create(worker="one", since=now(), at=now() - leases.LEASE)
    assert leases.alive(at=now()) == []


def test_of_workers_that_take_back_at_once_one_does() -> None:
    jobs.fail.enqueue("")
    claimed(by="lost")
    taken: list[int] = []

    def judge() -> None:
        taken.append(take_back())
        connections.close_all()

    threads = [threading.Thread(target=judge) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [0, 0, 0, 1]


def until(found: Any, seconds: float = 300.0) -> None:
    """Wait until it is found; fail when it is not."""
    ended = threading.Event()
    for _ in range(int(seconds / 0.05)):
        if found():
            return
        ended.wait(0.05)
    raise AssertionError("it did not come about")
