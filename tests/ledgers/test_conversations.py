"""Who looks after a conversation, and when it waits for us."""

import pytest

from kept.ledgers.conversations import settling
from kept.ledgers.conversations import verbs as conversations
from kept.ledgers.conversations.care import Aside, AsideKind
from kept.ledgers.conversations.models import Conversation, Message
from kept.ledgers.conversations.verbs import NothingToAnswer
from tests.cast import NOW, Studio, london, wrote
from tests.ledgers.telling import told

MONDAY, WEDNESDAY = london(26, "12:00"), london(28, "12:00")


@pytest.fixture
def asked(studio: Studio) -> Message:
    """Cleo asked for the drafts yesterday."""
    return wrote(studio.borealis, by=studio.cleo, at=london(19, "15:00"))


def waits(conversation: Conversation) -> bool:
    return Conversation.objects.unsettled().filter(pk=conversation.pk).exists()


def test_a_person_who_wrote_waits_until_one_of_us_answers(studio: Studio, asked: Message) -> None:
    assert waits(asked.conversation)
    wrote(studio.borealis, by=studio.bo, conversation=asked.conversation)
    assert not waits(asked.conversation)


def test_machines_and_history_neither_wait_nor_answer(studio: Studio, asked: Message) -> None:
    wrote(studio.borealis, by=studio.bo, automatic="out of office", conversation=asked.conversation)
    assert waits(asked.conversation)
    assert not waits(wrote(studio.borealis, by=studio.cleo, automatic="newsletter").conversation)
    assert not waits(wrote(studio.borealis, by=studio.cleo, quiet=True).conversation)


def test_a_stranger_waits_too(studio: Studio) -> None:
    assert waits(wrote(None, by=studio.zed).conversation)


@pytest.mark.parametrize("kind", [AsideKind.NO_REPLY, AsideKind.ELSEWHERE])
def test_what_needs_no_reply_settles_until_they_write_again(studio: Studio, asked: Message, kind: AsideKind) -> None:
    talk = asked.conversation
    aside = conversations.set_aside(talk, kind=kind, reason="spoke with Cleo", by=studio.bo, at=NOW)
    assert not waits(talk)
    wrote(studio.borealis, by=studio.cleo, at=london(20, "11:00"), conversation=talk)
    assert waits(talk)
    conversations.bring_back(aside, by=studio.bo, at=london(20, "12:00"))
    assert waits(talk)


def test_setting_aside_until_a_day_settles_nothing(studio: Studio, asked: Message) -> None:
    talk = asked.conversation
    conversations.set_aside(talk, kind=AsideKind.LATER, reason="after the fair", by=studio.bo, at=NOW, until=MONDAY)
    assert waits(talk)


def test_a_new_day_replaces_the_old_one(studio: Studio, asked: Message) -> None:
    talk, who = asked.conversation, {"by": studio.bo, "at": NOW}
    conversations.set_aside(talk, kind=AsideKind.LATER, reason="after the fair", until=MONDAY, **who)
    with told("conversations.set_aside") as lines:
        conversations.set_aside(talk, kind=AsideKind.LATER, reason="still at the fair", until=WEDNESDAY, **who)
    assert Aside.objects.get().until == WEDNESDAY
    assert lines[0].facts["before"]["until"] == MONDAY.isoformat()


def test_only_what_was_read_is_set_aside(studio: Studio, asked: Message) -> None:
    talk = asked.conversation
    wrote(studio.borealis, by=studio.cleo, at=london(20, "09:39"), text="And the invoice?", conversation=talk)
    conversations.set_aside(
        talk, kind=AsideKind.NO_REPLY, reason="spoke with Cleo", by=studio.bo, at=NOW, message=asked
    )
    assert waits(talk)


def test_setting_aside_needs_a_reason_and_a_day_to_come(studio: Studio, asked: Message) -> None:
    talk, who = asked.conversation, {"by": studio.bo, "at": NOW}
    with pytest.raises(ValueError, match="why"):
        conversations.set_aside(talk, kind=AsideKind.NO_REPLY, reason=" ", **who)
    for until in (None, NOW, london(19)):
        with pytest.raises(ValueError, match="still to come"):
            conversations.set_aside(talk, kind=AsideKind.LATER, reason="later", until=until, **who)


def test_where_nobody_wrote_to_us_there_is_nothing_to_set_aside(studio: Studio, asked: Message) -> None:
    ours = wrote(studio.borealis, by=studio.bo).conversation
    with pytest.raises(NothingToAnswer):
        conversations.set_aside(ours, kind=AsideKind.NO_REPLY, reason="x", by=studio.bo, at=NOW)
    with pytest.raises(NothingToAnswer):
        conversations.acknowledge(ours, by=studio.bo, at=NOW)
    with pytest.raises(NothingToAnswer):
        conversations.acknowledge(ours, by=studio.bo, at=NOW, message=asked)


def test_acknowledging_stops_no_clock(studio: Studio, asked: Message) -> None:
    conversations.acknowledge(asked.conversation, by=studio.bo, at=NOW)
    assert waits(asked.conversation)


def test_the_newest_assignment_counts_and_undoing_it_gives_it_back(studio: Studio, asked: Message) -> None:
    talk, who = asked.conversation, {"by": studio.ada, "at": NOW}
    conversations.assign(talk, to=studio.kit, **who)
    to_bo = conversations.assign(talk, to=studio.bo, **who)
    assert talk.assignments.last() == to_bo
    conversations.take_back_assignment(to_bo, **who)
    assert talk.assignments.last().member == studio.kit
    assert conversations.assign(talk, to=None, **who).member is None


def test_nobody_is_asked_to_look_after_what_a_wall_keeps_from_them(studio: Studio) -> None:
    talk = wrote(studio.cassini, by=studio.cora).conversation
    with pytest.raises(ValueError, match="wall"):
        conversations.assign(talk, to=studio.kit, by=studio.ada, at=NOW)
    assert not talk.assignments.exists()


def test_a_strangers_conversation_becomes_a_clients_and_a_strangers_again(studio: Studio) -> None:
    talk = wrote(None, by=studio.zed).conversation
    with told("conversations.belong_to"):
        conversations.belong_to(talk, client=studio.borealis, by=studio.bo, at=NOW)
    with told("conversations.belong_to") as lines:
        conversations.belong_to(talk, client=None, by=studio.bo, at=NOW)
    assert lines[0].client_id == studio.borealis.pk


def test_a_tampered_conversation_is_found(studio: Studio, asked: Message) -> None:
    assert settling.untrue() == []
    Conversation.objects.filter(pk=asked.conversation_id).update(settled_until=NOW)
    assert settling.untrue() == [asked.conversation_id]
    settling.recount([asked.conversation_id])
    assert settling.untrue() == []


def test_untrue_finds_one_among_more_than_a_page(studio: Studio) -> None:
    Conversation.objects.bulk_create([Conversation(started_at=NOW, last_at=NOW) for _ in range(501)])
    wrong = Conversation.objects.last()
    assert wrong is not None
    Conversation.objects.filter(pk=wrong.pk).update(their_last_at=NOW)
    assert settling.untrue() == [wrong.pk]
