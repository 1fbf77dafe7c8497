"""Inlets as programs use them: a token, one kind of words, once; and why not, in a sentence."""

import json
from typing import Any

import pytest
from django.test import Client as Browser

from kept.ledgers.conversations import letting_in
from kept.ledgers.conversations.models import Channel, Conversation, Message
from tests.studio import NOW, Studio, london


@pytest.fixture
def token(studio: Studio) -> str:
    return letting_in.open_inlet(name="Our blog", channel=Channel.COMMENT, by=studio.ada, at=NOW)[1]


def send(client: Browser, token: str, to: str = "comment", **sent: Any) -> Any:
    body = sent.pop("body", None) or json.dumps(sent)
    return client.post(
        f"/in/{to}/", body, content_type="application/json", headers={"authorization": f"Bearer {token}"}
    )


def test_a_comment_comes_in_once(client: Browser, studio: Studio, token: str) -> None:
    said = {"id": 7, "name": "Theo", "words": "Where is the checklist?", "link": "https://blog.example/7"}
    first, second = (send(client, token, **said) for _ in range(2))
    assert (first.status_code, first.json()["new"]) == (201, True)
    assert (second.status_code, second.json()["told"]) == (200, "It had come before; nothing was changed.")
    message = Message.objects.get()
    assert (message.channel, message.sender_name, message.at) == ("comment", "Theo", NOW)
    assert message.body.visible == "Where is the checklist?\n\nAt https://blog.example/7"


def test_without_the_token_of_an_open_inlet_nothing_comes_in(client: Browser, studio: Studio, token: str) -> None:
    wrong = send(client, "wrong", id="1", words="x")
    assert (wrong.status_code, wrong["WWW-Authenticate"]) == (401, "Bearer")
    assert client.post("/in/comment/", "{}", content_type="application/json").status_code == 401
    row = letting_in.holder(token)
    assert row is not None
    assert row.hashed != token
    letting_in.close_inlet(row, by=studio.ada, at=NOW)
    assert send(client, token, id="1", words="x").status_code == 401
    letting_in.reopen_inlet(row, by=studio.ada, at=NOW)
    assert send(client, token, id="1", words="x").status_code == 201


@pytest.mark.parametrize("channel", ["call", "mail", "note", "nothing"])
def test_one_inlet_brings_one_kind_only(client: Browser, studio: Studio, token: str, channel: str) -> None:
    answer = send(client, token, to=channel, id="1", words="x")
    assert (answer.status_code, answer.json()["error"]) == (
        404,
        "This token brings in comment only, at /in/comment/.",
    )


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"words": "x"}, "Send an id"),
        ({"id": "1"}, "Somebody said nothing"),
        ({"id": "1", "words": ["x"]}, "Send “words” as text."),
        ({"id": True, "words": "x"}, "Send “id” as text."),
        ({"id": "1", "words": "x", "address": "theo at home"}, "“address” is not a mail address"),
        ({"id": "1", "words": "x", "link": "javascript:alert(1)"}, "“link” begins with https://"),
        ({"id": "1", "words": "x", "at": "yesterday"}, "“at” is a moment with its zone"),
        ({"id": "1", "words": "x", "at": "2026-10-20T09:40:00"}, "“at” is a moment with its zone"),
        ({"id": "1", "words": "x", "at": "2026-10-21T09:40:00Z"}, "“at” is still to come"),
        ({"id": "1", "words": "x" * 20_001}, "“words” is longer than 20,000 letters"),
        ({"body": "{"}, "That is not JSON"),
        ({"body": "[" * 30_000}, "That is not JSON"),
        ({"body": "[]"}, "Send one JSON object"),
        ({"body": b"\xff\xfe"}, "That is not JSON"),
    ],
)
def test_what_cannot_be_taken_is_said_in_a_sentence(
    client: Browser, studio: Studio, token: str, sent: dict[str, Any], why: str
) -> None:
    answer = send(client, token, **sent)
    assert answer.status_code == 422
    assert answer.json()["error"].startswith(why)
    assert not Conversation.objects.exists()


def test_too_much_is_not_read(client: Browser, studio: Studio, token: str) -> None:
    assert send(client, token, body='"' + "x" * 70_000 + '"').status_code == 413


def test_hostile_text_is_kept_as_plain_text(client: Browser, studio: Studio, token: str) -> None:
    body = '{"id": "1", "name": "A\\u0000\\u001b[31m\\nB", "words": "\\ud800 one\\ntwo\\u202e"}'
    assert send(client, token, body=body).status_code == 201
    message = Message.objects.get()
    assert (message.sender_name, message.body.visible) == ("A[31m B", "? one\ntwo")


def test_a_missed_call_says_when_somebody_rang(client: Browser, studio: Studio) -> None:
    _, token = letting_in.open_inlet(name="Phone", channel=Channel.CALL, by=studio.ada, at=NOW)
    answer = send(client, token, to="call", id="1", phone="+44 113 496 0001", at="2026-10-20T08:02:00+01:00")
    assert answer.status_code == 201
    message = Message.objects.get()
    assert (message.snippet, message.at) == ("Rang at 08:02 and left no word.", london(20, "08:02"))


def test_who_brings_too_much_or_tries_too_many_tokens_is_slowed_down(
    client: Browser, studio: Studio, token: str, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"inlet": "1/m/key", "inlet_refused": "1/m/ip"}
    assert [send(client, token, id=str(number), words="x").status_code for number in range(2)] == [201, 429]
    assert [send(client, "wrong", id="9", words="x").status_code for _ in range(2)] == [401, 429]


def test_no_other_way_leads_in(client: Browser, studio: Studio, token: str) -> None:
    assert client.get("/in/comment/").status_code == 405
    strict = Browser(enforce_csrf_checks=True)
    assert send(strict, token, id="1", words="x").status_code == 201
