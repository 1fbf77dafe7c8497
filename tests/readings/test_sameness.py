"""How much of a draft could have gone to anybody, from what we sent to others within a year."""

from datetime import timedelta
from typing import Any

import pytest

from kept.flows.introduce import introduce, take_back
from kept.flows.keep_sentences import keep_sentences, rebuild
from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Client
from kept.ledgers.conversations.models import Conversation
from kept.ledgers.conversations.sentences import Sentence
from kept.readings.sameness import sameness
from tests.acting import wrote
from tests.flows.post import letter, received
from tests.studio import FOUNDED, NOW, Studio

LINE = "We looked at every page with fresh eyes this morning."


def others(studio: Studio, number: int) -> list[Client]:
    return [clients.welcome(name=f"Client {one}", by=studio.ada, at=FOUNDED) for one in range(number)]


def sent(studio: Studio, to: list[Client], text: str = LINE, **at: Any) -> None:
    moment = at.get("at", NOW - timedelta(days=30))
    keep_sentences([wrote(one, by=studio.bo, at=moment, text=text).pk for one in to])


def went_to(studio: Studio, words: str = LINE, **others: Any) -> int:
    found = sameness(words, **{"viewer": studio.bo, "client": studio.borealis, "at": NOW, **others})
    return found.lines[0].line.others


def test_a_line_is_counted_by_the_other_clients_it_went_to(studio: Studio) -> None:
    sent(studio, others(studio, 4))
    assert went_to(studio) == 4


def test_a_line_nearly_the_same_is_the_same_line(studio: Studio) -> None:
    long = "We looked at every single page of the whole site with fresh eyes over the quiet days this week."
    sent(studio, others(studio, 3), text=long)
    assert went_to(studio, long.replace("this week", "this month")) == 3
    assert went_to(studio, "We will look at the invoices with you on the phone.") == 0


def test_names_and_dates_do_not_make_it_another_line(studio: Studio) -> None:
    first, second = others(studio, 2)
    sent(studio, [first], text="The new pages for Client 0 are ready to be tried on 4 May.")
    sent(studio, [second], text="The new pages for Client 1 are ready to be tried on 9 June.")
    assert went_to(studio, "The new pages for Borealis are ready to be tried on 21 October.") == 2


def test_what_went_to_this_client_or_long_ago_or_was_theirs_does_not_count(studio: Studio) -> None:
    sent(studio, [studio.borealis])
    sent(studio, others(studio, 1), at=NOW - timedelta(days=366))
    theirs = wrote(studio.cassini, by=studio.cora, at=NOW - timedelta(days=3), text=LINE)
    keep_sentences([theirs.pk])
    assert went_to(studio) == 0


def test_a_client_behind_a_wall_is_not_counted_for_those_it_keeps_out(studio: Studio) -> None:
    sent(studio, [studio.cassini])
    assert went_to(studio, viewer=studio.kit) == 0
    assert went_to(studio, viewer=studio.bo) == 1


def test_a_line_follows_its_conversation_to_another_client_and_back(studio: Studio) -> None:
    sent(studio, [studio.borealis])
    conversation = Conversation.objects.get()
    introduce(conversation, client=studio.cassini, meet=False, by=studio.ada, at=NOW)
    assert went_to(studio) == 1
    assert went_to(studio, viewer=studio.kit) == 0
    take_back(conversation, was=studio.borealis, by=studio.ada, at=NOW)
    assert went_to(studio) == 0


def test_approved_wording_is_nobodys_fault(studio: Studio) -> None:
    sent(studio, others(studio, 20))
    assert sameness(LINE, viewer=studio.bo, client=studio.borealis, at=NOW).nudge
    assert not sameness(
        LINE, viewer=studio.bo, client=studio.borealis, at=NOW, skeletons=[f"Hi [name],\n\n{LINE}"]
    ).nudge


def test_kept_twice_or_rebuilt_it_is_kept_once(studio: Studio) -> None:
    message = wrote(studio.borealis, by=studio.bo, text=f"Hi Cleo,\n\n{LINE}\n\nBo")
    for _ in range(2):
        keep_sentences([message.pk])
    assert rebuild(since=message.at) == 1
    assert Sentence.objects.count() == 1


@pytest.mark.parametrize("history", [1, 60])
def test_it_costs_the_same_whatever_was_sent(studio: Studio, history: int, django_assert_num_queries: Any) -> None:
    sent(studio, others(studio, history))
    with django_assert_num_queries(4):
        assert went_to(studio) == history


def test_our_mail_is_indexed_as_it_comes_in(studio: Studio) -> None:
    received(
        letter(
            studio.bo.email, to="cleo@borealis.example", at=NOW - timedelta(days=1), text=f"Hi Cleo,\n\n{LINE}\n\nBo"
        )
    )
    assert went_to(studio, client=studio.cassini) == 1
