"""Coming in, by a code or by a link, and going home."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.demo import Demo, Desk
from tests.doors.terminal.test_serving import until

KIT = "kit@larkfield.example"


def test_a_wrong_code_is_told_kindly_and_the_right_one_brings_in(opened: Open, demo: Demo) -> None:
    page = ask_for_code(opened(), KIT)
    codes = until(lambda: demo.codes(KIT))
    assert len(codes) == 1
    page.get_by_label("The code").fill("123456" if codes[0] != "123456" else "654321")
    page.keyboard.press("Enter")
    expect(page.get_by_text("That is not the code in our newest mail to you.")).to_be_visible()
    page.get_by_label("The code").fill(codes[0])
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(", Kit.")
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(f"{demo.url}/account/login/")
    page.goto(demo.url + "/inbox/")
    expect(page).to_have_url(f"{demo.url}/account/login/?next=/inbox/")


def test_a_strangers_address_meets_the_same_page_and_no_mail(opened: Open, demo: Demo) -> None:
    page = ask_for_code(opened(), "zed@elsewhere.example")
    expect(page.locator("h1")).to_have_text("Six digits are on their way to zed@elsewhere.example.")
    assert demo.codes("zed@elsewhere.example") == []


def test_a_link_from_the_owner_brings_in_once(desk: Desk, opened: Open) -> None:
    desk.go("/settings/").get_by_role("link", name="Juno Pell").click()
    desk.page.get_by_role("button", name="Make a link").click()
    link = desk.page.get_by_label("Copy it and hand it over yourself").input_value()
    page = opened().page
    page.goto(link)
    expect(page.locator("h1")).to_have_text("Come in, Juno.")
    page.get_by_role("button", name="Come in").click()
    expect(page.locator("h1")).to_contain_text(", Juno.")
    page.goto(link)
    expect(page.locator("h1")).to_have_text("This link has done its work.")


def ask_for_code(desk: Desk, address: str) -> Page:
    desk.go("/").get_by_role("link", name="Send me a code instead").click()
    desk.page.get_by_label("Your mail address").fill(address)
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("h1")).to_contain_text("Six digits are on their way")
    return desk.page
