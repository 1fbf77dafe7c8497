"""Receiving letters: each once, in its conversation, from the right person, with or without a clock."""

import zlib
from datetime import timedelta

import pytest

from kept.flows.receive_mail import Terms
from kept.ledgers.clients.models import Client, Contact
from kept.ledgers.conversations import settling
from kept.ledgers.conversations.models import Conversation, Direction, Message, Original
from kept.ledgers.team import addresses
from tests.flows.post import home, letter, received
from tests.ledgers.telling import everything
from tests.studio import NOW, Studio, london

HOUR = timedelta(hours=1)
CLEO, ADA, ZED = "Cleo North <cleo@borealis.example>", "Ada <ada@larkfield.example>", "zed@stranger.example"


def test_a_letter_is_kept_with_who_wrote_it_and_as_it_came(studio: Studio) -> None:
    coming = letter(CLEO, id="one", text="Hello Ada.")
    tally = received(coming)
    message = Message.objects.get()
    assert (tally.new, tally.known, tally.conversations, tally.strangers) == (1, 0, 1, 0)
    assert (message.contact, message.direction, message.at) == (studio.cleo, Direction.IN, NOW)
    assert message.conversation.client == studio.borealis
    assert message.body.visible.strip() == "Hello Ada."
    assert zlib.decompress(Original.objects.get().zipped) == coming.original


def test_the_same_letter_again_changes_nothing(studio: Studio) -> None:
    letters = [letter(CLEO, id="one"), letter(ADA, to=CLEO, id="two", after="one", at=NOW + HOUR)]
    received(*letters)
    before = everything()
    again = received(*letters)
    assert (again.new, again.known) == (0, 2)
    assert everything() == before


def test_the_same_letter_by_another_way_is_known(studio: Studio) -> None:
    received(letter(CLEO, id="one"))
    by_list = letter(CLEO, id="one", more="List-Id: <friends.example>")
    assert received(by_list).new == 0


def test_the_same_letter_twice_in_one_chunk_is_one(studio: Studio) -> None:
    one = letter(CLEO, id="one")
    tally = received(one, one)
    assert (tally.new, tally.known) == (1, 1)


def test_another_letter_under_a_used_id_is_not_lost(studio: Studio) -> None:
    received(letter(CLEO, id="one", text="First."))
    received(letter(CLEO, id="one", text="Second.", at=NOW + HOUR))
    assert {message.body.visible.strip() for message in Message.objects.all()} == {"First.", "Second."}


def test_an_answer_joins_whatever_came_first(studio: Studio) -> None:
    received(letter(ADA, to=CLEO, id="two", after="one", at=NOW + HOUR))
    assert received(letter(CLEO, id="one")).conversations == 0
    assert home("one") == home("two")
    assert Conversation.objects.get().started_at == NOW


def test_a_letter_that_names_two_conversations_makes_them_one(studio: Studio) -> None:
    received(letter(CLEO, id="one"))
    received(letter(CLEO, id="two", at=NOW + HOUR))
    received(letter(CLEO, id="three", after="one two", at=NOW + 2 * HOUR))
    assert home("one") == home("two") == home("three")
    assert Conversation.objects.count() == 1


def test_a_conversation_merged_away_is_found_by_the_rest_of_its_chunk(studio: Studio) -> None:
    received(letter(CLEO, id="one"))
    received(letter(CLEO, id="two", at=NOW + HOUR), letter(CLEO, id="three", after="two", at=NOW + HOUR))
    bridge = letter(CLEO, id="four", after="one two", at=NOW + 2 * HOUR)
    beside = letter(CLEO, id="five", after="three", at=NOW + 3 * HOUR)
    received(bridge, beside)
    assert {home(name) for name in ("one", "two", "three", "four", "five")} == {home("one")}
    assert settling.untrue() == []


def test_a_chain_of_merges_ends_in_one_conversation(studio: Studio) -> None:
    for number, name in enumerate(["a", "b", "c"]):
        received(letter(CLEO, id=name, at=NOW + number * HOUR))
    late = NOW + 9 * HOUR
    received(letter(CLEO, id="d", after="c b", at=late), letter(CLEO, id="e", after="b2 a", at=late),
             letter(CLEO, id="b2", after="b", at=late))  # fmt: skip
    assert len({home(name) for name in ("a", "b", "c", "d", "e", "b2")}) == 1


