"""The morning brief: whom to serve, in which order, and what nobody may learn from it."""

from datetime import date
from typing import Any

import pytest

from kept.ledgers.clients import verbs as clients
from kept.ledgers.conversations import verbs as conversations
from kept.ledgers.conversations.models import Message
from kept.ledgers.engagements.models import Kind
from kept.ledgers.promises import verbs as promises
from kept.ledgers.team import addresses
from kept.ledgers.team.people import installation
from kept.readings.brief import Brief, brief
from kept.readings.brief_sentence import plain
from tests.acting import promised, sold, worked, wrote
from tests.cast import NOW, ZED, Studio, london


def said(one: Brief) -> str:
    return plain(one.sentence)


def test_a_quiet_morning_is_a_good_moment_for_a_call(studio: Studio) -> None:
    one = brief(studio.bo, at=NOW)
    assert one.items == ()
    assert said(one) == "Good morning, Bo. Nobody is waiting for you; a good moment for a call that isn’t about work."


def test_the_one_who_waits_is_named_and_can_be_opened(studio: Studio) -> None:
    message = wrote(studio.borealis, by=studio.cleo, at=london(20, "09:10"))
    one = brief(studio.bo, at=NOW)
    assert said(one) == "Good morning, Bo. Cleo is waiting for you."
    assert one.sentence[1].place == ("desk:conversation", message.conversation_id)
    assert (one.items[0].kind, one.items[0].who, one.items[0].act) == ("waiting", "Cleo North", "Reply to Cleo")


def test_whoever_waits_past_our_pledge_comes_before_a_late_promise(studio: Studio) -> None:
    promised(studio.borealis, by=studio.bo, due=london(19, "12:00"), at=london(12), contact=studio.cleo)
    wrote(studio.borealis, by=studio.cleo, at=london(19, "09:10"))
    one = brief(studio.bo, at=NOW)
    assert [(item.kind, item.late) for item in one.items] == [("waiting", True), ("promise", True)]
    assert said(one) == "Good morning, Bo. Cleo is waiting for you, 5 h past our pledge; our promise to Cleo is late."


def test_several_are_counted_and_the_longest_named(studio: Studio) -> None:
    wrote(studio.borealis, by=studio.cleo, at=london(19, "09:10"))
    wrote(None, by=ZED, at=london(20, "09:10"))
    one = brief(studio.ada, at=NOW)
    assert said(one).startswith("Good morning, Ada. Two people are waiting for us, Cleo the longest")
    assert one.counts == {"waiting": 2, "strangers": 1, "promises": 0, "hours": 0}


@pytest.mark.parametrize(
    ("waiting", "leads", "owners"),
    [
        ([], "Nobody is waiting for you; a good moment for", "Nobody is waiting for us; a good moment for"),
        (["cassini"], "Nobody is waiting for you; a good moment for", "Cora is waiting for us."),
        (["borealis"], "Cleo is waiting for you.", "Cleo is waiting for us."),
        (
            ["borealis", "borealis", "cassini"],
            "Two people are waiting for you, Cleo the longest.",
            "Three people are waiting for us, Cleo the longest.",
        ),
    ],
)
def test_whom_they_wait_for_is_said_of_the_readers_own_day_and_of_the_firms(
    studio: Studio, waiting: list[str], leads: str, owners: str
) -> None:
    people = {"borealis": studio.cleo, "cassini": studio.cora}
    for minute, name in enumerate(waiting):
        wrote(getattr(studio, name), by=people[name], at=london(20, f"09:{10 + minute}"))
    assert said(brief(studio.bo, at=NOW)).startswith(f"Good morning, Bo. {leads}")
    assert said(brief(studio.ada, at=NOW)).startswith(f"Good morning, Ada. {owners}")
    assert "waiting for us" in said(brief(studio.fin, at=NOW))
    assert "Nobody is waiting for you" in said(brief(studio.kit, at=NOW))


def test_a_promise_is_said_with_its_hour(studio: Studio) -> None:
    promised(studio.borealis, by=studio.bo, due=london(20, "15:00"), at=london(12), contact=studio.cleo)
    one = brief(studio.bo, at=NOW)
    assert said(one) == "Good morning, Bo. Nobody is waiting for you; what we promised Cleo falls due at 15:00."
    assert one.items[0].act == "Keep it"


def test_a_promise_of_next_week_can_wait(studio: Studio) -> None:
    promised(studio.borealis, by=studio.bo, due=london(27, "15:00"))
    assert brief(studio.bo, at=NOW).items == ()


def test_a_member_sees_theirs_a_lead_their_clients_an_owner_everything(studio: Studio) -> None:
    wrote(studio.borealis, by=studio.cleo, at=london(20, "09:10"))
    wrote(studio.cassini, by=studio.cora, at=london(20, "09:20"))
    promised(studio.borealis, by=studio.kit, due=london(20, "15:00"), at=london(12))
    assert [item.kind for item in brief(studio.kit, at=NOW).items] == ["promise"]
    assert [item.client for item in brief(studio.bo, at=NOW).items] == [studio.borealis, studio.borealis]
    assert {item.client for item in brief(studio.ada, at=NOW).items} == {studio.borealis, studio.cassini}
    assert len(brief(installation(), at=NOW).items) == 3


def test_what_somebody_was_asked_to_look_after_is_theirs(studio: Studio) -> None:
    message = wrote(studio.borealis, by=studio.cleo, at=london(20, "09:10"))
    conversations.assign(message.conversation, to=studio.kit, by=studio.bo, at=london(20, "09:20"))
    assert [item.who for item in brief(studio.kit, at=NOW).items] == ["Cleo North"]
    assert brief(studio.bo, at=NOW).items == ()


