"""Visiting the desk as one of the cast: sign in, read a page, act."""

from typing import Any

from django.http import HttpResponse
from django.test import Client as Browser

from kept.ledgers.team.models import Member

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HOSTILE = "<script>alert('x')</script>"


def signed_in(browser: Browser, member: Member) -> Browser:
    browser.force_login(member, backend=BACKEND)
    return browser


def page(browser: Browser, address: str) -> str:
    """The whole page, which must be there."""
    answer = browser.get(address)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def main(browser: Browser, address: str) -> str:
    """The page without what stands around it."""
    return page(browser, address).partition("<main")[2].partition("</main>")[0]


def rail(browser: Browser, address: str) -> str:
    return page(browser, address).partition('<header class="rail"')[2].partition("</header>")[0]


def post(browser: Browser, address: str, **words: Any) -> HttpResponse:
    answer: HttpResponse = browser.post(address, words, headers={"referer": "http://testserver/"})
    return answer
