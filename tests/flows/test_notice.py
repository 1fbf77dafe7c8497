"""Noticing: what they ask and what we promise is found as mail comes, once, and dismissed for good."""

from datetime import timedelta
from typing import Any

import pytest

from kept.flows.introduce import introduce, take_back
from kept.flows.notice import notice, notice_again
from kept.flows.receive_mail import Terms
from kept.flows.undo_import import undo_import
from kept.ledgers.conversations import asked, contradicting
from kept.ledgers.conversations.models import Message, Request
from kept.ledgers.conversations.noticed import About
from kept.ledgers.journal.verbs import open_batch
from kept.ledgers.promises import candidates
from kept.ledgers.promises.models import Candidate, Promise
from tests.flows.post import letter, received
from tests.ledgers.telling import everything
from tests.studio import NOW, Studio, london

CLEO, BO, ZED = "Cleo North <cleo@borealis.example>", "Bo Field <bo@larkfield.example>", "zed@stranger.example"
WILL_SEND = "Hello Cleo,\n\nI'll send you the revised deck by Friday.\n\nBest,\nBo"


def from_bo(text: str = WILL_SEND, **more: Any) -> Any:
    return letter(BO, to=CLEO, text=text, **more)


def test_what_they_ask_is_kept_with_the_day_they_name(studio: Studio) -> None:
    received(letter(CLEO, text="Hello Bo,\n\nCould you send the new drafts by Friday? The rest is fine.\n\nCleo"))
    (found,) = Request.objects.all()
    assert found.words == "Could you send the new drafts by Friday?"
    assert found.probability > 0.5
    assert (found.by_at, found.urgent) == (london(23, "17:30"), "")


def test_what_hurries_without_a_day_is_kept_in_its_word(studio: Studio) -> None:
    received(letter(CLEO, text="Please send us the logo asap."))
    (found,) = Request.objects.all()
    assert (found.by_at, found.urgent) == (None, "asap")


def test_what_we_promise_is_offered_with_whom_by_whom_and_until_when(studio: Studio) -> None:
    received(from_bo())
    (found,) = Candidate.objects.all()
    assert found.words == "I'll send you the revised deck by Friday."
    assert (found.client, found.contact, found.by) == (studio.borealis, studio.cleo, studio.bo)
    assert (found.due, found.due_is_explicit, found.said_at) == (london(23, "17:30"), True, NOW)
    assert not Promise.objects.exists()


def test_read_again_nothing_is_found_twice(studio: Studio) -> None:
    received(from_bo(), letter(CLEO, text="Could you send the drafts?"))
    before = everything()
    notice(Message.objects.values_list("pk", flat=True), at=NOW + timedelta(days=1))
    assert everything() == before


def test_what_was_dismissed_stays_dismissed_when_it_is_read_again(studio: Studio) -> None:
    received(from_bo(), letter(CLEO, text="Could you send the drafts?"))
    candidates.dismiss(Candidate.objects.get(), by=studio.bo, at=NOW)
    asked.dismiss_request(Request.objects.get(), by=studio.bo, at=NOW)
    notice(Message.objects.values_list("pk", flat=True), at=NOW)
    assert not Candidate.objects.waiting().exists()
    assert not Request.objects.standing().exists()


def test_words_read_anew_take_what_was_read_wrongly_with_them(studio: Studio) -> None:
    received(from_bo(), letter(CLEO, text="Could you send the drafts? And could you call me?"))
    candidates.dismiss(Candidate.objects.get(), by=studio.bo, at=NOW)
    body = Message.objects.get(direction="in").body
    body.visible = "Could you send the drafts?"
    body.save()
    Message.objects.get(direction="out").body.delete()
    for _ in range(2):
        notice_again(Message.objects.values_list("pk", flat=True), at=NOW)
        assert [row.words for row in Request.objects.all()] == ["Could you send the drafts?"]
        assert Candidate.objects.exclude(dismissed_at=None).count() == 1


def test_what_older_words_asked_stays_when_they_are_read_anew(studio: Studio) -> None:
    received(letter(CLEO, text="Could you send the drafts?"))
    Message.objects.get().body.delete()
    notice_again(Message.objects.values_list("pk", flat=True), at=NOW + timedelta(days=40))
    assert Request.objects.count() == 1


