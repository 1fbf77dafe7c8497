"""The day's work in a browser that runs no scripts at all."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.demo import NARROW, WIDE, Demo, Desk
from tests.doors.terminal.test_serving import until

BO = "bo@larkfield.example"
WAITING = "section[aria-labelledby=waiting]"
PROMISES = "section[aria-labelledby=promises]"


@pytest.fixture
def plain(desk_of: Open) -> Page:
    """Today, in a browser without scripts."""
    return desk_of("ada", java_script_enabled=False).go("/")


def test_signing_in_and_out(opened: Open, demo: Demo) -> None:
    page = opened(java_script_enabled=False).go("/account/login/code/")
    page.get_by_label("Your mail address").fill(BO)
    page.get_by_role("button", name="Send the code").click()
    page.get_by_label("The code").fill(until(lambda: demo.codes(BO))[-1])
    page.get_by_role("button", name="Come in").click()
    expect(page.locator("h1")).to_contain_text(", Bo.")
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("h1")).to_have_text("Welcome back. Under which address do we know you?")


def test_keeping_a_promise_and_taking_that_back(plain: Page) -> None:
    row = plain.locator(f"{PROMISES} [data-row]", has=plain.get_by_role("button", name="Keep it")).first
    words = row.locator(".what").inner_text()
    row.get_by_role("button", name="Keep it").click()
    expect(plain.locator("#undo")).to_contain_text("Kept just now:")
    expect(plain.locator(PROMISES)).not_to_contain_text(words)
    plain.get_by_role("button", name="Undo").click()
    expect(plain.locator(PROMISES)).to_contain_text(words)


def test_an_answer_begun_on_today_is_typed_at_once(plain: Page) -> None:
    plain.locator(f"{WAITING} [data-row] a[data-act=reply]").first.click()
    expect(plain.get_by_label("Your words")).to_be_focused()


def test_setting_aside_through_the_quiet_acts_and_bringing_back(plain: Page) -> None:
    row = plain.locator(f"{WAITING} [data-row]").last
    who = row.locator(".who > a").inner_text()
    row.get_by_role("button", name="More for").focus()
    row.get_by_role("menuitem", name="Set aside, with a reason").click()
    plain.get_by_role("button", name="Only a thank-you").click()
    expect(plain.locator("#undo")).to_contain_text("Needs no reply.")
    expect(plain.locator(".thread .meta")).to_contain_text(who)
    plain.get_by_role("button", name="Undo").click()
    expect(plain.locator("#undo")).to_contain_text("Back in the inbox.")


def test_handing_on_and_taking_that_back(plain: Page) -> None:
    plain.locator(f"{WAITING} [data-row] .who > a").last.click()
    before = plain.locator(".thread .meta").inner_text()
    plain.get_by_text("Hand on").click()
    plain.get_by_label("Who looks after it").select_option("Moss Iverley")
    plain.get_by_role("button", name="Hand it on").click()
    expect(plain.locator(".thread .meta")).to_contain_text("with Moss")
    plain.get_by_role("button", name="Undo").click()
    expect(plain.locator(".thread .meta")).to_have_text(before)


def test_making_a_promise_from_the_clients_page(plain: Page) -> None:
    plain.goto(plain.url + "clients/?q=Pellam")
    plain.get_by_role("link", name="Pellam Museum").click()
    plain.get_by_role("link", name="Make a promise").click()
    plain.get_by_label("In the words you said").fill("The label for the donkey.")
    plain.get_by_label("Day").fill("2099-02-02")
    plain.get_by_role("button", name="Promise it").click()
    expect(plain.locator("#undo")).to_contain_text("The label for the donkey.")
    plain.get_by_role("button", name="Undo").click()
    expect(plain.locator("#undo")).to_contain_text("Taken out:")


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_every_place_is_reached_without_scripts(desk_of: Open, size: tuple[int, int]) -> None:
    desk: Desk = desk_of("ada", java_script_enabled=False, size=size)
    page = desk.go("/")
    for place in ("Inbox", "Clients", "Promises", "Money", "Settings", "Today"):
        link = page.get_by_role("link", name=place).filter(visible=True)
        if not link.count():
            page.get_by_text("More", exact=True).filter(visible=True).click()
        link.first.click()
        expect(page).to_have_title(f"{place} · Kept")
