"""A letter that did not arrive stands on Today, for the one who wrote it and as long as they have not seen it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from kept.ledgers.conversations.models import Message
from kept.ledgers.letters.models import Bounce, Form, Letter
from kept.ledgers.team.models import Member
from tests.acting import wrote
from tests.doors.desk.visiting import HOSTILE, main, signed_in
from tests.studio import NOW, Studio, london

HEAD = "Your letters that did not arrive"


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)


@pytest.fixture
def asked(studio: Studio) -> Message:
    return wrote(studio.borealis, by=studio.cleo, at=london(20, "08:10"), subject="The launch", text="Is it moved?")


def written(asked: Message, by: Member, **became: Any) -> Letter:
    """An answer that was sent off two minutes ago."""
    then = NOW - timedelta(minutes=2)
    return Letter.objects.create(
        by=by, client=asked.conversation.client, conversation=asked.conversation, form=Form.REPLY, answers=asked,
        to=[["Cleo Varn", "cleo@borealis.example"]], words="Yes.", made_at=then, changed_at=then, sent_off_at=then,
        go_at=then, mail_id=f"{by.pk}@larkfield.example", **became,
    )  # fmt: skip


def test_a_letter_that_was_refused_stands_there_with_the_servers_words(
    client: Browser, bo: Member, asked: Message
) -> None:
    letter = written(asked, bo, refused_at=NOW, trouble=HOSTILE)
    shown = main(signed_in(client, bo), "/")
    assert HEAD in shown
    assert "did not go" in shown
    assert HOSTILE not in shown
    assert f"/letters/{letter.pk}/" in shown


def test_a_letter_that_came_back_stands_there_until_its_author_has_seen_it(
    client: Browser, bo: Member, asked: Message
) -> None:
    letter = written(asked, bo, accepted_at=NOW)
    back = Bounce.objects.create(letter=letter, email="cleo@borealis.example", said="no such mailbox", at=NOW)
    browser = signed_in(client, bo)
    shown = main(browser, "/")
    assert "came back" in shown
    assert "no such mailbox" in shown
    browser.post(f"/letters/{letter.pk}/bounces/{back.pk}/")
    assert HEAD not in main(browser, "/")


def test_a_refused_letter_is_seen_by_its_author_from_today_and_told_again(
    client: Browser, bo: Member, kit: Member, asked: Message
) -> None:
    letter = written(asked, bo, refused_at=NOW, trouble="550 Gone")
    assert signed_in(Browser(), kit).post(f"/letters/{letter.pk}/refusal/").status_code == 404
    browser = signed_in(client, bo)
    for place in ("/", f"/inbox/{letter.conversation_id}/", "/letters/"):
        assert "Seen, I’ll deal with it" in main(browser, place)
    browser.post(f"/letters/{letter.pk}/refusal/")
    assert HEAD not in main(browser, "/")
    assert "Seen, I’ll deal with it" not in main(browser, "/letters/")
    browser.post(f"/letters/{letter.pk}/refusal/", {"undo": "1"})
    assert HEAD in main(browser, "/")


def test_nobody_else_is_told_of_it_and_what_goes_well_is_not_named(
    client: Browser, bo: Member, ada: Member, asked: Message
) -> None:
    written(asked, bo, refused_at=NOW, trouble="550 Gone")
    written(asked, ada, accepted_at=NOW)
    assert HEAD not in main(signed_in(client, ada), "/")
