"""Whatever is typed with a NUL in it is kept without: PostgreSQL would refuse it, and the act would break."""

from copy import deepcopy
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from kept.ledgers.reckoning.models import AlarmSeen
from tests.doors.every_address import DESK, SETTINGS
from tests.doors.two_clients import BACKEND, Side, side
from tests.ledgers.telling import everything
from tests.studio import NOW, Studio

NUL = "\0"


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)
    storages = deepcopy(settings.STORAGES)
    storages["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = storages
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture
def adas(studio: Studio) -> Browser:
    browser = Browser()
    browser.force_login(studio.ada, backend=BACKEND)
    return browser


@pytest.fixture
def about(studio: Studio) -> Side:
    return side(studio.borealis, studio.cleo, by=studio.ada)


@pytest.mark.parametrize(
    ("name", "row", "more"),
    [
        ("desk:trust_alarms", "client", {"part": "quality"}),
        ("desk:felt_end", "follow_up", {}),
        ("desk:signs", "client", {"kind": "vouched", "on": "2026-10-19"}),
        ("desk:noting", "client", {"about": "Plans", "day": "2026-10-19"}),
        ("desk:meeting_plans", "client", {"day": "2026-10-22"}),
    ],
)
def test_an_act_is_done_and_keeps_the_words_alone(
    adas: Browser, about: Side, name: str, row: str, more: dict[str, str]
) -> None:
    adas.post(reverse("desk:felt_spoke", args=[about.follow_up.pk]), {"words": "By phone"})
    typed = dict.fromkeys(("words", "reason", "about"), f"They {NUL}choose") | more
    assert adas.post(reverse(name, args=[getattr(about, row).pk]), typed).status_code == 303
    after = str(everything())
    assert "They choose" in after
    assert r"They \x00choose" not in after


def test_seen_alarms_keep_the_words_that_were_typed(adas: Browser, about: Side) -> None:
    adas.post(reverse("desk:trust_alarms", args=[about.client.pk]), {"part": "merit", "words": f"We {NUL}know"})
    assert AlarmSeen.objects.get().words == "We know"


def test_a_wall_keeps_its_reason(adas: Browser, studio: Studio) -> None:
    adas.post(reverse("desk:wall", args=[studio.wall.pk]), {"reason": f"Two {NUL}rivals"})
    studio.wall.refresh_from_db()
    assert studio.wall.reason == "Two rivals"


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_address_breaks_by_one(adas: Browser, studio: Studio, about: Side, method: str) -> None:
    names = ("words", "reason", "name", "subject", "to", "note", "q", "page", "whose", "by", "of", "state", "about")
    fields: dict[str, Any] = dict.fromkeys(names, f"a{NUL}b")
    for address in [*DESK, *SETTINGS]:
        to = address.of(studio, about)
        answer = adas.get(to, fields) if method == "get" else adas.post(to, fields)
        assert answer.status_code < 500, address.name
    assert r"a\x00b" not in str(everything())
