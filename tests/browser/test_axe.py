"""Nothing that axe knows of stands in anybody's way, in menus and sheets as on pages; and axe would find it."""

from collections.abc import Callable

from tests.browser.axe import ALL, found
from tests.browser.demo import Desk


def test_axe_finds_nothing_in_open_menus_and_sheets(desk_of: Callable[..., Desk]) -> None:
    desk = desk_of("ada")
    page = desk.go("/")
    page.get_by_role("button", name="More for").first.click()
    assert found(page, ALL) == []
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.locator("dialog#keys[open]").wait_for()
    assert found(page, ALL) == []


def test_axe_would_find_what_is_wrong(desk_of: Callable[..., Desk]) -> None:
    desk = desk_of("nobody", bypass_csp=True)  # a page refuses styles that are not its own
    page = desk.go("/account/login/")
    page.add_style_tag(content="label { color: #999 !important; background: #aaa }")
    page.evaluate("document.querySelector('label[for=id_password]').remove()")
    assert {one.split(":")[0] for one in found(page, ALL)} >= {"label", "color-contrast"}
