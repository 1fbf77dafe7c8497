"""Coming in by a one-time link."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.test import Client as Browser
from django.urls import reverse

from kept.kit.clock import now
from kept.ledgers.team.links import LASTS, make_link
from kept.ledgers.team.models import Member
from kept.ledgers.team.verbs import leave

STALE = "This link has done its work."


def address(token: str) -> str:
    return reverse("desk:arriving", args=[token])


@pytest.fixture
def token(ada: Member) -> str:
    return make_link(ada, at=now())


def signed_in(browser: Browser) -> bool:
    return "_auth_user_id" in browser.session


def test_looking_at_the_link_greets_its_owner_and_uses_nothing_up(client: Browser, token: str) -> None:
    for _ in range(2):
        page = client.get(address(token))
        assert page.status_code == 200
        assert "Come in, Ada." in page.content.decode()
    assert not signed_in(client)
    assert client.head(address(token)).status_code == 200


def test_the_button_brings_in_with_a_new_session(client: Browser, token: str, ada: Member) -> None:
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = planted
    answer = client.post(address(token))
    assert answer.status_code == 302
    assert answer["Location"] == reverse(settings.LOGIN_REDIRECT_URL)
    assert client.session["_auth_user_id"] == str(ada.pk)
    assert client.session.session_key != planted


def test_the_second_use_lets_nobody_in_and_says_what_to_do(client: Browser, token: str) -> None:
    client.post(address(token))
    other = Browser()
    for answer in (other.post(address(token)), other.get(address(token))):
        assert answer.status_code == 410
        assert STALE in answer.content.decode()
        assert reverse("account_request_login_code") in answer.content.decode()
    assert not signed_in(other)


def test_an_unknown_an_old_and_a_leavers_link_read_the_same(client: Browser, ada: Member, kit: Member) -> None:
    old = make_link(ada, at=now() - LASTS - timedelta(minutes=1))
    gone = make_link(kit, at=now())
    leave(kit, on=now().date(), by=ada, at=now())
    pages = [client.get(address(token)) for token in ("nonsense", old, gone)]
    assert [page.status_code for page in pages] == [410] * 3
    assert all("Ada" not in page.content.decode() and "Kit" not in page.content.decode() for page in pages)
    assert [client.post(address(token)).status_code for token in (old, gone)] == [410] * 2
    assert not signed_in(client)


def test_the_address_is_told_to_nobody_and_kept_by_nobody(client: Browser, token: str) -> None:
    page = client.get(address(token))
    assert page["Referrer-Policy"] == "strict-origin"
    assert "no-store" in page["Cache-Control"]


def test_guessing_is_slowed_down(client: Browser, token: str) -> None:
    answers = [client.post(address(f"guess-{number}")).status_code for number in range(25)]
    assert answers.count(410) == 20
    assert client.post(address(token)).status_code == 429
    assert not signed_in(client)


def test_a_form_from_elsewhere_lets_nobody_in(token: str) -> None:
    strict = Browser(enforce_csrf_checks=True)
    assert strict.post(address(token)).status_code == 403
    assert not signed_in(strict)


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What the program writes to its log."""
    [console] = [one for one in logging.getLogger("django").handlers if type(one) is logging.StreamHandler]
    written = StringIO()
    before = console.setStream(written)
    yield written
    console.setStream(before)


def test_a_link_that_still_lets_in_is_not_written_to_the_log(log: StringIO, token: str) -> None:
    strict = Browser(enforce_csrf_checks=True)
    for place in (address(token), f"/account/password/reset/key/1-{token}/"):
        assert strict.post(place).status_code == 403
    assert log.getvalue().count("/…/") == 2
    assert token not in log.getvalue()


def test_whoever_asks_for_another_host_fills_no_log(log: StringIO) -> None:
    assert Browser(headers={"host": "zed.example"}).get("/").status_code == 400
    assert log.getvalue().count("\n") == 1