@pytest.mark.parametrize("text", ["", "I" * 30_000, "I'll " * 9_000 + ".", "\x00I'll send it\u202e by Friday."])
def test_endless_and_hostile_words_are_survived(studio: Studio, text: str) -> None:
    received(from_bo(text), letter(CLEO, text=text))
    assert all(len(words) <= 500 for words in Candidate.objects.values_list("words", flat=True))


def test_a_long_sentence_is_kept_as_far_as_there_is_room(studio: Studio) -> None:
    received(from_bo("I'll send you the plan by Friday " + "and the list of every picture in it " * 20 + "too."))
    assert len(Candidate.objects.get().words) == 500


def test_neither_machines_nor_history_nor_thanks_are_read(studio: Studio) -> None:
    received(letter(CLEO, text="Could you send it?", more="Auto-Submitted: auto-replied"))
    received(from_bo(more="Auto-Submitted: auto-generated"))
    received(letter(CLEO, text="Could you send it?"), from_bo(), terms=Terms(quiet_before=NOW + timedelta(days=1)))
    received(letter(CLEO, text="Could you send it?", at=NOW - timedelta(days=31)))
    assert (Request.objects.count(), Candidate.objects.count()) == (0, 0)


def test_an_archive_costs_no_query_more(studio: Studio, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        notice([], at=NOW)


@pytest.mark.parametrize("many", [1, 20])
def test_however_many_come_eight_queries_notice_it_all(
    studio: Studio, many: int, django_assert_max_num_queries: Any
) -> None:
    received(*(from_bo() for _ in range(many)), *(letter(CLEO, text="Could you send it?") for _ in range(many)))
    keys = list(Message.objects.values_list("pk", flat=True))
    Candidate.objects.all().delete()
    with django_assert_max_num_queries(10):  # two of them the transaction's
        notice(keys, at=NOW)
    assert Candidate.objects.count() == many


def test_to_a_stranger_nothing_is_promised_until_it_is_known_whose_they_are(studio: Studio) -> None:
    received(letter(BO, to=ZED, id="one", text=WILL_SEND))
    assert not Candidate.objects.exists()
    talk = Message.objects.get(message_id="one").conversation
    introduce(talk, client=studio.borealis, meet=False, by=studio.bo, at=NOW)
    assert Candidate.objects.get().client == studio.borealis
    take_back(talk, was=None, by=studio.bo, at=NOW)
    assert not Candidate.objects.exists()


def test_what_goes_behind_a_wall_takes_along_what_was_noticed_in_it(studio: Studio) -> None:
    received(from_bo(id="one"))
    assert Candidate.objects.seen_by(studio.kit).exists()
    talk = Message.objects.get(message_id="one").conversation
    introduce(talk, client=studio.cassini, meet=False, by=studio.ada, at=NOW)
    assert not Candidate.objects.seen_by(studio.kit).exists()
    assert Candidate.objects.get().client == studio.cassini


def test_an_import_taken_back_takes_back_what_was_noticed_in_it(studio: Studio) -> None:
    before = everything()
    batch = open_batch("mail", "archive", by=studio.ada, at=NOW)
    received(from_bo(), letter(CLEO, text="Could you send the drafts?"), batch=batch)
    assert Candidate.objects.exists()
    undo_import(batch, by=studio.ada, at=NOW)
    assert not Candidate.objects.exists()
    assert not Request.objects.exists()
    assert everything().keys() == before.keys()
    assert everything()["clients.Client"] == before["clients.Client"]


def test_what_was_taken_for_a_machines_is_read_once_a_person_says_otherwise(studio: Studio) -> None:
    received(letter(CLEO, text="Could you send it?", more="Auto-Submitted: auto-replied"))
    message = Message.objects.get()
    row = contradicting.contradict(message, about=About.AUTOMATIC, by=studio.bo, at=NOW)
    notice_again([message.pk], at=NOW)
    assert Request.objects.count() == 1
    contradicting.take_back_contradiction(row, by=studio.bo, at=NOW)
    notice_again([message.pk], at=NOW)
    assert Request.objects.count() == 0
