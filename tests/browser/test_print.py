"""On paper: ink on white, the whole page's width, nothing that can only be pressed."""

import pytest
from playwright.sync_api import expect

from tests.browser.demo import Desk
from tests.browser.places import PLACES

A4 = 680  # px between the margins of @page
PRESSED = "nav, button, input, select, textarea, [data-undo], .skip"


@pytest.mark.parametrize("name", ["today", "inbox", "conversation", "client", "promises", "money"])
def test_a_page_prints_clean(desk: Desk, name: str) -> None:
    page = desk.page
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": A4, "height": 960})
    PLACES[name].open_on(desk)
    expect(page.locator("h1")).to_be_visible()
    assert page.locator(PRESSED).filter(visible=True).all_inner_texts() == []
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("document.documentElement.scrollWidth") <= A4
    # half of a dot may stand beyond the line's beginning
    beyond = "[...document.querySelectorAll('main *')].filter(one => one.getBoundingClientRect().left < -5).length"
    assert page.evaluate(beyond) == 0


def test_the_printed_brief_says_of_which_day_it_is(desk: Desk) -> None:
    desk.page.emulate_media(media="print")
    day = desk.go("/").locator(".topline time")
    expect(day).to_be_visible()
    assert desk.page.locator("h1").inner_text().startswith("Good ")
