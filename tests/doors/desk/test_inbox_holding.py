"""Clocks held from the desk: they stand, run on, were noticed wrongly; letters come back; each undone."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from kept.ledgers.conversations import pausing, settling
from kept.ledgers.conversations.models import Conversation, FollowUp, Message, Pause
from kept.readings import rhythm
from tests.acting import thanked, wrote
from tests.doors.desk.visiting import HOSTILE, main, post, signed_in
from tests.studio import NOW, Studio, london


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)
    rhythm.forget()


@pytest.fixture
def bos(client: Browser, studio: Studio) -> Browser:
    return signed_in(client, studio.bo)


@pytest.fixture
def asked(studio: Studio) -> Conversation:
    return wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00"), subject="The logo").conversation


def here(talk: Conversation, more: str = "") -> str:
    return f"/inbox/{talk.pk}/{more}"


def undo(browser: Browser) -> Any:
    return browser.delete(browser.session["kept.undo"]["url"])


def said(browser: Browser) -> str:
    words: str = browser.session["kept.undo"]["said"]
    return words


def test_we_wait_for_them_and_everybody_reads_why(bos: Browser, studio: Studio, asked: Conversation) -> None:
    post(bos, here(asked, "pause/"), reason="We wait for their logo")
    assert said(bos) == "We wait for their logo, says Bo."
    for address in ("/inbox/", here(asked)):
        assert "e wait for their logo, says Bo" in main(bos, address)
    inbox = main(bos, "/inbox/")
    assert "Waiting for them" in inbox
    assert "past our pledge" not in inbox
    assert "Nobody is waiting for you" in main(bos, "/")
    post(bos, here(asked, "pause/"), reason="their logo, in colour")
    undo(bos)
    assert not Pause.objects.exists()


def test_without_a_reason_nothing_stands(bos: Browser, asked: Conversation) -> None:
    post(bos, here(asked, "pause/"), reason=" ")
    assert "Say in a few words what we wait for" in said(bos)
    assert not Pause.objects.exists()


def test_the_clock_runs_on_and_stands_again(bos: Browser, studio: Studio, asked: Conversation) -> None:
    row = pausing.pause(asked, reason=HOSTILE, by=studio.bo, at=london(20, "09:10"))
    text = main(bos, here(asked))
    assert HOSTILE not in text
    assert "Let the clock run" in text
    end = here(asked, f"pause/{row.pk}/end/")
    post(bos, end)
    post(bos, end)
    row.refresh_from_db()
    assert row.ended_at == NOW
    undo(bos)
    row.refresh_from_db()
    assert row.ended_at is None


def test_it_does_need_a_reply(bos: Browser, studio: Studio, asked: Conversation) -> None:
    wrote(studio.borealis, by=studio.bo, at=london(20, "09:10"), conversation=asked)
    thanks = thanked(asked, by=studio.cleo, at=london(20, "09:20"))
    text = main(bos, here(asked))
    assert "it only says thanks, so no clock runs for it." in text
    assert "needs no reply, it seems" in main(bos, "/inbox/")
    post(bos, here(asked, "contradiction/"), message=thanks.pk, about="closing")
    assert said(bos) == "It needs a reply; its clock runs."
    assert "Bo says that Cleo’s message of today, 09:20 needs a reply." in main(bos, here(asked))
    assert settling.untrue() == []
    row = thanks.contradictions.get()
    bos.delete(here(asked, f"contradiction/{row.pk}/"))
    bos.delete(here(asked, f"contradiction/{row.pk}/"))
    assert Message.objects.get(pk=thanks.pk).closing


def test_a_person_wrote_it(bos: Browser, studio: Studio) -> None:
    message = wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00"), automatic="away")
    text = main(bos, here(message.conversation))
    assert "was taken for a machine’s." in text
    post(bos, here(message.conversation, "contradiction/"), message=message.pk, about="automatic")
    assert "4 h" in main(bos, "/inbox/") or "left" in main(bos, "/inbox/")
    assert Conversation.objects.waiting_at(NOW).count() == 1


@pytest.mark.parametrize("about", ["weather", ""])
def test_only_what_kept_notices_can_be_contradicted(bos: Browser, asked: Conversation, about: str) -> None:
    message = asked.messages.get().pk
    assert post(bos, here(asked, "contradiction/"), message=message, about=about).status_code == 404
    post(bos, here(asked, "contradiction/"), message=message, about="closing")
    assert "Nothing of the kind was noticed" in said(bos)


def test_what_came_by_our_page_says_that_nothing_is_proven(bos: Browser, studio: Studio, asked: Conversation) -> None:
    Message.objects.update(channel="form", contact=None)
    assert "The address cleo@borealis.example is as it was typed; nothing proves that it is theirs." in main(
        bos, here(asked)
    )
    assert "Borealis, from our form" in main(bos, "/inbox/")


# ------------------------------------------------------------ nobody answered


@pytest.fixture
def ours(studio: Studio) -> Message:
    message = wrote(studio.borealis, by=studio.bo, at=london(6, "09:00"), text="Could you send the logo?", asks=True)
    Message.objects.update(to=[["Cleo North", "cleo@borealis.example"]])
    return message


def test_what_nobody_answered_stands_on_today_and_in_the_inbox(bos: Browser, studio: Studio, ours: Message) -> None:
    today = main(bos, "/")
    assert "Cleo has not answered your mail of Tue 6 Oct." in today
    assert "Write again" in today
    inbox = main(bos, "/inbox/")
    assert "Nobody answered" in inbox
    assert "no answer since Tue 6 Oct" in inbox
    assert "It needs no answer" in inbox
    assert "Nobody answered" not in main(signed_in(Browser(), studio.kit), "/")


def test_it_comes_back_on_another_day(bos: Browser, ours: Message) -> None:
    talk = ours.conversation
    post(bos, here(talk, "follow-up/"), message=ours.pk, day="2026-10-24")
    # a Saturday: it comes back as we open on Monday
    assert said(bos) == "Back Mon 26 Oct, 09:00, if nobody has answered."
    assert "Nobody answered" not in main(bos, "/inbox/")
    assert "Our last letter comes back Mon 26 Oct, 09:00, if nobody answers." in main(bos, here(talk))
    row = FollowUp.objects.get()
    bos.delete(here(talk, f"follow-up/{row.pk}/"))
    assert "Nobody answered" in main(bos, "/inbox/")


def test_it_needs_no_answer(bos: Browser, ours: Message) -> None:
    post(bos, here(ours.conversation, f"follow-up/?message={ours.pk}&never=1"))
    assert "Nobody answered" not in main(bos, "/")
    assert "Bo says that our last letter needs no answer." in main(bos, here(ours.conversation))


@pytest.mark.parametrize("day", ["", "soon", "2026-10-19", "2999-01-01", "0001-01-01"])
def test_a_day_that_cannot_be_is_refused_in_words(bos: Browser, ours: Message, day: str) -> None:
    post(bos, here(ours.conversation, "follow-up/"), message=ours.pk, day=day)
    assert "hoose" in said(bos)
    assert not FollowUp.objects.exists()


@pytest.mark.parametrize("many", [1, 30])
def test_the_inbox_asks_twenty_times_at_most_with_everything_in_it(
    bos: Browser, studio: Studio, many: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(many):
        at = london(20, "08:00") + timedelta(minutes=number)
        wrote(studio.cassini, by=studio.cora, at=at)
        pausing.pause(wrote(studio.borealis, by=studio.cleo, at=at).conversation, reason="x", by=studio.bo, at=NOW)
        letter = wrote(studio.borealis, by=studio.bo, at=london(5) + timedelta(minutes=number), asks=True)
        Message.objects.filter(pk=letter.pk).update(to=[["Cleo", "cleo@borealis.example"]])
        thanked(letter.conversation, by=studio.cleo, at=at) if number % 2 else None
    with django_assert_max_num_queries(20):
        bos.get("/inbox/")
    bos.get("/")  # what a process keeps until the journal moves is warm from here on
    with django_assert_max_num_queries(20):
        bos.get("/")
