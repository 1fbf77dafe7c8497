"""All who wait, judged at one moment: the measure's own answer, and no more rows than are looked at."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from kept.ledgers.conversations import pausing
from kept.measures.pauses import Pause
from kept.measures.replies import Clock, due
from kept.measures.working_time import Calendar
from kept.readings.calendars import offices
from kept.readings.waiting import waiting
from kept.readings.waiting_clocks import Clocks
from kept.readings.waiting_shelf import fetch
from tests.acting import wrote
from tests.studio import NOW, Studio, london

WEEK = {day: [("09:00", "12:30"), ("13:15", "17:30")] for day in ("mon", "tue", "wed", "thu", "fri")}
HOUSES = [
    Calendar(zone="Europe/London", windows=WEEK, holidays=[NOW.date() - timedelta(days=4)]),
    Calendar(zone="America/New_York", windows={"sat": [("22:00", "24:00")], "sun": [("00:00", "03:00")]}),
]


@pytest.mark.parametrize("seed", range(5))
def test_what_is_counted_once_for_all_pages_is_what_the_measure_counts(seed: int) -> None:
    dice = Random(seed)
    at = NOW + timedelta(minutes=dice.randrange(60 * 24 * 400))
    clocks = Clocks(at)
    for number in range(60):
        began = at - timedelta(seconds=dice.choice([0, 40, 3600, 86400, 86400 * 30, 86400 * 300]) * dice.random())
        clock, pledge = Clock(number, began), timedelta(minutes=dice.choice([20, 60, 240, 960]))
        pauses = [Pause(began + (at - began) * dice.random())] if dice.random() < 0.2 else []
        house = dice.choice(HOUSES)
        said = clocks.judged(clock, calendar=house, pledge=pledge, pauses=pauses)
        assert said == due(clock, calendar=house, pledge=pledge, at=at, pauses=pauses)


def test_a_moment_before_all_counting_is_judged_all_the_same() -> None:
    clock = Clock(1, datetime(1999, 5, 3, 9, tzinfo=NOW.tzinfo))
    said = Clocks(NOW).judged(clock, calendar=HOUSES[0], pledge=timedelta(hours=4))
    assert said == due(clock, calendar=HOUSES[0], pledge=timedelta(hours=4), at=NOW)


def test_a_calendar_that_never_opens_long_enough_is_still_refused() -> None:
    closed = Calendar(zone="Europe/London", windows={})
    with pytest.raises(ValueError, match="is not open for that long"):
        Clocks(NOW).judged(Clock(1, NOW), calendar=closed, pledge=timedelta(hours=1))


def test_only_the_rows_that_are_looked_at_are_fetched(studio: Studio, django_assert_num_queries: Any) -> None:
    for minute in range(3):
        wrote(studio.borealis, by=studio.cleo, at=london(20, f"09:0{minute}"))
    found = waiting(studio.bo, at=NOW, offices=offices())
    with django_assert_num_queries(1):
        fetch(found[:2])
        assert [(one.who, one.client) for one in found[:2]] == [("Cleo North", studio.borealis)] * 2
        assert [one.conversation.pk for one in found[:2]] == [one.talk_id for one in found[:2]]
    with django_assert_num_queries(1):
        assert found[2].last.at == london(20, "09:02")
    fetch([])


def test_people_are_told_apart_before_their_rows_are_fetched(studio: Studio, django_assert_num_queries: Any) -> None:
    wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00"))
    wrote(studio.borealis, by=studio.cleo, at=london(20, "09:05"))
    held = wrote(None, by=studio.zed, at=london(20, "09:10"))
    pausing.pause(held.conversation, reason="their logo", by=studio.bo, at=london(20, "09:20"))
    found = waiting(studio.bo, at=NOW, offices=offices(), paused=True)
    with django_assert_num_queries(0):
        assert [one.person for one in found] == [studio.cleo.pk, studio.cleo.pk, studio.zed]
