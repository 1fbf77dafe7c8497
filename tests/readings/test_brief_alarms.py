"""What a brief tells of trust: the same day, once, and to whom it belongs."""

from datetime import timedelta

import pytest

from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Stage
from kept.ledgers.promises import verbs as promises
from kept.ledgers.promises.models import Promise, Size
from kept.ledgers.reckoning import verbs as reckoning
from kept.ledgers.team.models import Member
from kept.readings.brief import Brief, brief
from kept.readings.brief_alarms import _kept
from kept.readings.brief_items import Item
from kept.readings.snapshots.taking import take
from tests.acting import promised, wrote
from tests.studio import NOW, Studio, london


def told(viewer: Member) -> list[Item]:
    _kept.cache_clear()  # a minute later
    found: Brief = brief(viewer, at=NOW)
    return found.of("incident", "drift")


def broken_and_kept_at_last(studio: Studio, *, day: int = 19) -> Promise:
    """A major promise that broke at noon of the day before, and was kept after all, so that it is due no more."""
    row = promises.promise(
        studio.borealis, words="The launch", due=london(day - 14, "12:00"), by=studio.bo, at=london(1), size=Size.MAJOR
    )
    promises.keep(row, by=studio.bo, at=london(day, "16:00"))
    return row


def drifting(studio: Studio) -> None:
    for week in range(75, 0, -1):
        due = NOW - timedelta(weeks=week, days=1)
        row = promised(studio.borealis, by=studio.bo, due=due, at=due - timedelta(days=5))
        promises.keep(row, by=studio.bo, at=due + (timedelta(days=6) if week < 12 else timedelta(hours=-1)))


def test_a_major_promise_broken_is_told_with_what_opens_it(studio: Studio) -> None:
    row = broken_and_kept_at_last(studio)
    take(at=NOW)
    [item] = told(studio.bo)
    assert (item.kind, item.what, item.place) == ("incident", "The launch", ("desk:promise", row.pk))
    assert (item.act, item.state, item.why) == ("Speak with them", "broken", "A major promise broken; Bo leads.")


def test_it_is_told_until_the_end_of_the_next_working_day(studio: Studio) -> None:
    broken_and_kept_at_last(studio, day=16)  # a Friday; Monday was the next working day
    take(at=NOW)
    assert told(studio.bo) == []


def test_what_has_its_own_line_is_not_told_twice(studio: Studio) -> None:
    promises.promise(
        studio.borealis, words="The launch", due=london(5, "12:00"), by=studio.bo, at=london(1), size=Size.MAJOR
    )
    wrote(studio.borealis, by=studio.cleo, at=london(15, "09:30"))
    take(at=NOW)
    assert {item.kind for item in brief(studio.ada, at=NOW).items} == {"promise", "waiting"}


def test_a_pillar_that_grows_worse_is_told_until_somebody_saw_it(studio: Studio) -> None:
    drifting(studio)
    take(at=NOW)
    [item] = told(studio.bo)
    assert (item.kind, item.what) == ("drift", "Consistency grows worse bit by bit")
    assert item.place == ("desk:trust", studio.borealis.pk)
    reckoning.see_alarm(studio.borealis, part="consistency", by=studio.bo, at=NOW)
    take(at=NOW)
    assert told(studio.bo) == []


def test_it_is_its_leads_and_the_owners_and_nobody_elses(studio: Studio) -> None:
    broken_and_kept_at_last(studio)
    take(at=NOW)
    assert [len(told(who)) for who in (studio.ada, studio.bo, studio.fin, studio.kit)] == [1, 1, 1, 0]


def test_who_is_kept_out_is_told_nothing(studio: Studio) -> None:
    clients.change(studio.cassini, lead=studio.kit, by=studio.ada, at=NOW)
    row = promises.promise(
        studio.cassini, words="The launch", due=london(5, "12:00"), by=studio.ada, at=london(1), size=Size.MAJOR
    )
    promises.keep(row, by=studio.ada, at=london(19, "16:00"))
    take(at=NOW)
    assert (len(told(studio.ada)), told(studio.kit)) == (1, [])


@pytest.mark.parametrize("why", ["no snapshot", "an old one", "a client of the past"])
def test_without_a_fresh_count_of_a_client_there_is_nothing_to_tell(studio: Studio, why: str) -> None:
    broken_and_kept_at_last(studio)
    if why == "an old one":
        take(at=NOW - timedelta(days=3))
    if why == "a client of the past":
        take(at=NOW)
        clients.change(studio.borealis, stage=Stage.PAST, by=studio.ada, at=NOW)
    assert told(studio.ada) == []


def test_the_counts_are_of_what_they_always_were(studio: Studio) -> None:
    broken_and_kept_at_last(studio)
    take(at=NOW)
    assert brief(studio.ada, at=NOW).counts == {"waiting": 0, "strangers": 0, "promises": 0, "hours": 0}
