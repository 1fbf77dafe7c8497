"""The list of recurring work: every turn is given out once, and each job does what it says."""

import threading
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.sessions.models import Session
from django.db import connections
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from kept.doors.clock import leases, schedule, tasks, worker
from kept.doors.clock.models import Beat, Turn
from kept.doors.clock.schedule import SCHEDULE, Recurring, daily, every, give_out, monthly
from kept.kit.clock import now
from kept.ledgers.conversations.models import Conversation
from kept.ledgers.journal.models import Line
from kept.ledgers.team.keeping_hours import open_office, work_on
from kept.ledgers.team.links import SignInLink, make_link
from kept.ledgers.team.models import Holiday
from tests.acting import wrote
from tests.studio import NOW, Studio

LONDON = ZoneInfo("Europe/London")
EVERY = [job.name for job in SCHEDULE]
OURS = [job for job in SCHEDULE if job.task.startswith("kept.doors.clock.tasks.")]  # nightly, and the last one monthly
NIGHTLY = [job.name for job in OURS]
FORGET = "kept.doors.clock.tasks.forget_sessions"


def recurring(monkeypatch: pytest.MonkeyPatch, *jobs: Recurring) -> None:
    """Have these recur and nothing else."""
    monkeypatch.setattr(schedule, "SCHEDULE", jobs)


def test_a_daily_job_is_due_at_the_offices_own_time_also_when_clocks_change() -> None:
    at_three = daily("03:00")
    assert at_three(datetime(2026, 7, 1, 1, 59, tzinfo=UTC), LONDON).astimezone(UTC).day == 30
    assert at_three(datetime(2026, 7, 1, 2, 0, tzinfo=UTC), LONDON) == datetime(2026, 7, 1, 2, 0, tzinfo=UTC)
    assert at_three(datetime(2026, 1, 1, 2, 59, tzinfo=UTC), LONDON).date() == date(2025, 12, 31)


def test_a_monthly_job_is_due_once_a_month() -> None:
    on_the_first = monthly(1, "04:00")
    days = [datetime(2026, 3, 1, 12, tzinfo=UTC) + timedelta(days=number) for number in range(31)]
    assert {on_the_first(day, LONDON).date() for day in days} == {date(2026, 3, 1)}
    assert on_the_first(datetime(2026, 3, 1, 3, tzinfo=UTC), LONDON).date() == date(2026, 2, 1)


def test_a_frequent_job_is_due_each_time_its_minutes_have_gone_by() -> None:
    each = every(minutes=2)
    first = each(NOW, LONDON)
    assert NOW - timedelta(minutes=2) < first <= NOW
    assert each(first, LONDON) == each(first + timedelta(seconds=119), LONDON) == first
    assert each(first + timedelta(minutes=2), LONDON) == first + timedelta(minutes=2)
    assert every(seconds=30)(first + timedelta(seconds=31), LONDON) == first + timedelta(seconds=30)


