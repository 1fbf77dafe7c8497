"""What they ask for by a day comes up with that day, where it is sooner than our pledge; and it is said so."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from kept.flows.notice import notice
from kept.ledgers.conversations import asked
from kept.ledgers.conversations.models import Message, Request
from kept.measures.wishes import Wanted
from kept.readings.brief import brief
from kept.readings.calendars import offices
from kept.readings.inbox import inbox
from kept.readings.waiting import Waiting, waiting
from kept.readings.wanted_words import wanted_words
from tests.acting import wrote
from tests.cast import LONDON, NOW, Studio, london


def asks(studio: Studio, text: str, *, at: datetime = NOW - timedelta(minutes=5)) -> Message:
    message = wrote(studio.borealis, by=studio.cleo, at=at, text=text, subject=text[:40])
    notice([message.pk], at=NOW)
    return message


def found(studio: Studio, **how: Any) -> list[Waiting]:
    return waiting(studio.bo, at=NOW, offices=offices(), **how)


@pytest.fixture(autouse=True)
def _a_pledge_of_days(studio: Studio) -> None:
    studio.firm.pledge_minutes = 24 * 60
    studio.firm.save()


def test_who_asks_for_it_today_comes_before_who_waits_longer(studio: Studio) -> None:
    longer = asks(studio, "Could you send the map?", at=london(19, "10:00"))
    today = asks(studio, "Could you send the logo today?")
    assert [one.first for one in found(studio)] == [today, longer]
    assert found(studio)[0].wanted == Wanted(london(20, "17:30"), whole_day=True)


def test_a_day_further_than_the_pledge_changes_no_order(studio: Studio) -> None:
    longer = asks(studio, "Could you send the map?", at=london(19, "10:00"))
    later = asks(studio, "Could you send the logo by 30 November?")
    assert [one.first for one in found(studio)] == [longer, later]


def test_what_is_dismissed_hurries_no_more_but_did_before(studio: Studio) -> None:
    longer = asks(studio, "Could you send the map?", at=london(19, "10:00"))
    asks(studio, "Could you send the logo today?")
    asked.dismiss_request(Request.objects.exclude(by_at=None).get(), by=studio.bo, at=NOW)
    assert found(studio)[0].first == longer
    assert all(one.wanted is None for one in found(studio))
    before = waiting(studio.bo, at=NOW - timedelta(minutes=1), offices=offices(), replay=True)
    assert before[0].wanted is not None


@pytest.mark.parametrize("replay", [False, True])
def test_today_says_by_when_they_ask_for_it(studio: Studio, replay: bool) -> None:
    asks(studio, "Could you send the logo by Friday?")
    (item,) = brief(studio.bo, at=NOW, replay=replay).items
    assert item.why.endswith("and nobody has answered. They ask for it by Friday.")
    assert item.told("/inbox/1/")["why"] == item.why


def test_today_puts_it_in_its_place(studio: Studio) -> None:
    asks(studio, "Could you send the map?", at=london(19, "16:00"))
    asks(studio, "Please send us the logo asap.")
    assert ["asap" in item.why for item in brief(studio.bo, at=NOW).items] == [True, False]


def test_the_inbox_knows_it_too(studio: Studio) -> None:
    asks(studio, "Could you send the logo by Friday?")
    (row,) = inbox(studio.bo, at=NOW, offices=offices()).rows
    assert row.wanted == Wanted(london(23, "17:30"), whole_day=True)


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Wanted(london(23, "17:30"), whole_day=True), "by Friday"),
        (Wanted(london(21, "17:30"), whole_day=True), "by tomorrow"),
        (Wanted(london(20, "17:30"), whole_day=True), "today"),
        (Wanted(london(19, "17:30"), whole_day=True), "by yesterday"),
        (Wanted(london(30, "17:30"), whole_day=True), "by Fri 30 Oct"),
        (Wanted(london(21, "12:00")), "by tomorrow, 12:00"),
        (Wanted(london(20, "15:00")), "by 15:00"),
        (Wanted(london(20, "17:30"), word="ASAP"), "asap"),
    ],
)
def test_it_is_said_as_people_say_it(wanted: Wanted, said: str) -> None:
    assert wanted_words(wanted, now=NOW, zone=LONDON) == said
