"""Writing down a meeting: typed on the client's page, shown where it was said, and taken back."""

from typing import Any

import pytest
from django.test import Client as Browser

from kept.ledgers.conversations.models import Conversation, Message
from kept.ledgers.promises import candidates
from kept.ledgers.promises.models import Candidate
from tests.doors.desk.visiting import HOSTILE, main, page, post, signed_in
from tests.studio import NOW, Studio, london

WORDS = "We looked at the site. Kit will send the map by Thursday. I'll draft the note for Cleo."


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)


@pytest.fixture
def bos(client: Browser, studio: Studio) -> Browser:
    return signed_in(client, studio.bo)


def here(studio: Studio) -> str:
    return f"/clients/{studio.borealis.pk}/notes/"


def noted(browser: Browser, studio: Studio, **typed: Any) -> Any:
    facts = {"day": "2026-10-19", "time": "15:00", "theirs": [studio.cleo.pk], "ours": [studio.kit.pk], "words": WORDS}
    return post(browser, here(studio), **facts | typed)


def test_the_clients_page_leads_to_it(bos: Browser, studio: Studio) -> None:
    assert here(studio) in main(bos, f"/clients/{studio.borealis.pk}/")
    form = main(bos, here(studio))
    assert "What was said when you met Borealis?" in form
    assert "Cleo North" in form
    assert "Kit Marsh" in form
    assert 'value="2026-10-20"' in form


def test_it_is_kept_and_led_to_with_what_sounds_like_a_promise(bos: Browser, studio: Studio) -> None:
    answer = noted(bos, studio)
    row = Message.objects.get()
    assert answer.status_code == 303
    assert answer["Location"] == f"/inbox/{row.conversation_id}/"
    shown = page(bos, answer["Location"])
    assert "Written down. Two sentences in it sound like promises." in shown
    assert "We looked at the site." in shown
    assert row.at == london(19, "15:00")
    assert [name for name, _ in row.to] == ["Cleo North", "Kit Marsh"]


def test_it_stands_in_their_story(bos: Browser, studio: Studio) -> None:
    noted(bos, studio)
    assert "<b>Bo</b> met them: <a" in main(bos, f"/clients/{studio.borealis.pk}/")


def test_taken_back_it_is_gone(bos: Browser, studio: Studio) -> None:
    noted(bos, studio)
    row = Message.objects.get()
    answer = bos.delete(f"{here(studio)}{row.pk}/")
    assert answer["Location"] == f"/clients/{studio.borealis.pk}/"
    assert not Conversation.objects.exists()
    assert not Candidate.objects.exists()
    assert "taken back already" in page(bos, bos.delete(f"{here(studio)}{row.pk}/")["Location"])


def test_on_its_page_nobody_is_waited_for_and_it_can_be_taken_back(bos: Browser, studio: Studio) -> None:
    shown = main(bos, noted(bos, studio)["Location"])
    assert "Take the note back" in shown
    assert "If nobody answers" not in shown
    assert "Take the whole mail" not in shown


def test_while_a_promise_hangs_on_it_it_stays_and_says_why(bos: Browser, studio: Studio) -> None:
    noted(bos, studio)
    row = Message.objects.get()
    candidates.accept(Candidate.objects.earliest("pk"), due=london(22), by=studio.bo, at=NOW)
    bos.delete(f"{here(studio)}{row.pk}/", headers={"referer": f"http://testserver/inbox/{row.conversation_id}/"})
    assert "Take that out first" in page(bos, f"/inbox/{row.conversation_id}/")


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"words": " "}, "Write what was said."),
        ({"day": ""}, "Say on which day."),
        ({"day": "2026-10-21"}, "today or before"),
        ({"day": "0001-01-01"}, "today or before"),
        ({"day": "2026-10-20", "time": "11:00"}, "still to come"),
        ({"theirs": ["999999"]}, "Choose people of theirs"),
    ],
)
def test_faults_are_said_in_place_and_the_words_stay(
    bos: Browser, studio: Studio, typed: dict[str, Any], why: str
) -> None:
    answer = noted(bos, studio, **typed)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert typed.get("words", "Kit will send the map") in answer.content.decode()
    assert not Message.objects.exists()


def test_sent_twice_it_is_one(bos: Browser, studio: Studio) -> None:
    assert noted(bos, studio)["Location"] == noted(bos, studio)["Location"]
    assert Message.objects.count() == 1


def test_hostile_words_are_shown_as_words(bos: Browser, studio: Studio) -> None:
    answer = noted(bos, studio, words=f"I'll send {HOSTILE} by Friday.")
    shown = page(bos, answer["Location"])
    assert HOSTILE not in shown
    assert "&lt;script&gt;" in shown


def test_behind_a_wall_there_is_no_such_client(client: Browser, studio: Studio) -> None:
    kits = signed_in(client, studio.kit)
    assert post(kits, f"/clients/{studio.cassini.pk}/notes/", words="We met.").status_code == 404
    assert not Message.objects.exists()


def test_whom_a_wall_keeps_out_was_not_there(client: Browser, studio: Studio) -> None:
    form = main(signed_in(client, studio.ada), f"/clients/{studio.cassini.pk}/notes/")
    assert "Kit Marsh" not in form
    assert "Bo Field" in form