def test_a_recurring_job_may_name_its_queue(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    recurring(monkeypatch, Recurring("fetch", FORGET, every(minutes=2), queue="mail"))
    give_out(at=NOW)
    assert DBTaskResult.objects.get().queue_name == "mail"


def test_a_job_that_runs_alone_never_piles_up(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    recurring(monkeypatch, Recurring("fetch", FORGET, every(minutes=2), alone=True))
    assert give_out(at=NOW) == ["fetch"]
    assert give_out(at=NOW + timedelta(minutes=2)) == []
    DBTaskResult.objects.update(status="RUNNING")
    assert give_out(at=NOW + timedelta(minutes=4)) == []
    DBTaskResult.objects.update(status="SUCCESSFUL")
    # turns that went by are gone
    assert give_out(at=NOW + timedelta(minutes=4, seconds=5)) == []
    assert give_out(at=NOW + timedelta(minutes=6)) == ["fetch"]


def test_a_new_turn_makes_up_for_one_that_failed(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    recurring(monkeypatch, Recurring("fetch", FORGET, every(minutes=2)))
    for minutes in (0, 2, 4):
        give_out(at=NOW + timedelta(minutes=minutes))
        DBTaskResult.objects.update(status="FAILED")
    assert DBTaskResult.objects.count() == 1


def test_what_is_due_is_given_out_once_and_again_the_next_day(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    recurring(monkeypatch, *OURS)
    assert give_out(at=NOW) == NIGHTLY
    assert give_out(at=NOW + timedelta(minutes=5)) == []
    assert give_out(at=NOW + timedelta(days=1)) == NIGHTLY[:-1]
    assert DBTaskResult.objects.count() == 2 * len(NIGHTLY) - 1


def test_turns_missed_while_no_worker_ran_are_made_up_for_once(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    recurring(monkeypatch, *OURS)
    give_out(at=NOW)
    assert give_out(at=NOW + timedelta(days=9)) == NIGHTLY[:-1]
    assert give_out(at=NOW + timedelta(days=9, minutes=1)) == []


def test_a_turn_whose_job_cannot_be_queued_is_not_taken(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("the queue is full")

    with monkeypatch.context() as patch:
        patch.setattr(type(tasks.forget_links), "enqueue", full)
        with pytest.raises(OSError, match="full"):
            give_out(at=NOW)
    assert not Turn.objects.exists()
    assert give_out(at=NOW) == EVERY


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_look_at_once_give_every_turn_out_once() -> None:
    both: list[str] = []

    def look() -> None:
        both.extend(give_out(at=NOW))
        connections.close_all()

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(both) == sorted(EVERY)
    assert DBTaskResult.objects.count() == len(EVERY)


@pytest.mark.django_db(transaction=True)
def test_jobs_that_are_given_out_run_and_end_well() -> None:
    give_out(at=now())
    worker.run_due()
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}
    assert DBTaskResult.objects.count() == len(EVERY)


def test_sessions_and_links_of_long_ago_go_and_others_stay(studio: Studio) -> None:
    Session.objects.create(session_key="old", session_data="", expire_date=now() - timedelta(hours=1))
    Session.objects.create(session_key="new", session_data="", expire_date=now() + timedelta(hours=1))
    make_link(studio.ada, at=now() - timedelta(days=31))
    make_link(studio.ada, at=now())
    assert tasks.forget_sessions.call() == 1
    assert tasks.forget_links.call() == 1
    assert Session.objects.get().session_key == "new"
    assert SignInLink.objects.count() == 1


def test_holidays_are_topped_up_for_years_that_have_none(studio: Studio) -> None:
    today = now()
    open_office(name="Paris", zone="Europe/Paris", country="FR", by=None, at=today.replace(year=today.year - 3))
    assert tasks.take_public_holidays.call() > 10
    assert Holiday.objects.filter(day=date(today.year + 1, 7, 14)).exists()
    # somebody works there on a holiday, and goes on doing so
    work_on(Holiday.objects.get(day=date(today.year + 1, 7, 14)), by=studio.ada, at=today)
    assert tasks.take_public_holidays.call() == 0


def test_sums_that_differ_are_written_down_and_left_alone(studio: Studio, caplog: pytest.LogCaptureFixture) -> None:
    letter = wrote(studio.borealis, by=studio.cleo)
    assert tasks.compare_sums.call() == {"conversations": 0, "hours": 0, "promises": 0}
    assert not Line.objects.filter(verb="clock.compare_sums").exists()
    Conversation.objects.filter(pk=letter.conversation_id).update(their_last_at=None)
    tasks.compare_sums.call()
    line = Line.objects.get(verb="clock.compare_sums")
    assert line.facts == {"conversations": 1, "hours": 0, "promises": 0}
    assert Conversation.objects.get(pk=letter.conversation_id).their_last_at is None


@pytest.mark.django_db
def test_a_worker_is_believed_alive_for_a_minute() -> None:
    Beat.objects.create(worker="one", since=NOW, at=NOW)
    assert leases.alive(at=NOW + timedelta(seconds=59)) == ["one"]
    assert leases.alive(at=NOW + timedelta(seconds=61)) == []


def test_every_job_has_a_name_of_its_own() -> None:
    assert len(set(EVERY)) == len(EVERY) == len({job.task for job in schedule.SCHEDULE})


def test_every_recurring_job_is_one_that_can_be_queued_by_its_name() -> None:
    assert {job.task for job in SCHEDULE} == {import_string(job.task).module_path for job in SCHEDULE}
