"""The whole brief, worked by keys alone, with the focus in sight at every step."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.demo import Desk
from tests.doors.terminal.test_serving import until

PROMISES = "section[aria-labelledby=promises]"
WAITING = "section[aria-labelledby=waiting]"


def test_a_promise_is_made_from_a_waiting_row_and_undone(desk: Desk) -> None:
    page = desk.go("/")
    press(desk, "j")
    who = here(desk).locator(".who > a").inner_text()
    leave(desk, "p")
    expect(page.get_by_label("In the words you said it")).to_be_focused()
    page.keyboard.type("The pages, one after the other.")
    press(desk, "Tab")
    page.keyboard.type("01022099")
    leave(desk, "Enter")
    expect(page.locator("#undo")).to_contain_text("Promised.")
    expect(page.locator(".thread .meta")).to_contain_text(who)
    expect(page.locator(".beside")).to_contain_text("The pages, one after the other.")
    leave(desk, "Control+z")
    expect(page.locator("#undo")).to_contain_text("Not promised.")
    expect(page.locator(".beside")).not_to_contain_text("The pages, one after the other.")


def test_the_field_one_was_led_to_has_the_focus_also_when_the_browser_takes_it_away_late(desk: Desk) -> None:
    page = desk.go("/")
    press(desk, "j")
    leave(desk, "p")
    words = page.get_by_label("In the words you said it")
    expect(words).to_be_focused()
    words.blur()
    expect(words).to_be_focused()
    page.mouse.wheel(0, 10)
    words.blur()
    page.wait_for_timeout(200)
    expect(words).not_to_be_focused()


def test_a_waiting_row_is_set_aside_with_a_reason(desk: Desk) -> None:
    page = desk.go("/")
    waiting = page.locator(f"{WAITING} [data-row]")
    number = waiting.count()
    press(desk, "j", "j")
    who = here(desk).locator(".who > a").inner_text()
    leave(desk, "e")
    tab_to(desk, page.get_by_label("Because"))
    page.keyboard.type("They only said thank you")
    leave(desk, "Enter")
    expect(page.locator("#undo")).to_contain_text("Needs no reply.")
    leave(desk, "u")
    expect(waiting).to_have_count(number - 1)
    expect(page.locator(WAITING)).not_to_contain_text(who)
    assert desk.focus_unseen() == ""


def test_a_promise_is_kept_where_it_stands_and_place_and_focus_stay(desk: Desk) -> None:
    page = desk.go("/")
    due = page.locator(f"{PROMISES} [data-row]")
    number = due.count()
    while here(desk).get_by_role("button", name="Keep it").count() == 0:
        press(desk, "j")
    words = here(desk).locator(".what").inner_text()
    after = here(desk).locator("xpath=following-sibling::*[1]").locator(".what").inner_text()
    press(desk, "r")
    expect(page.locator("#undo")).to_contain_text("Kept just now:")
    expect(due).to_have_count(number - 1)
    expect(page.locator(PROMISES)).not_to_contain_text(words)
    expect(here(desk).locator(".what")).to_have_text(after)
    assert desk.focus_unseen() == ""
    leave(desk, "Control+z")
    expect(page.locator("#undo")).to_contain_text("Taken back:")
    expect(due).to_have_count(number)
    expect(here(desk).locator(".what")).to_have_text(re.compile(f"{re.escape(words)}|{re.escape(after)}"))
    assert desk.focus_unseen() == ""


def test_one_opens_a_row_and_comes_back_to_it(desk: Desk) -> None:
    page = desk.go("/inbox/?whose=everyone")
    press(desk, "j", "j", "j", "k")
    row = here(desk).get_attribute("id")
    leave(desk, "Enter")
    expect(page.locator("h1.subject")).to_be_visible()
    leave(desk, "u")
    expect(page).to_have_url(re.compile(r"/inbox/\?.*whose=everyone"))
    expect(page.locator(f"#{row} a.line")).to_be_focused()
    assert desk.focus_unseen() == ""


def test_one_stands_on_a_row_also_when_it_is_looked_into_beside_the_list(desk: Desk) -> None:
    desk.go("/inbox/?whose=everyone")
    press(desk, "j", "j")
    expect(here(desk).locator("a.line")).to_have_attribute("aria-current", "true")
    expect(here(desk)).to_have_count(1)


def test_the_keys_are_shown_and_put_away(desk: Desk) -> None:
    page = desk.go("/")
    press(desk, "j", "?")
    expect(page.get_by_role("heading", name="Keys", exact=True)).to_be_visible()
    press(desk, "Escape")
    expect(page.get_by_role("heading", name="Keys", exact=True)).to_be_hidden()
    expect(here(desk).locator("a").first).to_be_focused()
    leave(desk, "/")
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_quiet_acts_open_by_keys_even_after_an_act(desk: Desk) -> None:
    page = desk.go("/")
    while here(desk).get_by_role("button", name="Keep it").count() == 0:
        press(desk, "j")
    press(desk, "r")
    page.locator("#undo .undo").wait_for()
    tab_to(desk, here(desk).get_by_role("button", name="More for"))
    press(desk, "Enter")
    expect(page.get_by_role("menuitem", name="Move it")).to_be_visible()
    press(desk, "Escape")
    expect(page.get_by_role("menuitem", name="Move it")).to_be_hidden()
    assert desk.focus_unseen() == ""
    leave(desk, "Control+z")
    expect(page.locator("#undo")).to_contain_text("Taken back:")


def test_every_stop_of_the_tab_key_is_in_sight(desk: Desk) -> None:
    page = desk.go("/")
    stops: list[str] = []
    for _ in range(200):
        page.keyboard.press("Tab")
        lost = desk.focus_unseen()
        if lost == "nowhere":
            break
        assert lost == ""
        stops.append(page.evaluate("document.activeElement.innerText"))
    rows = page.locator("[data-row]").count()
    assert stops[0] == "Skip to the page"
    assert len(stops) > 3 * rows


def here(desk: Desk) -> Locator:
    """The row one stands on."""
    return desk.page.locator("[data-row].cur")


def press(desk: Desk, *keys: str) -> None:
    """Press keys that stay on the page; after each one must see where one is, once what it did is drawn."""
    for key in keys:
        desk.page.keyboard.press(key)
        assert until(lambda: not desk.focus_unseen(), 20), f"after {key}: {desk.focus_unseen()}"


def leave(desk: Desk, key: str) -> None:
    """Press a key that leads to another page, and be there."""
    with desk.page.expect_navigation():
        desk.page.keyboard.press(key)


def tab_to(desk: Desk, there: Locator) -> None:
    """Tab on until the focus is there."""
    for _ in range(30):
        if there.evaluate("there => there === document.activeElement"):
            return
        press(desk, "Tab")
    raise AssertionError(f"no way by tab to {there}")
