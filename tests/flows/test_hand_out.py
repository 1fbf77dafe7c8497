"""What nobody looks after goes to whoever is on duty: by rule, then by turn, never across a wall."""

from typing import Any

import pytest

from kept.flows.hand_out import hand_out
from kept.ledgers.clients import verbs as clients
from kept.ledgers.conversations import handing_out, pausing, verbs
from kept.ledgers.conversations.care import Assignment
from kept.ledgers.conversations.duty import Looks
from kept.ledgers.conversations.models import Conversation, Message
from kept.ledgers.journal.models import Line
from kept.ledgers.team import verbs as team
from kept.ledgers.team.models import Member
from kept.readings.calendars import offices
from kept.readings.duty import duty
from tests.acting import thanked, wrote
from tests.studio import NOW, Studio, london


def a_stranger(studio: Studio, clock: str = "09:00", **more: Any) -> Conversation:
    return wrote(None, by=more.pop("by", studio.zed), at=london(20, clock), **more).conversation


def rota(studio: Studio, *members: Member) -> None:
    handing_out.set_rota(members, by=studio.ada, at=NOW)


def given() -> dict[int, str]:
    return {talk: member.first_name for talk, member in hand_out(at=NOW).items()}


def test_a_stranger_goes_to_who_is_on_duty_and_the_journal_says_that_nobody_did_it(studio: Studio) -> None:
    rota(studio, studio.kit)
    talk = a_stranger(studio)
    assert given() == {talk.pk: "Kit"}
    row = Assignment.objects.get()
    line = Line.objects.filter(verb="conversations.assign").get()
    assert (row.member, row.by, line.by_name, line.said) == (studio.kit, None, "Kept", "Kit Marsh")
    assert given() == {}


def test_without_a_rota_and_rules_nothing_is_handed_out(studio: Studio) -> None:
    a_stranger(studio)
    assert given() == {}
    assert not duty(offices=offices()).is_set


def test_each_week_it_is_another(studio: Studio) -> None:
    rota(studio, studio.kit, studio.bo)
    on = duty(offices=offices())
    now, then = on.in_turn(NOW), on.next_week(NOW)
    assert now == then[::-1]
    assert set(now) == {studio.kit, studio.bo}


def test_a_rule_goes_before_the_rota_and_the_first_that_fits_counts(studio: Studio) -> None:
    rota(studio, studio.kit)
    rules = [(Looks.SUBJECT, "museum", studio.fin), (Looks.SENDER, "@council.example", studio.bo)]
    for looks, words, member in rules:
        handing_out.add_rule(looks=looks, words=words, member=member, by=studio.ada, at=NOW)
    both = a_stranger(studio, subject="The MUSEUM website", by="mina@council.example")
    one = a_stranger(studio, subject="Bakery", by="mina@council.example")
    none = a_stranger(studio, subject="Bakery")
    assert given() == {both.pk: "Fin", one.pk: "Bo", none.pk: "Kit"}


@pytest.mark.parametrize(
    ("looks", "words"),
    [(Looks.RECIPIENT, "jobs@larkfield"), (Looks.CHANNEL, "call"), (Looks.CHANNEL, "Call"), (Looks.SENDER, "ZED@")],
)
def test_a_rule_looks_where_it_says(studio: Studio, looks: Looks, words: str) -> None:
    handing_out.add_rule(looks=looks, words=words, member=studio.bo, by=studio.ada, at=NOW)
    talk = a_stranger(studio)
    assert (given() == {talk.pk: "Bo"}) is (looks == Looks.SENDER)
    other = a_stranger(studio)
    Message.objects.filter(conversation=other).update(channel="call", to=[["", "jobs@larkfield.example"]])
    assert other.pk in given() or looks == Looks.SENDER


def test_the_first_mail_of_a_client_without_a_lead_is_handed_out_too(studio: Studio) -> None:
    rota(studio, studio.kit)
    delos = clients.welcome(name="Delos", by=studio.ada, at=NOW)
    talk = wrote(delos, by="dora@delos.example", at=london(20, "09:00")).conversation
    wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00"))
    assert given() == {talk.pk: "Kit"}


def test_whom_a_wall_keeps_out_is_passed_over(studio: Studio) -> None:
    clients.change(studio.cassini, lead=None, by=studio.ada, at=NOW)
    talk = wrote(studio.cassini, by=studio.cora, at=london(20, "09:00")).conversation
    rota(studio, studio.kit)
    assert given() == {}
    rota(studio, studio.kit, studio.fin)
    assert given() == {talk.pk: "Fin"}


def test_what_a_person_said_is_nobodys_stays_nobodys(studio: Studio) -> None:
    rota(studio, studio.kit)
    talk = a_stranger(studio)
    given()
    verbs.assign(talk, to=None, by=studio.kit, at=NOW)
    assert given() == {}


def test_what_somebody_left_behind_is_handed_out_again(studio: Studio) -> None:
    rota(studio, studio.kit)
    talk = a_stranger(studio)
    given()
    team.leave(studio.kit, on=NOW.date(), by=studio.ada, at=NOW)
    rota(studio, studio.bo)
    assert given() == {talk.pk: "Bo"}


def test_what_waits_for_nobody_is_left_alone(studio: Studio) -> None:
    rota(studio, studio.kit)
    answered = a_stranger(studio)
    wrote(None, by=studio.bo, at=london(20, "09:10"), conversation=answered)
    thanked(answered, by=studio.zed, at=london(20, "09:20"))
    a_stranger(studio, automatic="bulk")
    a_stranger(studio, quiet=True)
    pausing.pause(a_stranger(studio), reason="their logo", by=studio.bo, at=london(20, "09:30"))
    assert given() == {}


def test_as_many_queries_to_find_them_however_many_there_are(
    studio: Studio, django_assert_max_num_queries: Any
) -> None:
    rota(studio, studio.kit)
    for number in range(12):
        wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00"), subject=f"{number}")
        talk = a_stranger(studio)
        verbs.assign(talk, to=studio.bo, by=studio.ada, at=NOW)
    with django_assert_max_num_queries(4):
        assert hand_out(at=NOW) == {}
