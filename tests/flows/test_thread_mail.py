"""Replies that name nothing before them find their conversation by subject and people, and never across clients."""

from datetime import timedelta

import pytest

from kept.flows.receive_mail import Incoming
from tests.flows.post import home, letter, received
from tests.studio import NOW, Studio

DAY = timedelta(days=1)
CLEO, ADA = "Cleo North <cleo@borealis.example>", "Ada <ada@larkfield.example>"
CORA, ZED, LIST = "Cora Vale <cora@cassini.example>", "zed@stranger.example", "hello@larkfield.example"


def in_one_chunk_and_in_two(*letters: Incoming, together: bool) -> None:
    if together:
        received(*letters)
        return
    for one in letters:
        received(one)


@pytest.mark.parametrize("together", [True, False])
def test_a_reply_joins_the_letter_of_the_same_subject_that_its_writer_received(
    studio: Studio, *, together: bool
) -> None:
    asked = letter(ADA, to=CLEO, id="asked")
    answered = letter(CLEO, id="answered", subject="AW: drafts", at=NOW + DAY)
    thanked = letter(ADA, to=CLEO, id="thanked", subject="Re: AW: Drafts", at=NOW + 2 * DAY)
    in_one_chunk_and_in_two(asked, answered, thanked, together=together)
    assert home("asked") == home("answered") == home("thanked")


def test_in_one_chunk_the_order_in_which_they_came_says_nothing(studio: Studio) -> None:
    received(letter(CLEO, id="answered", subject="Re: Drafts", at=NOW + DAY), letter(ADA, to=CLEO, id="asked"))
    assert home("asked") == home("answered")


@pytest.mark.parametrize("together", [True, False])
def test_another_client_who_writes_of_the_same_thing_to_the_same_people_stays_apart(
    studio: Studio, *, together: bool
) -> None:
    ours = letter(LIST, to=f"{CLEO}, {ADA}", id="ours", subject="Invoice")
    theirs = letter(CORA, to=f"{LIST}, {ADA}", id="theirs", subject="Re: Invoice", at=NOW + DAY)
    in_one_chunk_and_in_two(ours, theirs, together=together)
    assert home("ours") != home("theirs")


@pytest.mark.parametrize("together", [True, False])
def test_a_stranger_does_not_come_into_a_clients_conversation_by_its_subject(studio: Studio, *, together: bool) -> None:
    ours = letter(ADA, to=f"{CLEO}, {LIST}", id="ours")
    theirs = letter(ZED, to=f"{ADA}, {LIST}, {CLEO}", id="theirs", subject="Re: Drafts", at=NOW + DAY)
    in_one_chunk_and_in_two(ours, theirs, together=together)
    assert home("ours") != home("theirs")


@pytest.mark.parametrize("together", [True, False])
def test_a_letter_that_begins_a_subject_anew_begins_a_conversation(studio: Studio, *, together: bool) -> None:
    in_one_chunk_and_in_two(letter(CLEO, id="one"), letter(CLEO, id="two", at=NOW + DAY), together=together)
    assert home("one") != home("two")
