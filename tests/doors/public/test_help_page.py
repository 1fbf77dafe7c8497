""" "How can I help you?" as a stranger finds it: quick, without an account, and with an answer promised."""

from typing import Any

import pytest
from django.test import Client as Browser

from kept.ledgers.conversations import handing_out
from kept.ledgers.conversations.models import Conversation, Message
from kept.ledgers.team import keeping_hours
from kept.ledgers.team import verbs as team
from kept.readings.calendars import offices
from kept.readings.waiting import waiting
from tests.studio import NOW, Studio, london

HOSTILE = "<script>alert('x')</script>"
NOOR = {"words": "Do you take on very small museums?", "name": "Noor Haddad", "address": "noor@museum.example"}


def page(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer
    text: str = answer.content.decode()
    return text


def test_the_page_asks_one_thing_and_says_when_a_person_answers(client: Browser, studio: Studio) -> None:
    text = page(client.get("/help/"))
    assert "How can I help you?" in text
    assert "A person reads it and answers you <b>by 13:40 today, Leeds time</b>." in text
    assert "<title>How can I help you? · Larkfield Studio</title>" in text
    assert "Kept" not in text
    assert "<script" not in text


def test_what_is_typed_waits_for_us_with_an_owner_and_the_thanks_say_until_when(
    client: Browser, studio: Studio
) -> None:
    handing_out.set_rota([studio.kit], by=studio.ada, at=NOW)
    answer = client.post("/help/", NOOR, follow=True)
    text = page(answer)
    assert "Thank you, Noor." in text
    assert "A person answers you <b>by 13:40 today, Leeds time</b>." in text
    assert answer.redirect_chain[0][1] == 303
    assert "noor@museum" not in answer.redirect_chain[0][0]
    (one,) = waiting(studio.ada, at=NOW, offices=offices())
    assert (one.who, one.member_id, one.wait.due) == ("Noor Haddad", studio.kit.pk, london(20, "13:40"))


def test_in_the_evening_the_answer_is_promised_for_tomorrow(
    client: Browser, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: london(20, "16:10"))
    assert "by tomorrow, 11:40 Leeds time" in page(client.get("/help/"))
    monkeypatch.setattr("kept.kit.clock.now", lambda: london(23, "16:30"))
    assert "by Mon 26 Oct, 12:00 Leeds time" in page(client.get("/help/"))


def test_without_an_open_hour_to_come_no_hour_is_promised(client: Browser, studio: Studio) -> None:
    keeping_hours.set_week(studio.office, {}, by=studio.ada, at=NOW)
    assert "A person" in page(client.get("/help/"))


def test_sending_it_twice_is_sending_it_once_and_other_words_are_said_anew(client: Browser, studio: Studio) -> None:
    for words in ("One", "One", "Another"):
        assert client.post("/help/", NOOR | {"once": "abc", "words": words}).status_code == 303
    assert sorted(Message.objects.values_list("snippet", flat=True)) == ["Another", "One"]


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"words": " "}, "Write a few words"),
        ({"name": ""}, "Write your name"),
        ({"address": "noor at museum"}, "write it like noor@museum.example"),
        ({"words": "x" * 5001}, "more than 5,000 letters"),
        ({"website": "https://spam.example"}, "A field that nobody sees was filled in"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(
    client: Browser, studio: Studio, typed: dict[str, str], fault: str
) -> None:
    text = page(client.post("/help/", NOOR | typed), 422)
    assert fault in text
    kept = {name: words for name, words in NOOR.items() if name not in typed}
    assert all(words in text for words in kept.values())
    assert not Conversation.objects.exists()


def test_hostile_words_stay_words(client: Browser, studio: Studio) -> None:
    bad = {"words": HOSTILE, "name": HOSTILE, "address": "no"}
    assert HOSTILE not in page(client.post("/help/", bad), 422)
    good = client.post("/help/", bad | {"address": "z@z.example"}, follow=True)
    assert HOSTILE not in page(good)
    assert page(client.get("/help/thanks/?said=forged"), 302) == ""


def test_after_so_many_from_one_place_the_next_keeps_its_words_and_waits(
    client: Browser, studio: Studio, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"help_from_here": "2/10m/ip"}
    for number in range(2):
        assert client.post("/help/", NOOR | {"words": f"{number}"}).status_code == 303
    text = page(client.post("/help/", NOOR | {"words": "The third"}), 429)
    assert "send it once more in ten minutes" in text
    assert "The third" in text
    assert Conversation.objects.count() == 2


def test_a_flood_from_everywhere_is_stopped_as_well(client: Browser, studio: Studio, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"help_everywhere": "1/h/key"}
    answers = [
        client.post("/help/", NOOR | {"words": f"{number}"}, REMOTE_ADDR=f"10.0.0.{number}") for number in range(2)
    ]
    assert [answer.status_code for answer in answers] == [303, 429]


def test_what_is_far_too_large_is_not_read(client: Browser, studio: Studio) -> None:
    assert "too much to take in" in page(client.post("/help/", NOOR | {"words": "x" * 200_000}), 413)


def test_an_old_form_or_one_from_elsewhere_is_refused(studio: Studio) -> None:
    strict = Browser(enforce_csrf_checks=True)
    assert strict.post("/help/", NOOR).status_code == 403
    assert not Conversation.objects.exists()
    text = page(strict.get("/help/"))
    token = text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    assert strict.post("/help/", NOOR | {"csrfmiddlewaretoken": token}).status_code == 303


def test_a_firm_may_close_its_page(client: Browser, studio: Studio) -> None:
    team.change_firm(studio.firm, by=studio.ada, at=NOW, has_help_page=False)
    assert {client.get(to).status_code for to in ("/help/", "/help/thanks/")} == {404}
    assert client.post("/help/", NOOR).status_code == 404
    assert not Conversation.objects.exists()


def test_the_page_tells_nobody_whose_address_is_known(client: Browser, studio: Studio) -> None:
    """Clients may have another pledge, and walls: the thanks are the same to the letter."""
    said = []
    for address in ("cleo@borealis.example", "cora@cassini.example", "ada@larkfield.example", "noor@museum.example"):
        said.append(page(client.post("/help/", NOOR | {"address": address}, follow=True)))
    assert len(set(said)) == 1


def test_reading_the_page_costs_the_same_whatever_the_history(
    client: Browser, studio: Studio, django_assert_max_num_queries: Any
) -> None:
    for number in range(4):
        client.post("/help/", NOOR | {"words": f"{number}"})
    with django_assert_max_num_queries(4):
        client.get("/help/")