def test_hours_are_for_those_who_may_see_money(studio: Studio) -> None:
    engagement = sold(studio.borealis, by=studio.ada, kind=Kind.RETAINER, hours=40, starts=date(2026, 10, 1))
    for day in (1, 2, 5, 6, 7, 8, 9, 12):
        worked(studio.borealis, engagement=engagement, member=studio.kit, day=date(2026, 10, day), hours=6)
    (item,) = brief(studio.bo, at=NOW).items
    assert (item.kind, item.late, item.act) == ("hours", True, "Prepare the talk")
    assert "Borealis has used up October’s hours" in said(brief(studio.bo, at=NOW))
    assert brief(studio.kit, at=NOW).items == ()


def test_an_owner_learns_of_a_walled_client_and_a_member_behind_it_never(studio: Studio) -> None:
    wrote(studio.cassini, by=studio.cora, at=london(19, "09:10"))
    message = wrote(studio.cassini, by=studio.cora, at=london(19, "09:30"))
    conversations.assign(message.conversation, to=studio.bo, by=studio.ada, at=london(19, "10:00"))
    assert len(brief(studio.ada, at=NOW).items) == 2
    kits = brief(studio.kit, at=NOW)
    assert kits.items == ()
    assert "Cora" not in said(kits)


def test_a_past_morning_is_told_from_what_was_known_then(studio: Studio) -> None:
    message = wrote(studio.borealis, by=studio.cleo, at=london(13, "09:10"))
    promise = promised(studio.borealis, by=studio.bo, due=london(13, "15:00"), at=london(12))
    wrote(studio.borealis, by=studio.bo, at=london(13, "12:00"), conversation=message.conversation)
    promises.keep(promise, by=studio.bo, at=london(13, "14:00"))
    assert brief(studio.bo, at=NOW).items == ()
    then = brief(studio.bo, at=london(13, "09:40"), replay=True)
    assert [item.kind for item in then.items] == ["waiting", "promise"]


@pytest.mark.parametrize("replay", [False, True])
def test_a_longer_history_asks_no_more_of_the_database(
    studio: Studio, replay: bool, django_assert_max_num_queries: Any
) -> None:
    for length in (1, 12):
        for number in range(length):
            day = 1 + number
            message = wrote(studio.borealis, by=studio.cleo, at=london(day, "10:00"))
            wrote(studio.borealis, by=studio.bo, at=london(day, "12:00"), conversation=message.conversation)
            wrote(None, by=f"zed{length}-{number}@stranger.example", at=london(day, "13:00"))
            promised(studio.borealis, by=studio.bo, due=london(day, "17:00"), at=london(day))
            clients.welcome(name=f"Client {length} {number}", by=studio.ada, at=london(day))
        with django_assert_max_num_queries(18):
            brief(studio.ada, at=NOW, replay=replay)


def test_json_tells_who_what_why_and_where(studio: Studio) -> None:
    wrote(studio.borealis, by=studio.cleo, at=london(20, "09:10"))
    told = brief(studio.bo, at=NOW).items[0].told("/inbox/1/")
    assert {"kind", "client", "who", "why", "due", "late", "act", "url"} <= told.keys()
    assert (told["client"], told["late"], told["url"]) == ("Borealis", False, "/inbox/1/")


def test_who_rang_is_called_back(studio: Studio) -> None:
    message = wrote(None, by="", at=london(20, "09:10"), text="Rang at 09:10 and left no word.")
    Message.objects.filter(pk=message.pk).update(channel="call", sender_name="+44 113 496 0001")
    (item,) = brief(studio.ada, at=NOW).items
    assert (item.who, item.act) == ("+44 113 496 0001", "Call back")
    assert item.why == "+44 113 496 0001 rang today at 09:10, and nobody has answered."


def test_what_nobody_answered_is_told_after_what_presses(studio: Studio) -> None:
    ours = wrote(studio.borealis, by=studio.bo, at=london(6, "09:00"), asks=True)
    Message.objects.filter(pk=ours.pk).update(to=[["Cleo North", "cleo@borealis.example"]])
    wrote(studio.borealis, by=studio.cleo, at=london(20, "09:10"), subject="Another")
    one = brief(studio.bo, at=NOW)
    assert [item.kind for item in one.items] == ["waiting", "unanswered"]
    assert one.items[1].why.startswith("Cleo has not answered your mail of Tue 6 Oct. We don")
    assert one.counts == {"waiting": 1, "strangers": 0, "promises": 0, "hours": 0}
    assert brief(studio.kit, at=NOW).items == ()
    assert "Cleo has not answered Bo’s mail of Tue 6 Oct. " in brief(installation(), at=NOW).items[-1].why
    # the day after it was sent it was too early to ask
    assert brief(studio.bo, at=london(7), replay=True).items == ()


def test_mail_to_another_address_of_a_member_is_theirs_too(studio: Studio) -> None:
    addresses.add_address(studio.kit, email="kit@home.example", by=studio.ada, at=NOW)
    message = wrote(None, by=ZED, at=london(20, "09:10"))
    assert brief(studio.kit, at=NOW).items == ()
    Message.objects.filter(pk=message.pk).update(to=[["Kit", "KIT@home.example"]])
    assert [item.who for item in brief(studio.kit, at=NOW).items] == [ZED]
