"""Fixtures: one demo firm a session, as `kept demo` makes and serves it, and pages on it that are watched."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, StorageState

from tests.browser.demo import WIDE, Demo, Desk, served_demo, watched

Open = Callable[..., Desk]
KNOWN = {"locale": "en-GB", "timezone_id": "Europe/London", "reduced_motion": "reduce"}


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Demo]:
    """The demo firm, served."""
    with served_demo(tmp_path_factory.mktemp("browser") / "home") as served:
        yield served


@pytest.fixture(scope="session")
def ada(demo: Demo, browser: Browser) -> StorageState:
    """Ada's cookies after she came in by the link that the demo prints."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(demo.link)
    page.get_by_role("button", name="Come in").click()
    page.wait_for_url(demo.url + "/")
    cookies = context.storage_state()
    context.close()
    return cookies


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
def desk(opened: Open, ada: StorageState) -> Desk:
    """Ada's desk, signed in, on a wide screen."""
    return opened(storage_state=ada)
