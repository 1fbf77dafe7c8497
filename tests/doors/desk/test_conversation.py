"""One conversation: read safely, handed on, set aside, given to a client, promised in; and each of these undone."""

import zlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Client
from kept.ledgers.conversations.care import Aside
from kept.ledgers.conversations.models import Body, Conversation, Message, Original
from kept.ledgers.promises.models import Promise
from kept.ledgers.team.models import Member
from tests.acting import promised, wrote
from tests.studio import NOW, Studio, london

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
Acts = Callable[..., str]


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)


@pytest.fixture
def asked(studio: Studio) -> Message:
    """Cleo wrote this morning."""
    return wrote(
        studio.borealis, by=studio.cleo, at=london(20, "08:10"), subject="The launch", text="Could we move it?"
    )


@pytest.fixture
def letter(studio: Studio) -> Message:
    """Zed, whom nobody knows, wrote."""
    return wrote(None, by=studio.zed, at=london(20, "09:10"), subject="Very small museums")


@pytest.fixture
def bos(client: Browser, bo: Member) -> Browser:
    client.force_login(bo, backend=BACKEND)
    return client


def here(message: Message, more: str = "") -> str:
    return f"/inbox/{message.conversation_id}/{more}"


def read(browser: Browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def act(browser: Browser, address: str, **words: Any) -> str:
    """Do it as a form without scripts would; answers the address of the way back."""
    answer = browser.post(address, words)
    assert answer.status_code == 303, answer.content.decode()
    line = browser.session["kept.undo"]
    assert line.get("s") != "late", line
    return str(line["url"])


def undo(browser: Browser, address: str) -> None:
    assert browser.post(address, {"undo": "1"}).status_code == 303


def waits(message: Message) -> bool:
    return Conversation.objects.unsettled().filter(pk=message.conversation_id).exists()


def test_it_shows_what_was_said_and_how_long_they_have_waited(bos: Browser, asked: Message) -> None:
    text = read(bos, here(asked))
    assert "Could we move it?" in text
    assert "3 h 20 left, by 13:00" in text
    assert "with Bo" in text
    assert 'title="Tuesday 20 October 2026, 08:10 BST"' in text


def test_older_messages_are_folded_and_what_waits_lies_open(bos: Browser, studio: Studio, asked: Message) -> None:
    talk = asked.conversation
    wrote(studio.borealis, by=studio.bo, at=london(20, "08:30"), conversation=talk, text="Let me see.")
    wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00"), conversation=talk, text="Thank you, and the price?")
    text = read(bos, here(asked))
    thread = text.partition('<ol class="mails">')[2].partition("</ol>")[0]
    assert thread.count('<summary class="hd">') == 2
    assert "<header><b>Cleo North</b>" in thread


def test_a_page_beyond_the_last_is_the_last(bos: Browser, asked: Message) -> None:
    assert bos.get(here(asked, f"?page={10**17}")).context["talk"].page == 1


def test_a_reply_opens_the_mail_program_and_nothing_of_the_subject_becomes_a_header(
    bos: Browser, studio: Studio
) -> None:
    asked = wrote(studio.borealis, by=studio.cleo, subject="Tea & cake\r\nBcc: all@borealis.example", at=NOW)
    text = read(bos, here(asked))
    assert 'href="mailto:cleo@borealis.example?subject=Re%3A%20Tea%20%26%20cake%20Bcc%3A%20all@borealis.example' in text
    assert "%0A" not in text
    assert f"in-reply-to=%3C{asked.message_id}%3E" in text


def test_a_draft_opens_the_mail_program_to_whom_it_is_written_now(bos: Browser, asked: Message) -> None:
    typed = {"to": "Nils <nils@borealis.example>", "words": "Yes.", "then": "keep"}
    bos.post(here(asked, "letters/"), {"form": "reply", "message": asked.pk, **typed})
    text = read(bos, here(asked))
    assert 'href="mailto:nils@borealis.example?' in text
    assert "mailto:cleo" not in text
    begun = bos.post("/letters/new/", {"to": "Ann <ann@borealis.example>", "subject": "The museum"})
    assert 'href="mailto:ann@borealis.example?subject=The%20museum"' in read(bos, begun["Location"])


def test_a_stranger_cannot_pass_for_one_of_us(bos: Browser, letter: Message) -> None:
    Message.objects.filter(pk=letter.pk).update(sender_name="Bo Field")
    text = read(bos, here(letter))
    assert "zed@stranger.example" in text
    assert "a stranger" in text


def test_html_mail_is_shown_as_sent_only_when_asked_and_only_cleaned(bos: Browser, asked: Message) -> None:
    raw = '<p onclick="x()">Bold <b>words</b><script>alert(1)</script><a href="javascript:x">go</a><img src="cid:logo">'
    Body.objects.filter(message=asked).update(html=raw)
    assert "<b>words</b>" not in read(bos, here(asked))
    shown = read(bos, here(asked, f"?sent={asked.pk}"))
    assert "<b>words</b>" in shown
    for hostile in ("onclick", "alert(1)", "javascript:", "cid:"):
        assert hostile not in shown


def test_hostile_words_stay_words(bos: Browser, studio: Studio) -> None:
    bad = "<img src=x onerror=alert(1)>"
    asked = wrote(None, by=studio.zed, subject=bad, text=f"{bad}\n\n> {bad}", at=NOW)
    Message.objects.filter(pk=asked.pk).update(
        sender_name=bad, attachments=[[bad, "text/plain", 12]], to=[[bad, "a@b.c"]]
    )
    text = read(bos, here(asked))
    assert bad not in text
    assert "&lt;img src=x onerror" in text


def test_a_machines_mail_is_marked_with_the_reason(bos: Browser, studio: Studio, asked: Message) -> None:
    away = wrote(studio.borealis, by=studio.cleo, at=NOW, conversation=asked.conversation, automatic="out-of-office")
    Message.objects.filter(pk=away.pk).update(automatic_why="It says that someone is away.")
    assert "It says that someone is away." in read(bos, here(asked))


def test_handing_on_and_taking_it_back(bos: Browser, studio: Studio, asked: Message) -> None:
    back = act(bos, here(asked, "assignment/"), to=studio.kit.pk)
    assert "with Kit" in read(bos, here(asked))
    undo(bos, back)
    undo(bos, back)
    assert "with Bo" in read(bos, here(asked))


def test_nothing_is_handed_through_a_wall(client: Browser, studio: Studio) -> None:
    asked = wrote(studio.cassini, by=studio.cora, at=NOW)
    client.force_login(studio.ada, backend=BACKEND)
    assert "Kit Marsh" not in read(client, here(asked))
    answer = client.post(here(asked, "assignment/"), {"to": studio.kit.pk})
    assert answer.status_code == 422
    assert not asked.conversation.assignments.exists()


def test_answered_elsewhere_is_one_tap_and_can_be_taken_back(bos: Browser, asked: Message) -> None:
    back = act(bos, here(asked, "aside/"), kind="elsewhere", how="mail", message=asked.pk)
    assert not waits(asked)
    assert Aside.objects.get().reason == "Answered by mail"
    act(bos, here(asked, "aside/"), kind="elsewhere", how="mail", message=asked.pk)
    assert Aside.objects.count() == 1
    undo(bos, back)
    undo(bos, back)
    assert waits(asked)


def test_what_needs_no_reply_says_why(bos: Browser, asked: Message) -> None:
    answer = bos.post(here(asked, "aside/"), {"kind": "no_reply", "reason": "  "})
    assert answer.status_code == 422
    assert "Say in a few words why, so that the next reader knows." in answer.content.decode()
    assert waits(asked)
    act(bos, here(asked, "aside/"), kind="no_reply", reason="They only said thank you")
    assert not waits(asked)
    assert "Needs no reply: They only said thank you · Bo" in read(bos, here(asked))


def test_set_aside_until_a_day_comes_back_as_we_open(bos: Browser, asked: Message) -> None:
    act(bos, here(asked, "aside/"), kind="later", reason="The printer first", until="2026-10-24")
    assert Aside.objects.get().until == london(26, "09:00")  # the 24th is a Saturday
    assert "set aside, back Mon 26 Oct, 09:00" in read(bos, here(asked))


def test_a_day_gone_by_is_not_taken_and_the_words_stay(bos: Browser, asked: Message) -> None:
    bos.post(here(asked, "aside/"), {"kind": "later", "reason": "The printer first", "until": "2026-10-01"})
    assert "still to come" in bos.session["kept.undo"]["said"]
    for until in ("", "9999-12-31"):
        answer = bos.post(here(asked, "aside/"), {"kind": "later", "reason": "The printer first", "until": until})
        assert answer.status_code == 422
        assert 'value="The printer first"' in answer.content.decode()


def test_a_message_that_came_while_one_read_stays_open(bos: Browser, studio: Studio, asked: Message) -> None:
    wrote(studio.borealis, by=studio.cleo, at=NOW, conversation=asked.conversation, text="One more thing")
    act(bos, here(asked, "aside/"), kind="elsewhere", how="call", message=asked.pk)
    assert waits(asked)


def test_telling_them_we_have_it_stops_no_clock(bos: Browser, asked: Message) -> None:
    back = act(bos, here(asked, "acknowledgement/"), message=asked.pk)
    assert waits(asked)
    assert "Bo told them we have it" in read(bos, here(asked))
    undo(bos, back)
    undo(bos, back)
    assert "told them we have it" not in read(bos, here(asked))


def test_a_strangers_conversation_is_given_to_a_client_and_back(bos: Browser, studio: Studio, letter: Message) -> None:
    assert "Cassini" in read(bos, here(letter))  # Bo may know of it
    back = act(bos, here(letter, "client/"), client=studio.borealis.pk, meet="1")
    letter.refresh_from_db()
    assert letter.conversation.client == studio.borealis
    assert letter.contact is not None
    assert letter.contact.client == studio.borealis
    undo(bos, back)
    undo(bos, back)
    letter.refresh_from_db()
    assert Conversation.objects.get(pk=letter.conversation_id).client is None
    assert letter.contact is None


def test_a_lead_may_welcome_a_new_client_by_name(bos: Browser, letter: Message) -> None:
    act(bos, here(letter, "client/"), name="Delos", meet="1")
    assert Conversation.objects.get(pk=letter.conversation_id).client == Client.objects.get(
        name="Delos", stage="prospect"
    )
    again = wrote(None, by="yet@another.example", at=NOW)
    bos.post(here(again, "client/"), {"name": "delos"})
    assert "There is a client called" in bos.session["kept.undo"]["said"]


def test_a_member_may_not_welcome_and_never_reads_of_walled_clients(
    client: Browser, studio: Studio, letter: Message
) -> None:
    client.force_login(studio.kit, backend=BACKEND)
    assert "Cassini" not in read(client, here(letter))
    assert client.post(here(letter, "client/"), {"name": "Delos"}).status_code == 403
    assert client.post(here(letter, "client/"), {"client": studio.cassini.pk}).status_code == 422
    assert not Client.objects.filter(name="Delos").exists()


def test_a_promise_made_here_names_its_source_and_can_be_withdrawn(
    bos: Browser, studio: Studio, asked: Message
) -> None:
    words = {"words": "A plan for the 9th", "day": "2026-10-23", "time": "12:00", "by": studio.bo.pk}
    back = act(bos, here(asked, "promise/"), **words)
    row = Promise.objects.get()
    assert (row.source_noun, row.source_id, row.contact) == ("conversations.Message", asked.pk, studio.cleo)
    assert row.due == london(23, "12:00")
    assert "“A plan for the 9th”" in read(bos, here(asked))
    undo(bos, back)
    undo(bos, back)
    assert not Promise.objects.exists()


def test_a_promise_without_words_or_day_keeps_what_was_typed(bos: Browser, studio: Studio, asked: Message) -> None:
    answer = bos.post(here(asked, "promise/"), {"words": "A plan", "day": "", "by": studio.bo.pk})
    assert answer.status_code == 422
    assert 'value="A plan"' in answer.content.decode()
    assert not Promise.objects.exists()


def test_a_promise_without_a_time_is_due_when_the_office_closes_and_never_in_the_past(
    bos: Browser, studio: Studio, asked: Message
) -> None:
    act(bos, here(asked, "promise/"), words="A plan", day="2026-10-23", by=studio.bo.pk)
    assert Promise.objects.get().due == london(23, "17:30")
    late = bos.post(here(asked, "promise/"), {"words": "A plan", "day": "2026-10-19", "by": studio.bo.pk})
    assert late.status_code == 422
    assert "has passed. Choose a moment that is still to come." in late.content.decode()
    assert Promise.objects.count() == 1


def test_a_promise_made_elsewhere_is_not_withdrawn_from_here(bos: Browser, studio: Studio, asked: Message) -> None:
    row = promised(studio.borealis, by=studio.bo, due=london(23))
    undo(bos, here(asked, f"promise/{row.pk}/"))
    assert Promise.objects.filter(pk=row.pk).exists()


def test_to_a_stranger_nothing_can_be_promised_yet(bos: Browser, letter: Message) -> None:
    bos.post(here(letter, "promise/"), {"words": "Yes"})
    assert "Say first whose conversation this is" in bos.session["kept.undo"]["said"]


def test_beside_it_stands_how_they_like_to_be_spoken_to_and_what_we_owe(
    bos: Browser, studio: Studio, asked: Message
) -> None:
    clients.agree(studio.cleo, on=NOW.date(), by=studio.bo, at=NOW, channel="By phone when it is about dates.")
    promised(studio.borealis, by=studio.kit, due=london(20, "15:00"), words="A first look", contact=studio.cleo)
    wrote(studio.borealis, by=studio.cleo, at=london(1), text="I’d just like to know.")
    text = read(bos, here(asked))
    assert "By phone when it is about dates." in text
    assert "“A first look”" in text
    assert "today, 15:00; Kit" in text
    assert "I’d just like to know." in text


def test_the_mail_as_it_came_can_only_be_taken_away(bos: Browser, asked: Message) -> None:
    Original.objects.create(message=asked, zipped=zlib.compress(b"From: cleo\r\n\r\n<script>x</script>"))
    answer = bos.get(here(asked, f"messages/{asked.pk}/original/"))
    assert answer.content.startswith(b"From: cleo")
    assert answer["Content-Disposition"] == f'attachment; filename="kept-{asked.pk}.eml"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


ACTS = [
    "",
    "assignment/",
    "aside/",
    "acknowledgement/",
    "client/",
    "promise/",
    "assignment/1/",
    "aside/1/",
    "promise/1/",
]


@pytest.mark.parametrize("more", [*ACTS, "messages/1/original/"])
def test_behind_a_wall_there_is_nothing(client: Browser, studio: Studio, more: str) -> None:
    walled = wrote(studio.cassini, by=studio.cora, at=NOW)
    client.force_login(studio.kit, backend=BACKEND)
    does = client.get if more in ("", "messages/1/original/") else client.post
    assert does(here(walled, more)).status_code == 404
    assert not Aside.objects.exists()


@pytest.mark.parametrize("more", ACTS)
def test_signed_out_one_is_sent_to_the_door(client: Browser, asked: Message, more: str) -> None:
    answer = client.get(here(asked)) if not more else client.post(here(asked, more))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")


@pytest.mark.parametrize("more", ACTS[1:])
def test_reading_changes_nothing(bos: Browser, asked: Message, more: str) -> None:
    assert bos.get(here(asked, more)).status_code == 405


@pytest.mark.parametrize("history", [1, 60])
def test_its_cost_does_not_grow_with_history(
    bos: Browser, studio: Studio, asked: Message, history: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(history):
        at = london(19) + timedelta(minutes=number)
        wrote(studio.borealis, by=studio.cleo, at=at, conversation=asked.conversation)
        promised(studio.borealis, by=studio.bo, due=london(23) + timedelta(hours=number))
        wrote(studio.borealis, by=studio.cleo, at=at)
    with django_assert_max_num_queries(20):
        text = read(bos, here(asked))
    assert ("The 11 before" in text) == (history == 60)
    if history == 60:
        assert "The newer ones" in read(bos, here(asked, "?page=2"))
