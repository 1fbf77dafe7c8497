"""Words that did not come by mail become conversations with a clock and an owner, once, and prove nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kept.flows.let_in import Said, let_in
from kept.ledgers.clients.models import Contact
from kept.ledgers.conversations import handing_out, letting_in, settling
from kept.ledgers.conversations.models import Channel, Conversation, Message
from kept.ledgers.journal.models import Line
from kept.ledgers.pulses import tokens
from kept.ledgers.pulses import verbs as pulses
from kept.ledgers.pulses.models import Occasion, Standing
from kept.ledgers.pulses.verbs import Moment
from kept.readings.calendars import offices
from kept.readings.waiting import waiting
from tests.ledgers.telling import everything
from tests.studio import NOW, Studio, london

NOOR = Said(
    channel=Channel.FORM, key="1", at=NOW, words="Hello, do you take on very small museums? We are three people.",
    name="Noor Haddad", address="Noor@Museum.example",
)  # fmt: skip


def test_a_word_from_our_page_waits_for_us_by_our_pledge(studio: Studio) -> None:
    handing_out.set_rota([studio.kit], by=studio.ada, at=NOW)
    made = let_in(NOOR, at=NOW)
    (one,) = waiting(studio.ada, at=NOW, offices=offices())
    assert made.new
    assert (one.first, one.wait.due, one.member_id) == (made.message, london(20, "13:40"), studio.kit.pk)
    message = made.message
    assert (message.conversation.subject, message.channel) == ("Do you take on very small museums?", "form")
    assert (message.sender_name, message.sender_email) == ("Noor Haddad", "noor@museum.example")
    assert message.body.visible == NOOR.words
    assert Line.objects.filter(verb="conversations.let_in").get().by_name == "Kept"
    assert settling.untrue() == []


def test_twice_is_once(studio: Studio) -> None:
    first, second = let_in(NOOR, at=NOW), let_in(replace(NOOR, words="Other words"), at=london(21))
    assert (second.message, second.new) == (first.message, False)
    assert Conversation.objects.count() == 1
    assert let_in(replace(NOOR, key="2"), at=NOW).new


def test_what_two_inlets_call_the_same_is_not_the_same(studio: Studio) -> None:
    inlets = [
        letting_in.open_inlet(name=name, channel=Channel.FORM, by=studio.ada, at=NOW)[0] for name in ("Blog", "Shop")
    ]
    assert all(let_in(NOOR, at=NOW, inlet=inlet).new for inlet in inlets)
    inlets[0].refresh_from_db()
    assert inlets[0].used_at == NOW


def test_whoever_types_a_clients_address_speaks_to_those_who_serve_them_and_has_proven_nothing(studio: Studio) -> None:
    for number, address in enumerate(["cleo@borealis.example", "CLEO@borealis.example", "anna@mail.borealis.example"]):
        message = let_in(replace(NOOR, key=f"b{number}", address=address), at=NOW).message
        assert (message.conversation.client, message.contact, message.member) == (studio.borealis, None, None)


def test_whoever_types_a_walled_clients_address_is_read_behind_the_wall_only(studio: Studio) -> None:
    message = let_in(replace(NOOR, address="cora@cassini.example"), at=NOW).message
    assert not Message.objects.seen_by(studio.kit).filter(pk=message.pk).exists()
    assert Message.objects.seen_by(studio.bo).filter(pk=message.pk).exists()


def test_whoever_types_an_address_of_ours_is_a_stranger_who_waits(studio: Studio) -> None:
    message = let_in(replace(NOOR, address="ada@larkfield.example"), at=NOW).message
    assert (message.direction, message.member, message.conversation.client) == ("in", None, None)
    assert len(waiting(studio.ada, at=NOW, offices=offices())) == 1


def test_a_call_without_a_word_is_a_word_too(studio: Studio) -> None:
    rang = Said(channel=Channel.CALL, key="c1", at=london(20, "14:02"), phone="+44 113 496 0001")
    message = let_in(rang, at=london(20, "14:03")).message
    assert message.body.visible == "Rang at 14:02 and left no word.\n\nPhone: +44 113 496 0001"
    assert (message.sender_name, message.snippet) == ("+44 113 496 0001", "Rang at 14:02 and left no word.")


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        ("+44 (0)113 496 0001", "0044 113 4960001", True),
        ("+44 113 496 0001", "+44 113 496 0002", False),
        ("4960", "4960", False),
    ],
)
def test_who_calls_is_known_by_their_number(studio: Studio, ours: str, theirs: str, same: bool) -> None:
    Contact.objects.filter(pk=studio.cleo.pk).update(phone=ours)
    message = let_in(Said(channel=Channel.CALL, key="1", at=NOW, phone=theirs, words="Ring me."), at=NOW).message
    assert (message.contact == studio.cleo) is same
    assert (message.conversation.client == studio.borealis) is same


def test_a_number_that_two_have_is_nobodys_and_a_typed_one_proves_nothing(studio: Studio) -> None:
    Contact.objects.update(phone="+44 113 496 0001")
    called = Said(channel=Channel.CALL, key="1", at=NOW, phone="+44 113 496 0001")
    assert let_in(called, at=NOW).message.contact is None
    Contact.objects.filter(pk=studio.cora.pk).update(phone="")
    typed = replace(called, channel=Channel.COMMENT, words="Nice.")
    assert let_in(typed, at=NOW).message.contact is None


def test_a_connection_request_may_be_without_words_but_not_without_a_name(studio: Studio) -> None:
    asked = Said(channel=Channel.CONNECTION, key="1", at=NOW, name="Theo", link="https://people.example/theo")
    message = let_in(asked, at=NOW).message
    assert message.body.visible == "Would like to be connected with us.\n\nAt https://people.example/theo"
    for nothing in (replace(asked, name="", key="2"), replace(asked, channel=Channel.COMMENT, key="3")):
        with pytest.raises(ValueError, match="Somebody said nothing"):
            let_in(nothing, at=NOW)
    assert Conversation.objects.count() == 1


# ------------------------------------------------------------ links of invitations


@pytest.mark.parametrize("field", ["words", "link", "name"])
@pytest.mark.parametrize("slash", ["/", "%2F"])
def test_a_link_of_an_invitation_is_closed_and_kept_nowhere(studio: Studio, field: str, slash: str) -> None:
    token = tokens.mint()
    asked = pulses.invite(
        studio.cleo, moment=Moment(Occasion.QUARTER), hashed=token.hashed, by=studio.ada, at=NOW,
        closes_at=NOW + timedelta(days=21),
    )  # fmt: skip
    made_up = f"https://kept.example/pulse/{'x' * 43}/"
    link = f"https://kept.example{slash}pulse{slash}{token.plain}{slash}?secure=9"
    said = replace(NOOR, channel=Channel.COMMENT, **{field: f"{link} {made_up}"})
    message = let_in(said, at=NOW).message
    asked.refresh_from_db()
    assert asked.standing(NOW) == Standing.RETIRED
    assert token.plain not in str(everything())
    assert made_up in f"{message.body.text} {message.sender_name}"  # what was never ours is theirs to say
    assert not let_in(said, at=NOW).new


def test_a_made_up_link_closes_nothing(studio: Studio) -> None:
    asked = pulses.invite(
        studio.cleo, moment=Moment(Occasion.QUARTER), hashed=tokens.mint().hashed, by=studio.ada, at=NOW,
        closes_at=NOW + timedelta(days=21),
    )  # fmt: skip
    let_in(replace(NOOR, words=f"https://kept.example/pulse/{tokens.mint().plain}/"), at=NOW)
    asked.refresh_from_db()
    assert asked.standing(NOW) == Standing.OPEN
