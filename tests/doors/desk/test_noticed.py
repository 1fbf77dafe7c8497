"""What was noticed, where one says yes or no to it: its own page, beneath each message, and the form of a promise."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from kept.flows.notice import notice
from kept.ledgers.conversations.models import Message, Request
from kept.ledgers.promises.models import Candidate, Promise
from tests.acting import wrote
from tests.doors.desk.visiting import HOSTILE, main, page, post, signed_in
from tests.studio import NOW, Studio, london

WILL = "I'll send you the revised deck by Friday."
ASKS = "Could you send us the new drafts by Friday?"


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)


@pytest.fixture
def bos(client: Browser, studio: Studio) -> Browser:
    return signed_in(client, studio.bo)


def said(studio: Studio, text: str = WILL, **more: Any) -> Candidate:
    message = wrote(studio.borealis, by=studio.bo, at=london(19, "15:00"), text=text, **more)
    notice([message.pk], at=NOW)
    return Candidate.objects.get(source_id=message.pk)


def asked(studio: Studio, text: str = ASKS) -> Request:
    message = wrote(studio.borealis, by=studio.cleo, at=london(19, "15:00"), text=text)
    notice([message.pk], at=NOW)
    return Request.objects.get(message=message)


def here(row: Candidate | Request) -> str:
    message = row.message if isinstance(row, Request) else Message.objects.get(pk=row.source_id)
    return f"/inbox/{message.conversation_id}/"


def test_the_page_says_how_many_wait_and_that_none_counts(bos: Browser, studio: Studio) -> None:
    assert "Nothing that was written sounds like a promise" in main(bos, "/promises/noticed/")
    said(studio)
    assert "One sentence of ours sounds like a promise. It counts when somebody says yes." in main(
        bos, "/promises/noticed/"
    )
    said(studio, "I'll call you tomorrow.")
    assert "Two sentences of ours sound like promises. None counts until" in main(bos, "/promises/noticed/")


def test_the_day_is_shown_in_full_before_it_counts(bos: Browser, studio: Studio) -> None:
    row = said(studio)
    assert "Read as due <b>Friday 23 October, 17:30</b>" in main(bos, "/promises/noticed/")
    assert "due Friday 23 October, 17:30" in main(bos, here(row))


def test_one_tap_beneath_the_message_counts_it_and_can_be_taken_back(bos: Browser, studio: Studio) -> None:
    row = said(studio)
    shown = main(bos, here(row))
    day, time = (re.findall(f'name="{name}" value="([^"]+)"', shown)[0] for name in ("day", "time"))
    post(bos, f"/noticed/{row.pk}/promise/", day=day, time=time)
    made = Promise.objects.get()
    assert (made.words, made.due, made.by, made.contact) == (WILL, london(23, "17:30"), studio.bo, None)
    assert made.made_at == row.said_at
    assert "Sounds like a promise" not in main(bos, here(row))
    bos.delete(f"/noticed/{row.pk}/promise/")
    assert not Promise.objects.exists()
    assert "Sounds like a promise" in main(bos, here(row))


def test_dismissed_it_is_gone_until_that_is_taken_back(bos: Browser, studio: Studio) -> None:
    row = said(studio)
    post(bos, f"/noticed/{row.pk}/dismissal/")
    post(bos, f"/noticed/{row.pk}/dismissal/")
    assert 'class="offer"' not in main(bos, "/promises/noticed/")
    notice([row.source_id], at=NOW)
    assert Candidate.objects.waiting().count() == 0
    bos.delete(f"/noticed/{row.pk}/dismissal/")
    assert Candidate.objects.waiting().get() == row


def test_a_day_that_was_not_named_or_can_be_read_in_two_ways_is_said_so(bos: Browser, studio: Studio) -> None:
    row = said(studio, "I'll send you the revised deck.")
    assert "No day was named; this one is a guess" in main(bos, here(row))
    Candidate.objects.update(due=None)
    shown = main(bos, here(row))
    assert "can be read in two ways" in shown
    assert "Say which day" in shown
    assert "Count it" not in shown


def test_a_day_that_has_passed_is_asked_for_anew(bos: Browser, studio: Studio) -> None:
    row = said(studio)
    Candidate.objects.update(due=NOW - timedelta(hours=1))
    shown = main(bos, here(row))
    assert "That day has passed" in shown
    assert "Count it" not in shown


def test_a_wrong_day_comes_back_in_place(bos: Browser, studio: Studio) -> None:
    row = said(studio)
    answer = post(bos, f"/noticed/{row.pk}/promise/", day="2026-10-01", time="10:00")
    assert answer.status_code == 422
    assert "has passed. Choose a moment" in answer.content.decode()
    assert not Promise.objects.exists()


def test_who_did_not_write_it_can_still_say_another_day(client: Browser, studio: Studio) -> None:
    row = said(studio)
    kits = signed_in(client, studio.kit)
    assert WILL.replace("'", "&#x27;") not in main(kits, "/promises/noticed/")
    assert WILL.replace("'", "&#x27;") in main(kits, f"/promises/noticed/{row.pk}/")
    answer = post(kits, f"/noticed/{row.pk}/promise/", day="2026-10-01")
    assert "has passed. Choose a moment" in answer.content.decode()


def test_what_they_ask_stands_beneath_their_message_with_its_day(bos: Browser, studio: Studio) -> None:
    row = asked(studio)
    shown = main(bos, here(row))
    assert "Asks by Friday:</span> <q>Could you send us the new drafts by Friday?</q>" in shown


def test_promise_it_leads_to_the_form_filled_in(bos: Browser, studio: Studio) -> None:
    row = asked(studio)
    (way,) = re.findall(r'href="([^"]+)">Promise it', main(bos, here(row)))
    form = main(bos, way)
    assert "They asked: “Could you send us the new drafts by Friday?”" in form
    assert "I’ll send you the new drafts by Friday.</textarea>" in form
    assert 'value="2026-10-23"' in form
    assert f'name="message" value="{row.message_id}"' in form
    typed = {
        "client": studio.borealis.pk, "words": "I’ll send you the new drafts by Friday.", "day": "2026-10-23",
        "time": "17:30", "by": studio.bo.pk, "size": "normal", "contact": studio.cleo.pk, "message": row.message_id,
        "next": here(row),
    }  # fmt: skip
    assert post(bos, "/promises/", **typed)["Location"] == here(row)
    assert Promise.objects.get().source_id == row.message_id


def test_a_request_of_somebody_elses_prefills_nothing(client: Browser, studio: Studio) -> None:
    message = wrote(studio.cassini, by=studio.cora, text="Could you send us the secret plan?")
    notice([message.pk], at=NOW)
    hidden = Request.objects.get()
    adas = signed_in(client, studio.ada)
    assert "secret plan" in main(adas, f"/clients/{studio.cassini.pk}/promise/?of={hidden.pk}")
    assert "secret plan" not in main(adas, f"/clients/{studio.borealis.pk}/promise/?of={hidden.pk}")
    kits = signed_in(client, studio.kit)
    assert "secret plan" not in main(kits, f"/clients/{studio.borealis.pk}/promise/?of={hidden.pk}")


def test_no_request_is_remembered_and_taken_back(bos: Browser, studio: Studio) -> None:
    row = asked(studio)
    post(bos, f"/requests/{row.pk}/dismissal/")
    assert "<q>" not in main(bos, here(row))
    bos.delete(f"/requests/{row.pk}/dismissal/")
    assert "<q>Could you send us" in main(bos, here(row))


def test_hostile_sentences_are_shown_as_words(bos: Browser, studio: Studio) -> None:
    ours, theirs = said(studio, f"I'll send {HOSTILE} by Friday."), asked(studio, f"Could you send {HOSTILE} today?")
    for address in (
        "/promises/noticed/",
        here(ours),
        here(theirs),
        f"/clients/{studio.borealis.pk}/promise/?of={theirs.pk}",
    ):
        shown = page(bos, address)
        assert HOSTILE not in shown
        assert "&lt;script&gt;" in shown


@pytest.mark.parametrize("many", [1, 12])
def test_it_costs_the_conversation_two_queries_however_much_was_noticed(
    bos: Browser, studio: Studio, many: int, django_assert_max_num_queries: Any
) -> None:
    first = wrote(studio.borealis, by=studio.cleo, at=london(12), text=ASKS)
    for number in range(many):
        who = {"conversation": first.conversation, "at": london(13) + timedelta(minutes=number)}
        wrote(studio.borealis, by=studio.bo, text=f"I'll send you page {number} by Friday.", **who)  # type: ignore[arg-type]
        wrote(studio.borealis, by=studio.cleo, text=f"Could you send page {number}?", **who)  # type: ignore[arg-type]
    notice(Message.objects.values_list("pk", flat=True), at=NOW)
    with django_assert_max_num_queries(20):
        bos.get(f"/inbox/{first.conversation_id}/")


@pytest.mark.parametrize("many", [1, 30])
def test_the_page_asks_the_same_however_many_wait(
    bos: Browser, studio: Studio, many: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(many):
        said(studio, f"I'll send you page {number} by Friday.")
    with django_assert_max_num_queries(12):
        bos.get("/promises/noticed/")
