"""Fixtures: one demo firm a session, as `kept demo` makes and serves it, and pages on it that are watched."""

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState

from tests.browser.demo import WIDE, Demo, Desk, make_demo, served_demo, watched
from tests.once import made_once

Open = Callable[..., Desk]
KNOWN = {"locale": "en-GB", "timezone_id": "Europe/London", "reduced_motion": "reduce"}


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Demo]:
    """The demo firm, served from a copy: it is made once, however many processes run these tests."""
    home = tmp_path_factory.mktemp("browser") / "home"
    shutil.copytree(made_once("demo-for-browsers", make_demo), home)
    with served_demo(home) as served:
        yield served


@pytest.fixture(scope="session")
def cookies(demo: Demo, browser: Browser) -> dict[str, StorageState | None]:
    """What the browsers of Ada, of Kit and of nobody hold: Ada came by the link of the start, Kit by one from her."""
    ada = browser.new_context()
    page = ada.new_page()
    _come_in(page, demo.link)
    page.goto(demo.url + "/settings/")
    page.get_by_role("link", name="Kit Harrow").click()
    page.get_by_role("button", name="Make a link").click()
    kit = browser.new_context()
    _come_in(kit.new_page(), page.get_by_label("Copy it").input_value())
    found = {"ada": ada.storage_state(), "kit": kit.storage_state(), "nobody": None}
    ada.close()
    kit.close()
    return found


def _come_in(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_role("button", name="Come in").click()
    page.locator("nav[aria-label=Desk]").wait_for()


@pytest.fixture
def opened(demo: Demo, browser: Browser) -> Iterator[Open]:
    """Opens windows of a browser, with any of Playwright's options; at the end no page may have complained."""
    contexts: list[BrowserContext] = []
    desks: list[Desk] = []

    def open_one(**options: Any) -> Desk:
        wide, high = options.pop("size", WIDE)
        contexts.append(browser.new_context(viewport={"width": wide, "height": high}, **{**KNOWN, **options}))
        desks.append(watched(contexts[-1], demo))
        return desks[-1]

    yield open_one
    for context in contexts:
        context.close()
    assert [complaint for desk in desks for complaint in desk.complaints] == []


@pytest.fixture
def desk_of(opened: Open, cookies: dict[str, StorageState | None]) -> Open:
    """Opens the desk of ada, kit or nobody."""
    return lambda who, **options: opened(storage_state=cookies[who], **options)


@pytest.fixture
def desk(desk_of: Open) -> Desk:
    """Ada's desk, signed in, on a wide screen."""
    return desk_of("ada")