@pytest.mark.parametrize(
    ("subject", "by", "days", "joins"),
    [("Re: Drafts", CLEO, 3, True), ("Drafts", CLEO, 3, False), ("Re: Drafts", CLEO, 70, False),
     ("Re: Drafts", ZED, 3, False), ("Re: Invoice", CLEO, 3, False)],
)  # fmt: skip
def test_a_reply_without_a_reference_joins_by_subject_and_people(
    studio: Studio, subject: str, by: str, days: int, joins: bool
) -> None:
    received(letter(ADA, to=CLEO, id="one"))
    received(letter(by, id="two", subject=subject, at=NOW + timedelta(days=days)))
    assert (home("one") == home("two")) is joins


def test_our_letter_to_a_client_begins_a_conversation_with_them(studio: Studio) -> None:
    received(letter(ADA, to=f"{ZED}, {CLEO}", id="one"))
    message = Message.objects.get()
    assert (message.direction, message.member) == (Direction.OUT, studio.ada)
    assert message.conversation.client == studio.borealis


def test_a_stranger_stays_one_and_a_person_from_a_clients_domain_becomes_a_contact(studio: Studio) -> None:
    tally = received(letter(ZED, id="one"), letter("Noor <noor@mail.borealis.example>", id="two", subject="Other"))
    assert tally.strangers == 1
    assert Message.objects.get(message_id="one").conversation.client is None
    noor = Message.objects.get(message_id="two").contact
    assert noor is not None
    assert (noor.name, noor.client) == ("Noor", studio.borealis)


def test_a_machine_introduces_nobody_and_starts_no_clock(studio: Studio) -> None:
    tally = received(letter("noreply@borealis.example", more="Auto-Submitted: auto-replied"))
    assert tally.automatic == 1
    assert not Contact.objects.filter(addresses__email="noreply@borealis.example").exists()
    assert Conversation.objects.get().their_last_at is None


def test_history_runs_no_clock(studio: Studio) -> None:
    terms = Terms(quiet_before=london(1))
    received(letter(CLEO, id="old", at=london(1, month=9)), letter(CLEO, id="new", subject="Now"), terms=terms)
    waits = {message.message_id: message.conversation.their_last_at for message in Message.objects.all()}
    assert waits == {"old": None, "new": NOW}


def test_a_client_for_each_firm_that_wrote_only_when_asked(studio: Studio) -> None:
    firm, free = letter("Noor <noor@vela.example>", id="one"), letter("zed@gmail.com", id="two", subject="Hi")
    received(firm, free, terms=Terms(suggest_clients=True))
    assert Message.objects.get(message_id="one").conversation.client == Client.objects.get(name="vela.example")
    assert Message.objects.get(message_id="two").conversation.client is None
    received(letter("kim@lyra.example"))
    assert not Client.objects.filter(name="lyra.example").exists()


def test_a_thread_is_cut_where_a_wall_stands(studio: Studio) -> None:
    received(letter(CLEO, id="one"))
    received(letter("cora@cassini.example", id="two", after="one", at=NOW + HOUR))
    assert home("one") != home("two")
    assert Message.objects.seen_by(studio.kit).values_list("message_id", flat=True).get() == "one"


@pytest.mark.parametrize("address", ["cora@cassini.example", "new@cassini.example"])
def test_who_is_kept_from_a_client_cannot_claim_its_mail_as_their_own(studio: Studio, address: str) -> None:
    addresses.add_address(studio.kit, email=address, by=studio.kit, at=NOW)
    received(letter(address, id="one"))
    message = Message.objects.get()
    assert (message.direction, message.member, message.conversation.client) == (Direction.IN, None, studio.cassini)
    assert not Message.objects.seen_by(studio.kit).exists()


def test_who_of_us_writes_from_the_house_of_a_walled_client_writes_behind_the_wall(studio: Studio) -> None:
    addresses.add_address(studio.bo, email="bo@cassini.example", by=studio.bo, at=NOW)
    received(letter("bo@cassini.example", id="one"))
    message = Message.objects.get()
    assert (message.direction, message.member, message.conversation.client) == (
        Direction.OUT, studio.bo, studio.cassini
    )  # fmt: skip
