"""One low answer, from the letter asking for it to all that comes of it: by real SMTP, and by a thumb on a phone."""

import re
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from django.test import Client as Browser
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from kept.flows.share_review import told
from kept.ledgers.promises.models import OutcomeKind, Promise
from kept.ledgers.pulses.models import Answer, FollowUp
from kept.ledgers.reviews import verbs as reviews
from kept.ledgers.reviews.verbs import Words
from kept.measures.backtest import What
from kept.measures.trust_streams import FEELINGS, Stream
from kept.readings.backtest import count
from kept.readings.calendars import offices
from kept.readings.trust import trust_of_firm
from tests.browser.demo import NARROW, PATIENCE
from tests.cast import Studio
from tests.doors.desk.visiting import main, post, signed_in
from tests.doors.public.test_pulse_by_mail import box, dovecot, letter, server, smtp, words_of
from tests.flows.pulse_days import their_day
from tests.ledgers.acts_of_reviews import JUDGED
from tests.mailserver import needs_dovecot

__all__ = ["box", "dovecot", "letter", "server", "smtp"]
# the server of the pages starts before a test can say that no static files are laid out
pytestmark = [needs_dovecot, pytest.mark.filterwarnings("ignore:No directory at")]
SAID = "Twice I learned of a delay from others."
TO_DO = "Speak with Cleo about how it felt"
QUARTER = date(2026, 10, 1)


@pytest.fixture(autouse=True)
def _found_at_the_live_server(settings: Any, live_server: LiveServer) -> None:
    """What stands in the letter is the address that can be opened."""
    settings.KEPT_URL = live_server.url


@pytest.fixture
def answer(letter: EmailMessage, live_server: LiveServer, browser: Chromium) -> Answer:
    """What Cleo says by the link in her letter."""
    (link,) = set(re.findall(rf"{re.escape(live_server.url)}/pulse/[\w-]+/", words_of(letter)))
    wide, high = NARROW
    context = browser.new_context(viewport={"width": wide, "height": high}, has_touch=True, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    try:
        answered_by_thumb(context.new_page(), link)
    finally:
        context.close()
    row = Answer.objects.get()
    assert (row.secure, row.cherished, row.delighted, row.dazzled, row.mark) == (2, 6, None, None, 9)
    return row


def answered_by_thumb(page: Page, link: str) -> None:
    page.goto(link)
    for question, mark in (("You do what you say.", "2"), ("I matter to you.", "6"), ("How good is the work", "9")):
        page.get_by_role("group", name=question).get_by_role("radio", name=mark, exact=True).tap()
    page.get_by_label("What should we know?").fill(SAID)
    page.get_by_role("button", name="Send my answers").tap()
    page.wait_for_url(f"{link}thanks/")
    expect(page.locator(".marked dd")).to_have_text(["2", "6", "left open", "left open", "9"])
    expect(page.locator(".said")).to_have_text(SAID)


def quotes_of(s: Studio, *, picks: list[tuple[str, int]], at: datetime) -> list[str]:
    """What the review of the quarter quotes of them when these rows are picked."""
    row = reviews.begin(s.borealis, quarter=QUARTER, by=s.bo, at=at)
    row = reviews.write(row, words=Words(judgement=JUDGED, picks=picks), by=s.bo, at=at)
    return [quote["words"] for quote in told(row, at=at, offices=offices(), money=False)["felt"]["quotes"]]


def points_of(answer: Answer, *, at: datetime) -> dict[Stream, float]:
    """By how much each mark of an answer moved what their client's trust is."""
    trust = trust_of_firm(at).clients[answer.client_id].trust
    feelings = {*FEELINGS, Stream.MARK}
    return {one.stream: one.points for one in trust.contributions if one.stream in feelings and one.row == answer.pk}


def test_a_low_answer_is_spoken_about_moves_trust_stands_in_the_review_and_is_looked_back_at(
    answer: Answer, studio: Studio, client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    bos, low, promise = signed_in(client, studio.bo), FollowUp.objects.get(), Promise.objects.get()
    assert (low.answer, low.owner, low.promise) == (answer, studio.bo, promise)
    assert (promise.client, promise.by, promise.words) == (studio.borealis, studio.bo, TO_DO)
    assert TO_DO in main(bos, "/")
    call = their_day(studio.cleo) + timedelta(hours=2)
    monkeypatch.setattr("kept.kit.clock.now", lambda: call)
    assert post(bos, f"/felt/{low.pk}/spoke/", words="Kit writes on Thursdays.").status_code == 303
    low.refresh_from_db()
    assert (low.spoke_at, low.spoke_by, low.spoke_words) == (call, studio.bo, "Kit writes on Thursdays.")
    assert [(one.kind, one.at) for one in promise.outcomes.all()] == [(OutcomeKind.KEPT, call)]
    assert TO_DO not in main(bos, "/")
    points = points_of(answer, at=call)
    assert set(points) == {Stream.SECURE, Stream.CHERISHED, Stream.MARK}
    assert points[Stream.SECURE] < 0 < points[Stream.MARK]
    assert quotes_of(studio, picks=[], at=call) == []
    assert quotes_of(studio, picks=[("pulses.Answer", answer.pk)], at=call) == [SAID]
    (case,) = count(at=call, offices=offices()).cases
    assert (case.client, case.what, case.at) == (studio.borealis.pk, What.COMPLAINED, answer.at)
    assert case.how == "a low answer"
