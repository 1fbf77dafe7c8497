"""What every page says to the browser: run no script but ours, be framed by nobody, keep the cookies close."""

import json
import os
import subprocess
import sys
from copy import deepcopy
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client as Browser

from tests.doors.every_address import DOOR, TABLE
from tests.doors.two_clients import BACKEND, Side, side
from tests.studio import NOW, Studio

POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "font-src 'self'", "img-src 'self' data:",
    "connect-src 'self'", "form-action 'self'", "manifest-src 'self'", "base-uri 'none'", "frame-ancestors 'none'",
}  # fmt: skip
# a mail as it came is somebody else's file: it may not even be shown as a page
STRICTER = {"default-src 'none'", "sandbox"}
AS_IT_CAME = {"desk:original", "desk:file", "desk:picture"}
ADDRESSES = {"href", "src", "action", "formaction", "hx-get", "hx-post", "hx-delete", "xlink:href", "srcdoc", "data"}


class Inline(HTMLParser):
    """Everything in a page that a strict policy forbids, and every form that changes something without its token."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.open_form: str | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        self.found += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        self.found += [
            f"{tag} {name}={value}"
            for name, value in attributes
            if name in ADDRESSES and (value or "").strip().lower().startswith(("javascript:", "data:", "http:", "//"))
        ]
        if tag == "style" or (tag == "script" and not given.get("src")) or tag in {"iframe", "object", "embed", "base"}:
            self.found.append(tag)
        if tag == "form" and (given.get("method") or "").lower() == "post":
            self.open_form = given.get("action") or "here"
        if tag == "input" and given.get("name") == "csrfmiddlewaretoken" and given.get("value"):
            self.open_form = None

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self.open_form:
            self.found.append(f"form without a token: {self.open_form}")
            self.open_form = None


def inline(text: str) -> list[str]:
    """What the page has that it may not have."""
    parser = Inline()
    parser.feed(text)
    return parser.found


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)
    storages = deepcopy(settings.STORAGES)
    storages["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = storages
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture
def adas(studio: Studio) -> Browser:
    browser = Browser(raise_request_exception=False)
    browser.force_login(studio.ada, backend=BACKEND)
    return browser


@pytest.fixture
def open_side(studio: Studio) -> Side:
    return side(studio.borealis, studio.cleo, by=studio.ada)


def check(answer: Any, *, stricter: bool = False) -> None:
    """The answer keeps every promise a page makes to the browser."""
    policy = {part.strip() for part in answer["Content-Security-Policy"].split(";")}
    assert policy == (STRICTER if stricter else POLICY)
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] in {"same-origin", "strict-origin"}
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    if answer["Content-Type"].startswith("text/html"):
        assert inline(answer.content.decode()) == []


def test_the_reader_of_pages_finds_what_is_forbidden() -> None:
    assert inline('<p style="x">') == ["p style"]
    assert inline("<style>p{}</style>") == ["style"]
    assert inline("<script>1</script>") == ["script"]
    assert inline('<a onclick="x" href="javascript:x">') == ["a onclick", "a href=javascript:x"]
    assert inline('<form method="POST" action="/x"><input name="y"></form>') == ["form without a token: /x"]
    assert inline('<script src="/s.js"></script><form method="get"></form>') == []


def test_every_page_and_every_refusal_is_safe(adas: Browser, studio: Studio, open_side: Side) -> None:
    for address in TABLE:
        to = address.of(studio, open_side)
        for answer in (adas.get(to), adas.post(to), Browser().get(to)):
            check(answer, stricter=address.name in AS_IT_CAME and answer.status_code in {200, 405})


def test_pages_for_what_went_wrong_are_safe(
    adas: Browser, studio: Studio, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    def break_here(*_: Any, **__: Any) -> None:
        raise RuntimeError("broken on purpose")

    kits, strict = Browser(), Browser(enforce_csrf_checks=True)
    kits.force_login(studio.kit, backend=BACKEND)
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/h/ip"}
    Browser().post("/account/login/", {})
    monkeypatch.setattr("kept.doors.desk.today.brief", break_here)
    answers = {
        404: adas.get("/nowhere/"),
        403: kits.get("/money/"),
        429: Browser().post("/account/login/", {}),
        500: adas.get("/"),
    }
    assert {status: answer.status_code for status, answer in answers.items()} == {status: status for status in answers}
    for answer in [*answers.values(), strict.post("/account/login/", {}), Browser().get("/nowhere/")]:
        check(answer)
    assert "broken on purpose" not in answers[500].content.decode()


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000", "https://kept.example.com"])
def test_cookies_stay_close_and_travel_only_encrypted_where_the_firm_is_served_so(
    url: str, settings: Any, studio: Studio
) -> None:
    """With the settings as the program itself reads them from KEPT_URL."""
    read = "import json, kept.settings as s; print(json.dumps({n: getattr(s, n) for n in dir(s) if n.startswith(%r)}))"
    prefixes = ("SESSION_", "CSRF_", "SECURE_", "ALLOWED_")
    environment = {**os.environ, "KEPT_URL": url}
    said = subprocess.run(
        [sys.executable, "-c", read % (prefixes,)], env=environment, capture_output=True, text=True, check=True
    )
    for name, value in json.loads(said.stdout).items():
        setattr(settings, name, value)
    secure = url.startswith("https")
    host = url.split("//")[1].split(":")[0]
    browser = Browser(headers={"host": host})
    browser.get("/account/login/", secure=secure)
    browser.force_login(studio.ada, backend=BACKEND)
    answer = browser.post("/settings/you/", {"name": "Ada Lark", "theme": ""}, secure=secure)
    assert answer.status_code == 303
    for name in ("csrftoken", "sessionid"):
        cookie = browser.cookies[name]
        assert (cookie["httponly"], cookie["samesite"], bool(cookie["secure"])) == (True, "Lax", secure)
    assert answer.get("Strict-Transport-Security", "") == ("max-age=31536000" if secure else "")
    unencrypted = browser.get("/account/login/")
    assert (unencrypted.status_code == 301) is secure


def test_only_the_door_lets_strangers_look() -> None:
    public = [address.name for address in TABLE if not address.get.split()[-1].startswith("302")]
    assert set(public) <= {address.name for address in DOOR}
