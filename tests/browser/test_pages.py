"""Every page, on screens of every width, with everything unfolded: nothing complained of, nothing beyond the edge."""

from collections.abc import Callable

import pytest

from tests.browser.demo import WIDTHS, Desk, unfold
from tests.browser.places import PLACES

BEYOND = """wide => [...document.querySelectorAll("body *")].filter(one => {
  const box = one.getBoundingClientRect()
  return box.width && box.right > wide + 1 && getComputedStyle(one).position !== "fixed"
}).map(one => `${one.localName}.${one.getAttribute("class")}`).slice(0, 8)"""


@pytest.mark.parametrize("name", PLACES)
def test_no_page_scrolls_sideways_or_complains(name: str, desk_of: Callable[..., Desk]) -> None:
    place = PLACES[name]
    desk = desk_of(place.who)
    place.open_on(desk)
    unfold(desk.page)
    for wide in WIDTHS:
        desk.page.set_viewport_size({"width": wide, "height": 900})
        reach = desk.page.evaluate("document.documentElement.scrollWidth")
        assert reach <= wide, desk.page.evaluate(BEYOND, wide)
    assert desk.complaints == []


def test_the_watch_sees_what_a_page_refuses(desk: Desk) -> None:
    page = desk.go("/")
    with page.expect_console_message():
        page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: '1'}))")
    assert "Content Security Policy" in desk.complaints[0]
    desk.complaints.clear()
