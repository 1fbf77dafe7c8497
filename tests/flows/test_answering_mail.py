"""Mail as it comes in, from its bytes to the clock: who waits, for whom, and what never stops a clock."""

import pytest

from kept.ledgers.conversations import contradicting, handing_out, pausing, settling, verbs
from kept.ledgers.conversations.models import Conversation, Message, Pause
from kept.ledgers.conversations.noticed import About
from kept.readings.calendars import offices
from kept.readings.waiting import Waiting, waiting
from tests.flows.post import letter, received
from tests.studio import NOW, Studio, london

CLEO, ADA, ZED = "Cleo North <cleo@borealis.example>", "Ada Lark <ada@larkfield.example>", "zed@stranger.example"


def who_waits(studio: Studio) -> list[Waiting]:
    return waiting(studio.ada, at=NOW, offices=offices())


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("I am out of the office until Monday and will answer then.", "Auto-Submitted: auto-replied"),
        ("We have received your message. A person will answer soon.", "X-Autoreply: yes\nPrecedence: auto_reply"),
        ("Ich bin bis 2. November nicht im Büro.", "X-Auto-Response-Suppress: All\nAuto-Submitted: auto-replied"),
    ],
)
def test_an_absence_or_acknowledgement_of_ours_never_stops_their_clock(studio: Studio, text: str, more: str) -> None:
    received(letter(CLEO, at=london(20, "09:00"), id="asks"))
    received(letter(ADA, to=CLEO, at=london(20, "09:01"), after="asks", text=text, more=more))
    (one,) = who_waits(studio)
    assert (one.first.message_id, one.wait.due) == ("asks", london(20, "13:00"))
    verbs.acknowledge(one.conversation, by=studio.ada, at=london(20, "09:02"))
    assert [one.wait.due for one in who_waits(studio)] == [london(20, "13:00")]
    received(letter(ADA, to=CLEO, at=london(20, "09:30"), after="asks", text="Here they are."))
    assert who_waits(studio) == []


def test_an_absence_of_theirs_starts_no_clock(studio: Studio) -> None:
    away = letter(CLEO, text="I am away until Monday.", more="Auto-Submitted: auto-replied", at=london(20, "09:00"))
    received(away)
    assert who_waits(studio) == []


@pytest.mark.parametrize("text", ["Thanks!", "Perfekt, vielen Dank!", "Great, thank you so much."])
def test_a_mere_thank_you_starts_no_clock_until_a_person_says_that_it_does(studio: Studio, text: str) -> None:
    received(letter(ADA, to=CLEO, at=london(20, "08:00"), id="ours", text="Here they are."))
    received(letter(CLEO, at=london(20, "09:00"), after="ours", id="thanks", text=text))
    assert who_waits(studio) == []
    thanks = Message.objects.get(message_id="thanks")
    assert thanks.closing
    contradicting.contradict(thanks, about=About.CLOSING, by=studio.ada, at=NOW)
    assert [one.first for one in who_waits(studio)] == [thanks]


def test_a_thank_you_that_asks_more_starts_its_clock(studio: Studio) -> None:
    received(letter(CLEO, at=london(20, "09:00"), text="Thanks! Could you also send the logo?"))
    assert len(who_waits(studio)) == 1


def test_a_stranger_has_an_owner_and_a_clock_as_soon_as_the_mail_is_in(studio: Studio) -> None:
    handing_out.set_rota([studio.kit], by=studio.ada, at=NOW)
    received(letter(ZED, at=london(20, "09:00")), letter(CLEO, at=london(20, "09:00")))
    assert {one.who: one.member_id for one in who_waits(studio)} == {ZED: studio.kit.pk, "Cleo North": studio.bo.pk}


def test_a_question_of_ours_is_known_for_one(studio: Studio) -> None:
    texts = {"asks": "Could you send us the logo by Friday?", "tells": "The pages are live now."}
    received(*(letter(ADA, to=CLEO, at=london(20, "09:00"), id=name, text=text) for name, text in texts.items()))
    received(letter(CLEO, at=london(20, "09:00"), id="theirs", text=texts["asks"]))
    assert dict(Message.objects.values_list("message_id", "asks")) == {"asks": True, "tells": False, "theirs": False}


def test_conversations_that_turn_out_to_be_one_keep_their_pauses(studio: Studio) -> None:
    received(letter(CLEO, at=london(19, "09:00"), id="one", subject="Logo"))
    received(letter(CLEO, at=london(19, "10:00"), id="other", subject="Colours"))
    for talk in Conversation.objects.all():
        pausing.pause(talk, reason=f"their {talk.subject.lower()}", by=studio.bo, at=london(19, "11:00"))
    received(letter(ADA, to=CLEO, at=london(19, "12:00"), after="one other", text="Both belong together."))
    assert Conversation.objects.count() == 1
    assert set(Pause.objects.values_list("reason", "ended_at")) == {
        ("their logo", None),
        ("their colours", london(19, "11:00")),
    }
    assert settling.untrue() == []
