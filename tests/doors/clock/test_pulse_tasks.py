"""Asking how it felt as a job of every morning."""

from datetime import timedelta

import pytest
from django.conf import LazySettings

from kept.doors.clock import pulse_tasks
from kept.doors.clock.schedule import SCHEDULE
from kept.ledgers.letters.models import Letter
from kept.ledgers.pulses.models import Invitation, Occasion
from tests.cast import Studio
from tests.flows.pulse_days import habit, their_day


@pytest.fixture
def day(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Cleo's own day; its length is how many days have gone by since."""
    habit(studio, Occasion.QUARTER)
    gone: list[int] = []
    first = their_day(studio.cleo)
    monkeypatch.setattr(pulse_tasks, "now", lambda: first + timedelta(days=len(gone)))
    return gone


def test_it_asks_on_the_day_reminds_later_and_twice_is_once(day: list[int], settings: LazySettings) -> None:
    settings.KEPT_URL_GIVEN = True
    assert pulse_tasks.ask_how_it_felt.func()["asked"] >= 1
    assert pulse_tasks.ask_how_it_felt.func() == {"asked": 0, "skipped": 0, "reminded": 0}
    Letter.objects.update(accepted_at=Invitation.objects.filter(contact__name="Cleo North").get().at)
    reminded = 0
    for _ in range(9):
        day.append(1)
        reminded += Invitation.objects.filter(contact__name="Cleo North", reminded_at=None).count()
        pulse_tasks.ask_how_it_felt.func()
    assert Invitation.objects.get(contact__name="Cleo North").reminded_at is not None
    assert 4 <= reminded <= 8  # five working days, and a weekend


def test_without_an_address_nobody_is_sent_a_link_that_leads_nowhere(
    day: list[int], settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.KEPT_URL_GIVEN = False
    assert pulse_tasks.ask_how_it_felt.func()["asked"] == 0
    assert not Letter.objects.exists()
    assert "set KEPT_URL" in caplog.text


def test_it_is_done_every_day_at_a_working_time() -> None:
    assert [job.task for job in SCHEDULE if job.name == "ask_how_it_felt"] == [
        "kept.doors.clock.pulse_tasks.ask_how_it_felt"
    ]
