"""Trust counted in the background: each job once, by name, and a doctor who finds what differs."""

from datetime import date

import pytest
from django.db.models import QuerySet

from kept.doors.clock import trust_tasks
from kept.doors.terminal.doctoring_trust import trust_found
from kept.ledgers.journal.models import Line
from kept.ledgers.promises import verbs as promises
from kept.readings.snapshots import taking
from kept.readings.snapshots.models import Snapshot
from tests.acting import promised
from tests.studio import NOW, Studio, london


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("kept.doors.clock.trust_tasks", "kept.doors.terminal.doctoring_trust"):
        monkeypatch.setattr(f"{module}.now", lambda: NOW)


def test_the_firm_is_counted_then_what_moved_then_nothing(studio: Studio) -> None:
    assert trust_tasks.count_trust.call() == 2
    row = promised(studio.borealis, by=studio.bo, due=london(19), at=london(12))
    promises.keep(row, by=studio.bo, at=london(18))
    assert [trust_tasks.count_what_moved.call() for _ in range(2)] == [2, 0]
    assert Snapshot.objects.get(client=studio.borealis).n == 1


def test_days_gone_by_are_counted_once(studio: Studio) -> None:
    assert [trust_tasks.look_back_on_trust.call() > 0 for _ in range(2)] == [True, False]


def test_what_differs_is_told_by_night_and_by_the_doctor_who_mends_it(studio: Studio) -> None:
    trust_tasks.count_trust.call()
    assert trust_tasks.compare_trust.call() == 0
    assert trust_found()[0] == "as the facts have it"
    Snapshot.objects.filter(client=studio.borealis).update(low=1.0)
    assert trust_tasks.compare_trust.call() == 1
    assert Line.objects.filter(verb="clock.compare_trust").count() == 1
    said, good, _, mend = trust_found()
    assert (said, good) == ("of one client it differs from the facts", False)
    assert mend is not None
    mend()
    assert trust_found()[1]


@pytest.fixture
def thursday(studio: Studio) -> QuerySet[Snapshot]:
    """Trust as it was kept last Thursday; there is a newer day too."""
    row = promised(studio.borealis, by=studio.bo, due=london(9), at=london(2))
    promises.keep(row, by=studio.bo, at=london(8))
    for at in (london(15), NOW):
        taking.take(at=at)
    return Snapshot.objects.filter(client=studio.borealis, day=date(2026, 10, 15))


def test_an_older_day_that_differs_is_told_by_the_doctor_who_counts_it_afresh(thursday: QuerySet[Snapshot]) -> None:
    assert trust_found()[0] == "as the facts have it, that of Thursday 15 October 2026 too"
    value = thursday.get().value
    thursday.update(value=99.0)
    said, good, _, mend = trust_found()
    assert not good
    assert said == "of one client that of Thursday 15 October 2026 differs from what is known of that day now"
    assert mend is not None
    mend()
    assert trust_found()[1]
    assert (thursday.get().value, thursday.get().at) == (value, london(15))


def test_by_night_an_older_day_is_counted_afresh_and_logged(
    thursday: QuerySet[Snapshot], caplog: pytest.LogCaptureFixture
) -> None:
    thursday.update(value=99.0)
    assert trust_tasks.compare_trust.call() == 0  # of what pages show today nothing differs
    assert "Trust of 1 clients on 2026-10-15 differed from what is known of that day now." in caplog.text
    assert thursday.get().value != 99.0
