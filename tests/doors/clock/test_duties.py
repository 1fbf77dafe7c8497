"""What must be watched all the time is watched by one worker, and by another when that is lost."""

import logging
import threading
from collections.abc import Iterator

import pytest
from pytest_django import Settings

from kept.doors.clock import duties
from kept.doors.clock.duties import Watches, keep
from kept.doors.clock.models import Duty
from tests.doors.clock import watched
from tests.doors.clock.test_leases import until
from tests.killing import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)
WATCH = "tests.doors.clock.watched.watch"


@pytest.fixture(autouse=True)
def one_watch(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.KEPT_SERVICES = [WATCH]
    monkeypatch.setattr(duties, "FIRST_PAUSE", 0.01)
    watched.calls.clear()


@pytest.fixture
def one() -> Iterator[Watches]:
    made = Watches("one")
    yield made
    made.end(seconds=PATIENCE)


@pytest.fixture
def two() -> Iterator[Watches]:
    made = Watches("two")
    yield made
    made.end(seconds=PATIENCE)


def test_of_two_workers_one_watches(one: Watches, two: Watches) -> None:
    for worker in (one, two, one, two):
        worker.see_to(alive=["one", "two"])
    assert list(one.running) == [WATCH]
    assert list(two.running) == []
    until(lambda: watched.calls == ["began"])


def test_when_the_one_that_watches_is_lost_another_does_and_the_first_lets_go(one: Watches, two: Watches) -> None:
    one.see_to(alive=["one", "two"])
    two.see_to(alive=["two"])
    assert list(two.running) == [WATCH]
    # it was not dead, only silent: it sees that and stops
    one.see_to(alive=["one", "two"])
    assert list(one.running) == []
    until(lambda: sorted(watched.calls) == ["began", "began", "ended"])


def test_a_worker_that_ends_leaves_its_duties_to_others_at_once(one: Watches, two: Watches) -> None:
    one.see_to(alive=["one"])
    one.end(seconds=PATIENCE)
    assert watched.calls[-1] == "ended"
    two.see_to(alive=["one", "two"])
    assert Duty.objects.get().worker == "two"


def test_what_is_no_longer_to_be_watched_ends(one: Watches, settings: Settings) -> None:
    one.see_to(alive=["one"])
    settings.KEPT_SERVICES = []
    one.see_to(alive=["one"])
    until(lambda: watched.calls == ["began", "ended"])


def test_a_watch_that_fails_is_begun_again_and_the_log_says_so(caplog: pytest.LogCaptureFixture) -> None:
    stop = threading.Event()
    thread = threading.Thread(target=keep, args=["tests.doors.clock.watched.stumble", stop])
    with caplog.at_level(logging.WARNING, logger="kept.clock"):
        thread.start()
        until(lambda: len(watched.calls) == 2)
        stop.set()
        thread.join(PATIENCE)
    assert not thread.is_alive()
    assert [record.getMessage() for record in caplog.records] == [
        "tests.doors.clock.watched.stumble failed and is started again: ConnectionResetError: the line dropped"
    ]
