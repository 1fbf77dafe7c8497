"""Writing as one does it: kept at every pause, there after a reload and elsewhere, also when the line was down."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.demo import Desk

ROW = "section[aria-labelledby=waiting] a[data-open]"
KEPT = re.compile(r"^Kept \d\d:\d\d$")


def test_words_are_kept_at_a_pause_through_a_reload_and_on_another_device(desk_of: Callable[..., Desk]) -> None:
    desk = desk_of("ada")
    there = into_a_conversation(desk)
    write(desk.page, "The ninth can work")
    expect(desk.page.locator("#kept-at")).to_have_text(KEPT)
    desk.page.reload()
    expect(words(desk.page)).to_have_value("The ninth can work")
    other = desk_of("ada").go(there)
    expect(words(other)).to_have_value("The ninth can work")
    throw_away(desk.page)


def test_nobody_else_reads_along_but_they_know_that_somebody_writes(desk_of: Callable[..., Desk]) -> None:
    desk = desk_of("ada")
    there = into_a_conversation(desk)
    write(desk.page, "A thought of mine")
    expect(desk.page.locator("#kept-at")).to_have_text(KEPT)
    # the sign of life that says so comes within eight seconds
    with desk.page.expect_request(lambda asked: "presence" in asked.url and "typing" in (asked.post_data or "")):
        desk.page.keyboard.type(".")
    kits = desk_of("kit").go(there)
    expect(kits.locator("#others")).to_contain_text("is writing an answer.")
    expect(words(kits)).to_have_value("")
    throw_away(desk.page)


def test_words_typed_while_the_line_is_down_wait_and_are_kept_when_it_is_back(desk_of: Callable[..., Desk]) -> None:
    desk = desk_of("ada")
    into_a_conversation(desk)
    write(desk.page, "First")
    expect(desk.page.locator("#kept-at")).to_have_text(KEPT)
    desk.page.context.set_offline(True)
    write(desk.page, "First, and then more")
    expect(desk.page.locator("#kept-at")).to_contain_text("Your words stay here")
    desk.page.context.set_offline(False)
    expect(desk.page.locator("#kept-at")).to_have_text(KEPT)
    desk.page.reload()
    expect(words(desk.page)).to_have_value("First, and then more")
    throw_away(desk.page)
    # the browser notes each try that found no line, which is what this test is about
    desk.complaints[:] = [one for one in desk.complaints if "ERR_INTERNET_DISCONNECTED" not in one]


def test_a_meeting_is_written_down_by_the_keys_that_send_a_letter(desk: Desk) -> None:
    desk.go("/clients/")
    client = desk.page.locator("a[data-open]").first.get_attribute("href") or ""
    desk.go(f"{client.partition('#')[0]}notes/")
    said = desk.page.get_by_label("What was said")
    expect(said).to_have_attribute("aria-keyshortcuts", "Control+Enter")
    said.fill("We walked through the museum.")
    said.press("Control+Enter")
    expect(desk.page.locator("#undo")).to_contain_text("Written down.")
    desk.page.get_by_role("button", name="Undo").click()
    expect(desk.page.locator("#undo")).to_contain_text("The note is taken back.")


def test_a_worn_line_is_named_below_the_words(desk: Desk) -> None:
    into_a_conversation(desk)
    write(desk.page, "I hope this email finds you well.")
    expect(desk.page.locator(".noticed")).to_contain_text("A line from everybody’s letters")
    throw_away(desk.page)


def test_a_key_begins_an_answer_to_all_and_a_forward(desk: Desk) -> None:
    into_a_conversation(desk)
    for key, head in (("a", "from you"), ("f", "Passing it on")):
        with desk.page.expect_navigation(url=re.compile("letter=")):
            desk.page.keyboard.press(key)
        expect(desk.page.locator("#answer-h")).to_contain_text(head)
        expect(words(desk.page)).to_be_focused()
        words(desk.page).blur()
    for _ in range(2):
        throw_away(desk.page)


def test_an_answer_begun_on_today_is_typed_at_once(desk: Desk) -> None:
    desk.go("/")
    desk.page.locator("section[aria-labelledby=waiting] [data-row] a[data-act=reply]").first.click()
    expect(words(desk.page)).to_be_focused()


def test_the_mail_program_is_given_the_words_as_they_stand(desk: Desk) -> None:
    page = desk.page
    into_a_conversation(desk)
    write(page, "Dear all,\nit is done & dusted.")
    link = page.get_by_role("link", name="Open it in your mail program")
    link.evaluate("link => addEventListener('click', event => event.preventDefault())")
    link.click()
    expect(link).to_have_attribute("href", re.compile("&body=Dear%20all%2C%0D%0Ait%20is%20done%20%26%20dusted.$"))
    expect(page.locator("#kept-at")).to_have_text(KEPT)
    page.wait_for_timeout(3000)  # the first keeping may have been of half the words; the next follows within a second
    page.reload()
    expect(link).to_have_attribute("href", re.compile("&body=Dear%20all,%0D%0Ait%20is%20done%20%26%20dusted.$"))
    throw_away(page)


def test_the_mail_program_is_given_whom_one_wrote_to_as_it_was_typed_last(desk: Desk) -> None:
    page = desk.page
    into_a_conversation(desk)
    write(page, "Dear all")
    page.locator("details.heads > summary").click()
    page.get_by_label("To", exact=True).fill("Nils Ek <nils@borealis.example>, zed@stranger.example")
    page.get_by_label("Copy", exact=True).fill("ann@borealis.example")
    page.get_by_label("Subject").fill("Tea & cake")
    link = page.get_by_role("link", name="Open it in your mail program")
    link.evaluate("link => addEventListener('click', event => event.preventDefault())")
    link.click()
    to = re.compile("^mailto:nils@borealis.example,zed@stranger.example[?]subject=Tea%20%26%20cake&")
    expect(link).to_have_attribute("href", to)
    expect(link).to_have_attribute("href", re.compile("&cc=ann@borealis.example&(.*&)?body=Dear%20all$"))
    expect(page.locator("#kept-at")).to_have_text(KEPT)
    throw_away(page)


def into_a_conversation(desk: Desk) -> str:
    """Open the first that waits; answers its address."""
    desk.go("/")
    there = desk.page.locator(ROW).first.get_attribute("href") or ""
    desk.go(there)
    return there


def words(page: Page) -> Locator:
    return page.get_by_label("Your words")


def write(page: Page, text: str) -> None:
    """Type as a hand would, by keys."""
    words(page).fill("")
    words(page).press_sequentially(text)


def throw_away(page: Page) -> None:
    """Leave the demo as it was."""
    if not page.get_by_role("button", name="Throw it away").count():
        page.reload()
    page.get_by_role("button", name="Throw it away").click()
    expect(page.locator("#undo")).to_contain_text("Thrown away.")
