"""Every page, everything unfolded: nothing complained of, nothing beyond the edge, nothing in anybody's way."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.axe import ALL, COLOURS, found
from tests.browser.demo import NARROW, WIDE, Desk, unfold
from tests.browser.places import PLACES

BETWEEN = ((1024, 900), (768, 900))
BEYOND = """wide => [...document.querySelectorAll("body *")].filter(one => {
  const box = one.getBoundingClientRect()
  return box.width && box.right > wide + 1 && getComputedStyle(one).position !== "fixed"
}).map(one => `${one.localName}.${one.getAttribute("class")}`).slice(0, 8)"""


@pytest.mark.parametrize("name", PLACES)
def test_it_fits_every_width_and_stands_in_nobodys_way_in_either_theme(name: str, desk_of: Callable[..., Desk]) -> None:
    """One walk for all of it, since opening is what takes long; complaints are looked at as the window closes."""
    place = PLACES[name]
    desk = desk_of(place.who)
    place.open_on(desk)
    unfold(desk.page)
    for wide, high in (*BETWEEN, WIDE, NARROW):
        desk.page.set_viewport_size({"width": wide, "height": high})
        assert reach(desk.page) <= wide, desk.page.evaluate(BEYOND, wide)
        if (wide, high) not in BETWEEN:
            assert found(desk.page, ALL) == [], f"light, {wide} px"
    # loaded anew: of what is folded up some keeps the colours of the theme before
    desk.page.emulate_media(color_scheme="dark")
    desk.page.reload()
    unfold(desk.page)
    # by turns, since what only one of the widths shows is part of every page's frame
    wide, high = (NARROW, WIDE)[list(PLACES).index(name) % 2]
    desk.page.set_viewport_size({"width": wide, "height": high})
    assert found(desk.page, COLOURS) == [], f"dark, {wide} px"


def reach(page: Page) -> int:
    """How wide the page is, in pixels; wider than its window it would scroll sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth"))


def test_the_watch_sees_what_a_page_refuses(desk: Desk) -> None:
    page = desk.go("/")
    with page.expect_console_message():
        page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: '1'}))")
    assert "Content Security Policy" in desk.complaints[0]
    desk.complaints.clear()
