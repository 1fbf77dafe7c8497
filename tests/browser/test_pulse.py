"""How it felt, on a phone and without scripts: open the link, tap, send, read the thanks, change one's mind."""

import secrets

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.demo import NARROW, Demo
from tests.browser.test_axe import ALL, found
from tests.doors.terminal.homes import sqlite_home

INVITE = """
from datetime import timedelta
from kept.kit import clock
from kept.ledgers.clients.models import Contact
from kept.ledgers.pulses import tokens, verbs
from kept.ledgers.pulses.models import Language, Occasion
from kept.ledgers.team.models import Member
contact, by, at = Contact.objects.get(name={name!r}), Member.objects.order_by("pk")[0], clock.now()
verbs.invite(contact, moment=verbs.Moment(Occasion.QUARTER), hashed=tokens.hashed({token!r}), by=by, at=at,
    closes_at=at + timedelta(days=9), language=Language({language!r}))
"""


def invited(demo: Demo, name: str, *, language: str = "en") -> str:
    """The address in a letter to one of the demo's people."""
    token = secrets.token_urlsafe(24)
    sqlite_home(demo.log.parent).python(INVITE.format(name=name, token=token, language=language))
    return f"/pulse/{token}/"


def test_somebody_answers_with_a_thumb_and_changes_their_mind(opened: Open, demo: Demo) -> None:
    page = opened(size=NARROW, java_script_enabled=False, has_touch=True).go(
        f"{invited(demo, 'Graça Vilar')}?cherished=9"
    )
    secure = page.get_by_role("group", name="You do what you say.")
    expect(page.get_by_text("You tapped 9.")).to_be_visible()
    secure.get_by_role("radio", name="7", exact=True).tap()
    page.get_by_label("What should we know?").fill("Come again.")
    page.get_by_role("button", name="Send it").tap()
    expect(page.locator("h1")).to_have_text("Thank you, Graça.")
    expect(page.locator(".marked dd")).to_have_text(["7", "9", "left open", "left open", "left open"])
    page.get_by_role("link", name="I’ve changed my mind").tap()
    page.get_by_role("group", name="How good is the work").get_by_role("radio", name="10", exact=True).tap()
    secure.get_by_role("radio", name="leave it open").tap()
    page.get_by_role("button", name="Send it like this").tap()
    expect(page.locator(".marked dd")).to_have_text(["left open", "9", "left open", "left open", "10"])
    expect(page.locator(".said")).to_have_text("Come again.")


@pytest.mark.parametrize("language", ["de", "fr"])
def test_the_page_stands_in_nobodys_way(opened: Open, demo: Demo, language: str) -> None:
    desk = opened(size=NARROW, bypass_csp=True)
    page = desk.go(f"{invited(demo, 'Rafe Crane' if language == 'de' else 'Hugh Pask', language=language)}?mark=8")
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        page.reload()
        page.evaluate(AXE_SCRIPT)
        assert found(page, ALL) == [], theme
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]
