"""After every act, and whatever mail comes, pages show what they would show had the process kept nothing."""

import re
from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from kept.flows.let_in import Said, let_in
from kept.ledgers.conversations.models import Channel
from kept.readings import (
    brief_alarms,
    budgets,
    client_known,
    kept_lately,
    overservice,
    portfolio_trust,
    promises_open,
    standing,
    team_hours,
    waiting_written,
)
from tests.acting import promised, sold, worked, wrote
from tests.cast import NOW, Studio, london
from tests.doors.desk.visiting import signed_in
from tests.flows.post import letter, received
from tests.ledgers.act import Act
from tests.ledgers.test_acts import BEGINNINGS, UNDOABLE, name, who

LATER = london(20, "11:00")
# by a reader who sees all, and by one whom a wall keeps out: what is drawn from what the process keeps
OURS, KEPT_OUT = ["/", "/clients/", "/money/", "/portfolio/"], ["/clients/"]
TOKEN = re.compile('name="csrfmiddlewaretoken" value="[^"]*"')  # another on every page
Shown = dict[tuple[str, str], str]


@pytest.fixture(autouse=True)
def _at_eleven(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: LATER)
    storages = deepcopy(settings.STORAGES)
    storages["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = storages
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture
def pages(studio: Studio) -> Callable[[], Shown]:
    """What is shown of a week in which something waits, is late and runs out; nothing is kept of the test before."""
    for client, person in ((studio.borealis, studio.cleo), (studio.cassini, studio.cora)):
        talk = wrote(client, by=person, at=london(15)).conversation
        wrote(client, by=studio.bo, at=london(16), conversation=talk)
        wrote(client, by=person, at=london(19), conversation=talk)
        promised(client, by=studio.bo, due=london(19), at=london(12))
        job = sold(client, by=studio.ada, name="Shop", hours=20)
        worked(client, member=studio.kit, day=NOW.date(), hours=19, engagement=job)
    wrote(None, by=studio.zed, at=london(19))
    browsers = {"ada": signed_in(Browser(), studio.ada), "kit": signed_in(Browser(), studio.kit)}
    _forget()
    return lambda: {
        (who, page): _seen(browsers[who], page)
        for who, addresses in (("ada", OURS), ("kit", KEPT_OUT))
        for page in addresses
    }


def _seen(browser: Browser, page: str) -> str:
    """What stands there; who has left is led elsewhere."""
    return TOKEN.sub("", browser.get(page).content.decode().partition("<main")[2])


@pytest.mark.parametrize("act", UNDOABLE + BEGINNINGS, ids=name)
def test_after_every_act(act: Act, studio: Studio, pages: Callable[[], Shown]) -> None:
    given = act.given(studio)
    pages()
    done = act.do(studio, given, who(studio))
    _nothing_is_stale(pages)
    if act.undo is not None:
        act.undo(studio, given, done, who(studio) | {"at": london(20, "10:00")})
        _nothing_is_stale(pages)


def test_whatever_mail_comes(studio: Studio, pages: Callable[[], Shown]) -> None:
    pages()
    at = iter(NOW + timedelta(minutes=minute) for minute in range(60))
    to = "bo@larkfield.example"
    for mail in (
        lambda: letter("Zed <zed@stranger.example>", id="first", subject="A website", at=next(at)),
        lambda: letter("cleo@borealis.example", id="theirs", after="first", subject="Re: A website", at=next(at)),
        lambda: letter("cora@cassini.example", id="apart", after="first", subject="Re: A website", at=next(at)),
        lambda: letter("Zed <zed@stranger.example>", after="first apart", subject="Re: A website", at=next(at)),
        lambda: letter(f"Bo <{to}>", to="cora@cassini.example", after="apart", subject="Re: A website", at=next(at)),
        lambda: letter("cleo@borealis.example", to=to, subject="Re: The drafts", at=NOW + timedelta(hours=1)),
        lambda: letter(f"Bo <{to}>", to="cleo@borealis.example", subject="The drafts", at=next(at)),
        lambda: letter("new@cassini.example", to=to, text="Please answer by Friday, it is urgent.", at=next(at)),
    ):
        received(mail())
        _nothing_is_stale(pages)
    let_in(Said(Channel.FORM, key="one", at=NOW, words="Hello", address="cora@cassini.example"), at=NOW)
    _nothing_is_stale(pages)


def _nothing_is_stale(pages: Callable[[], Shown]) -> None:
    kept = pages()
    _forget()
    fresh = pages()
    # as lines, for to compare whole pages letter by letter takes minutes
    assert {key: _apart(kept[key], fresh[key]) for key in kept if kept[key] != fresh[key]} == {}


def _apart(kept: str, fresh: str) -> list[str]:
    ours, theirs = set(kept.splitlines()), set(fresh.splitlines())
    return sorted(ours ^ theirs)[:10]


def _forget() -> None:
    for kept in (brief_alarms, budgets, kept_lately, overservice, portfolio_trust, standing):
        kept._kept.cache_clear()
    team_hours._pieces.cache_clear()
    for module in (client_known, promises_open, waiting_written):
        module.forget()
