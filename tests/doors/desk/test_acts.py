"""What every act shares: one goes back where one was, never elsewhere, and is told once what was done."""

from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client as Browser
from django.test import RequestFactory

from kept.doors.desk.acts import done, failed, only, take_undo, undoing
from kept.ledgers.promises.models import Promise
from kept.ledgers.team.models import Member
from tests.acting import promised
from tests.doors.desk.visiting import HOSTILE, main, page, post, signed_in
from tests.studio import NOW, Studio, london


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)


def asked(method: str = "post", *, referer: str = "", secure: bool = False, **words: str) -> HttpRequest:
    """A request as it comes from a form."""
    headers = {"referer": referer} if referer else {}
    request: HttpRequest = getattr(RequestFactory(), method)("/x/", words, headers=headers, secure=secure)
    request.session = SessionStore()  # type: ignore[assignment]
    return request


@pytest.mark.parametrize(
    ("next_page", "referer", "goes_to"),
    [
        ("/promises/?by=2", "http://testserver/inbox/", "/promises/?by=2"),
        ("", "http://testserver/inbox/?page=2", "http://testserver/inbox/?page=2"),
        ("", "", "/"),
    ],
)
def test_one_goes_back_where_one_was(next_page: str, referer: str, goes_to: str) -> None:
    answer = done(asked(referer=referer, next=next_page), "Kept.")
    assert (answer.status_code, answer["Location"]) == (303, goes_to)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "http:evil.example",
        "http:///evil.example",
        "https://testserver@evil.example/",
        "https://testserver.evil.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "\thttps://evil.example",
        "\x00//evil.example",
        "/" + "x" * 5000,
    ],
)
def test_never_elsewhere_whatever_is_asked_for(elsewhere: str) -> None:
    assert done(asked(next=elsewhere), "Kept.")["Location"] == "/"
    assert failed(asked(next=elsewhere), "It is gone.")["Location"] == "/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "http://testserver:81/"])
def test_nor_where_another_site_came_from(elsewhere: str) -> None:
    assert done(asked(referer=elsewhere), "Kept.")["Location"] == "/"


def test_nothing_in_an_address_becomes_a_header() -> None:
    answer = done(asked(next="/inbox/\r\nSet-Cookie: a=b"), "Kept.")
    assert "Set-Cookie" not in answer
    assert "\n" not in answer["Location"]


def test_over_a_safe_line_one_stays_on_it() -> None:
    unsafe = asked(referer="http://testserver/inbox/", secure=True)
    assert done(unsafe, "Kept.")["Location"] == "/"


def test_what_was_done_is_told_once() -> None:
    request = asked()
    done(request, "Kept just now:", undo="/promises/7/keeping/", words="“The drafts”")
    line = {"said": "Kept just now:", "url": "/promises/7/keeping/", "words": "“The drafts”", "seconds": 10}
    assert take_undo(request) == line
    assert take_undo(request) is None


def test_what_failed_is_told_without_a_way_back() -> None:
    request = asked()
    failed(request, ValueError("Choose a day that is still to come."))
    assert take_undo(request) == {"said": "Choose a day that is still to come.", "s": "late", "seconds": 0}


def test_only_the_last_act_is_told() -> None:
    request = asked()
    done(request, "The first.")
    done(request, "The second.")
    assert (take_undo(request) or {})["said"] == "The second."


@pytest.mark.parametrize(
    ("method", "words", "takes_back"),
    [
        ("delete", {}, True),
        ("post", {"undo": "1"}, True),
        ("post", {}, False),
        ("get", {"undo": "1"}, False),
        ("put", {"undo": "1"}, False),
    ],
)
def test_taking_back_is_asked_for_by_delete_or_by_a_form(
    method: str, words: dict[str, str], takes_back: bool
) -> None:  # fmt: skip
    assert undoing(asked(method, **words)) is takes_back


def test_some_pages_are_for_some_only(studio: Studio) -> None:
    @only(lambda member: member.may_see_money)
    def secret(request: HttpRequest, number: int) -> HttpResponse:
        """A page."""
        return HttpResponse(str(number))

    def read_by(member: Member) -> HttpResponse:
        request = asked("get")
        request.user = member
        return secret(request, number=7)

    assert [read_by(member).content for member in (studio.ada, studio.bo, studio.fin)] == [b"7"] * 3
    with pytest.raises(PermissionDenied):
        read_by(studio.kit)
    assert (secret.__name__, secret.__doc__) == ("secret", "A page.")


def a_promise(studio: Studio, words: str = "The drafts") -> Promise:
    return promised(studio.borealis, by=studio.bo, due=london(23), words=words, at=london(19))


def test_the_line_offers_the_way_back_and_is_shown_once(client: Browser, studio: Studio) -> None:
    row = a_promise(studio)
    signed_in(client, studio.bo)
    post(client, f"/promises/{row.pk}/keeping/")
    first = main(client, "/")
    assert "Kept just now:" in first
    assert "“The drafts”" in first
    assert f'action="/promises/{row.pk}/keeping/?of=' in first
    assert 'name="undo" value="1"' in first
    assert 'data-seconds="10"' in first
    assert "Kept just now:" not in main(client, "/")


def test_a_page_that_does_not_show_the_line_does_not_use_it_up(client: Browser, studio: Studio) -> None:
    row = a_promise(studio)
    signed_in(client, studio.bo)
    post(client, f"/promises/{row.pk}/keeping/")
    assert client.get("/nowhere/").status_code == 404
    client.get("/promises/?as=csv")
    assert "Kept just now:" in main(client, "/")


def test_the_line_is_ones_own(client: Browser, studio: Studio) -> None:
    row = a_promise(studio)
    post(signed_in(client, studio.bo), f"/promises/{row.pk}/keeping/")
    assert "Kept just now:" not in page(signed_in(Browser(), studio.ada), "/")


def test_hostile_words_in_the_line_stay_words(client: Browser, studio: Studio) -> None:
    row = a_promise(studio, words=HOSTILE)
    signed_in(client, studio.bo)
    post(client, f"/promises/{row.pk}/keeping/")
    text = page(client, "/")
    assert HOSTILE not in text
    assert "“&lt;script&gt;" in text


def test_a_form_of_another_site_does_nothing(studio: Studio) -> None:
    row = a_promise(studio)
    careful = signed_in(Browser(enforce_csrf_checks=True), studio.bo)
    answer: Any = post(careful, f"/promises/{row.pk}/keeping/")
    assert answer.status_code == 403
    row.refresh_from_db()
    assert row.ended_at is None
