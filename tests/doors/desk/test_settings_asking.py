"""When clients are asked how it felt, as the owner settles it; each undone."""

import pytest
from django.conf import settings as django_settings
from django.test import Client as Browser

from kept.doors.desk.settings_asking import CALLED, opening
from kept.ledgers.pulses.models import Habit, Occasion
from tests.cast import Studio

HERE = "/settings/asking/"


@pytest.fixture
def adas(studio: Studio) -> Browser:
    browser = Browser()
    browser.force_login(studio.ada, backend=django_settings.AUTHENTICATION_BACKENDS[0])
    return browser


def begun() -> list[str]:
    return list(Habit.objects.values_list("occasion", flat=True))


def page(adas: Browser) -> str:
    return adas.get(HERE).content.decode()


@pytest.mark.parametrize(
    ("occasions", "says"),
    [
        ([], "Nobody is asked how it felt, but by hand."),
        ([Occasion.MEETING], "Clients are asked how it felt the day after a meeting."),
    ],
)
def test_it_opens_with_who_is_asked(occasions: list[Occasion], says: str) -> None:
    assert opening(occasions) == says
    assert all(word in opening(list(Occasion)) for word in CALLED.values())


def test_it_begins_and_stops_and_each_is_taken_back(adas: Browser) -> None:
    assert "Nobody is asked how it felt, but by hand." in page(adas)
    assert adas.post(f"{HERE}quarter/").status_code == 303
    adas.post(f"{HERE}quarter/")
    assert begun() == ["quarter"]
    assert "Clients are asked how it felt once a quarter." in page(adas)
    assert adas.delete(f"{HERE}quarter/").status_code == 303
    assert begun() == []
    undo = adas.session["kept.undo"]["url"]
    assert adas.post(undo, {"undo": "1"}).status_code == 303
    assert begun() == ["quarter"]
    adas.post(f"{HERE}quarter/", {"undo": "1"})
    adas.post(f"{HERE}quarter/", {"undo": "1"})
    assert begun() == []


def test_what_holds_is_said_in_the_firms_own_numbers(adas: Browser) -> None:
    text = page(adas)
    assert "twice within 180 days" in text
    assert "within 30, or more than four times a year" in text
    assert "ten working days after" in text


def test_an_occasion_that_is_none_is_not_there(adas: Browser) -> None:
    assert adas.post(f"{HERE}whim/").status_code == 404


def test_only_owners_settle_it(studio: Studio) -> None:
    browser = Browser()
    assert browser.post(f"{HERE}quarter/").status_code == 302
    browser.force_login(studio.bo, backend=django_settings.AUTHENTICATION_BACKENDS[0])
    assert browser.get(HERE).status_code == browser.post(f"{HERE}quarter/").status_code == 403
    assert begun() == []
