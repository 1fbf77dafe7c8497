"""Nothing that axe knows of stands in anybody's way: every page, both themes, wide and narrow, everything unfolded."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.demo import NARROW, WIDE, Desk, unfold
from tests.browser.places import PLACES

ALL: dict[str, Any] = {"resultTypes": ["violations"]}
# a theme changes colours and nothing else
COLOURS = {**ALL, "runOnly": ["color-contrast", "link-in-text-block"]}


@pytest.mark.parametrize("name", PLACES)
def test_axe_finds_nothing(name: str, desk_of: Callable[..., Desk]) -> None:
    place = PLACES[name]
    # a page refuses the script of axe like any other that is not its own; all other tests run with that refusal
    desk = desk_of(place.who, bypass_csp=True)
    place.open_on(desk)
    for theme, rules in (("light", ALL), ("dark", COLOURS)):
        # loaded anew: of what is folded up some keeps the colours of the theme before
        desk.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        desk.page.reload()
        unfold(desk.page)
        desk.page.evaluate(AXE_SCRIPT)
        for wide, high in (WIDE, NARROW):
            desk.page.set_viewport_size({"width": wide, "height": high})
            assert found(desk.page, rules) == [], f"{theme}, {wide} px"


def test_axe_finds_nothing_in_open_menus_and_sheets(desk_of: Callable[..., Desk]) -> None:
    desk = desk_of("ada", bypass_csp=True)
    page = desk.go("/")
    page.evaluate(AXE_SCRIPT)
    page.get_by_role("button", name="More for").first.click()
    assert found(page, ALL) == []
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.locator("dialog#keys[open]").wait_for()
    assert found(page, ALL) == []


def test_axe_would_find_what_is_wrong(desk_of: Callable[..., Desk]) -> None:
    desk = desk_of("nobody", bypass_csp=True)
    page = desk.go("/account/login/")
    page.evaluate(AXE_SCRIPT)
    page.add_style_tag(content="label { color: #999 !important; background: #aaa }")
    page.evaluate("document.querySelector('label[for=id_password]').remove()")
    assert {one.split(":")[0] for one in found(page, ALL)} >= {"label", "color-contrast"}


def found(page: Page, rules: dict[str, Any]) -> list[str]:
    """What axe finds wrong: the rule, the place on the page, and what to do."""
    violations = page.evaluate("rules => axe.run(document, rules).then(found => found.violations)", rules)
    return [f"{one['id']}: {at['target']} {at['failureSummary']}" for one in violations for at in one["nodes"]]
