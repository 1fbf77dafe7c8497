"""Who else is in a conversation: told by the browsers that show it, believed for seconds, hidden from strangers."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from kept.ledgers.conversations.looking import BELIEVED
from kept.ledgers.conversations.models import Message
from kept.ledgers.conversations.presence import Looking
from kept.ledgers.journal.models import Line
from kept.ledgers.team.models import Member
from tests.acting import wrote
from tests.doors.desk.visiting import signed_in
from tests.studio import NOW, Studio, london


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The moment it is, which a test can move on."""
    moment = {"at": NOW}
    monkeypatch.setattr("kept.kit.clock.now", lambda: moment["at"])
    return moment


@pytest.fixture
def asked(studio: Studio) -> Message:
    return wrote(studio.borealis, by=studio.cleo, at=london(20, "08:10"))


def look(member: Member, message: Message, **words: str) -> str:
    answer = signed_in(Browser(), member).post(f"/inbox/{message.conversation_id}/presence/", words)
    assert answer.status_code == 200
    return answer.content.decode()


def test_one_alone_is_told_of_nobody(bo: Member, asked: Message) -> None:
    assert look(bo, asked) == ""
    assert look(bo, asked) == ""


def test_others_are_named_with_what_they_do(ada: Member, bo: Member, fin: Member, asked: Message) -> None:
    look(bo, asked, typing="1")
    look(fin, asked)
    assert look(ada, asked) == "Bo is writing an answer. Fin is reading this."
    assert look(bo, asked) == "Fin and Ada are reading this."


def test_who_gave_no_sign_for_half_a_minute_is_gone(ada: Member, bo: Member, asked: Message, now: Any) -> None:
    look(bo, asked, typing="1")
    now["at"] = NOW + BELIEVED - timedelta(seconds=1)
    look(bo, asked)
    assert look(ada, asked) == "Bo is writing an answer."
    now["at"] += timedelta(seconds=2)
    assert look(ada, asked) == "Bo is reading this."
    now["at"] += BELIEVED
    assert look(ada, asked) == ""


def test_who_leaves_is_gone_at_once(ada: Member, bo: Member, asked: Message) -> None:
    look(bo, asked)
    signed_in(Browser(), bo).post(f"/inbox/{asked.conversation_id}/presence/", {"undo": "1"})
    assert look(ada, asked) == ""


def test_behind_a_wall_nobody_looks_and_nothing_is_told(kit: Member, ada: Member, studio: Studio) -> None:
    hidden = wrote(studio.cassini, by=studio.cora)
    look(ada, hidden)
    assert signed_in(Browser(), kit).post(f"/inbox/{hidden.conversation_id}/presence/").status_code == 404
    assert Looking.objects.filter(member=kit).count() == 0


def test_it_is_cheap_and_writes_no_journal(bo: Member, asked: Message, django_assert_num_queries: Any) -> None:
    bos, before = signed_in(Browser(), bo), Line.objects.count()
    with django_assert_num_queries(5):  # who asks: two; the conversation, the sign of life, the others
        bos.post(f"/inbox/{asked.conversation_id}/presence/")
    assert Line.objects.count() == before
