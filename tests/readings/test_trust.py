"""Trust of clients from the ledgers: the same as by hand, with the numbers and exclusions of its day."""

from datetime import datetime, timedelta
from math import fsum
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kept.ledgers.clients import verbs as clients
from kept.ledgers.promises import verbs as promises
from kept.ledgers.promises.models import Promise, Size
from kept.ledgers.reckoning import verbs as reckoning
from kept.measures.belief import Confidence
from kept.measures.drift import Level
from kept.measures.incidents import Kind
from kept.measures.trust import trust_of_all
from kept.measures.trust_events import Event
from kept.measures.trust_streams import Part, Stream
from kept.readings.calendars import offices
from kept.readings.evidence.sources import events_of_all
from kept.readings.trust import Reckoned, trust_of_clients, trust_of_firm
from tests.acting import promised, wrote
from tests.studio import NOW, Studio, london


def of(studio: Studio, *, at: datetime = NOW) -> Reckoned:
    return trust_of_firm(at).clients[studio.borealis.pk]


def kept(studio: Studio, day: int, *, late: int = 0, size: Size = Size.NORMAL) -> Promise:
    """A promise to Borealis, made on the first of October, kept so many days late."""
    row = promises.promise(
        studio.borealis, words="The drafts", due=london(day, "12:00"), by=studio.bo, at=london(1, "09:00"), size=size
    )
    promises.keep(row, by=studio.bo, at=london(day, "11:00") + timedelta(days=late))
    return row


def broken(studio: Studio, *, size: Size = Size.NORMAL) -> Promise:
    """A promise to Borealis that broke on 15 October, at noon."""
    return promises.promise(
        studio.borealis, words="The launch", due=london(1, "12:00"), by=studio.bo, at=london(1, "09:00"), size=size
    )


def weeks_of_failing(studio: Studio) -> None:
    """A good year to learn what is usual, then weeks in which every promise came late."""
    for week in range(75, 0, -1):
        due = NOW - timedelta(weeks=week, days=1)
        row = promised(studio.borealis, by=studio.bo, due=due, at=due - timedelta(days=5))
        promises.keep(row, by=studio.bo, at=due + (timedelta(days=6) if week < 12 else timedelta(hours=-1)))


def test_the_reading_is_what_one_gets_by_hand(studio: Studio) -> None:
    good, bad = kept(studio, 6), broken(studio, size=Size.MAJOR)
    first = wrote(studio.borealis, by=studio.cleo, at=london(12, "10:00"))
    wrote(studio.borealis, by=studio.bo, at=london(12, "16:00"), conversation=first.conversation)
    by_hand = [
        Event(Stream.PROMISE, london(6, "11:00"), 1.0, 1.0, 90.0, good.pk),
        Event(Stream.PROMISE, london(15, "12:00"), 0.0, 2.0, 180.0, bad.pk, major=True),
        Event(Stream.REPLY, london(12, "16:00"), 0.75, 0.25, 30.0, first.pk),
    ]
    expected, _ = trust_of_all({studio.borealis.pk: by_hand, studio.cassini.pk: []}, at=NOW)
    assert of(studio).trust == expected[studio.borealis.pk]


def test_the_points_add_up_to_the_way_from_the_baseline(studio: Studio) -> None:
    kept(studio, 6)
    kept(studio, 7, late=3)
    broken(studio)
    found = of(studio).trust
    assert fsum(each.points for each in found.contributions) == pytest.approx(found.value - found.baseline, abs=1e-9)


def test_a_client_without_evidence_is_thin_and_where_the_firm_began_it(studio: Studio) -> None:
    found = of(studio).trust
    assert (found.value, found.evidence, found.contributions) == (pytest.approx(85.0), Confidence.THIN, ())


def test_who_may_trust_us_least_comes_first(studio: Studio) -> None:
    broken(studio, size=Size.MAJOR)
    found = trust_of_firm(NOW).by_low
    assert [one.client_id for one in found] == [studio.borealis.pk, studio.cassini.pk]


def test_one_client_alone_is_counted_as_among_all(studio: Studio) -> None:
    kept(studio, 6)
    promises.keep(promised(studio.cassini, by=studio.ada, due=london(9), at=london(1)), by=studio.ada, at=london(8))
    everybody = trust_of_firm(NOW)
    alone = trust_of_clients({studio.borealis.pk: everybody.priors.of(studio.borealis.pk)}, at=NOW)
    assert alone == {studio.borealis.pk: everybody.clients[studio.borealis.pk]}


def test_a_row_set_aside_does_not_count_until_its_day_and_is_still_shown(studio: Studio) -> None:
    row = broken(studio)
    before = of(studio, at=london(16)).trust
    reckoning.set_aside(
        studio.borealis, stream="promise", row=row.pk, reason="They asked us to wait", until=london(30),
        by=studio.bo, at=london(17),
    )  # fmt: skip
    while_aside = of(studio).trust
    assert (while_aside.n, [each.reason for each in while_aside.excluded]) == (0, ["They asked us to wait"])
    assert of(studio, at=london(16)).trust == before
    assert [each.row for each in of(studio, at=london(30)).trust.contributions] == [row.pk]


def test_what_counts_again_does_so_from_then_on_only(studio: Studio) -> None:
    row = broken(studio)
    aside = reckoning.set_aside(
        studio.borealis, stream="promise", row=row.pk, reason="They asked us to wait", until=london(30),
        by=studio.bo, at=london(16),
    )  # fmt: skip
    reckoning.let_count(aside, by=studio.bo, at=london(18))
    assert [of(studio, at=london(day)).trust.n for day in (17, 19)] == [0, 1]


def test_a_row_deleted_since_leaves_a_tombstone_and_its_day_as_it_was(studio: Studio) -> None:
    row = broken(studio)
    before = of(studio, at=london(16)).trust
    promises.withdraw(row, by=studio.bo, at=london(17))
    found = of(studio).trust
    assert (found.n, [(each.row, each.by, each.until) for each in found.excluded]) == (0, [(row.pk, "Bo Field", None)])
    assert of(studio, at=london(16)).trust == before != found


def test_numbers_are_those_of_the_day(studio: Studio) -> None:
    kept(studio, 6, late=1)
    before = of(studio, at=london(8)).trust
    changed = reckoning.change_number("streams.promise_a_day_late", value=0.1, by=studio.ada, at=london(9))
    lowered = of(studio, at=london(10)).trust
    reckoning.take_back_change(changed, by=studio.ada, at=london(11))
    assert lowered.value < before.value
    assert of(studio, at=london(8)).trust == before
    assert of(studio, at=london(10)).trust == lowered
    assert of(studio, at=london(12)).trust.value > lowered.value


def test_a_number_of_another_version_is_passed_over(studio: Studio) -> None:
    before = of(studio).trust
    reckoning.change_number("streams.gone", value=0.1, by=studio.ada, at=london(9))
    reckoning.change_number("blend.most_in_a_week", value=1000.0, by=studio.ada, at=london(9))
    assert of(studio).trust == before


def test_a_client_who_came_later_does_not_change_an_earlier_day(studio: Studio) -> None:
    kept(studio, 6)
    before = of(studio, at=london(8)).trust
    for number in range(5):
        clients.welcome(name=f"Dione {number}", lead=studio.bo, by=studio.ada, at=london(9))
    assert of(studio, at=london(8)).trust == before
    assert len(trust_of_firm(london(8)).clients) == 2
    assert len(trust_of_firm(NOW).clients) == 7


def test_a_major_promise_broken_and_a_message_long_unanswered_are_told_at_once(studio: Studio) -> None:
    row = broken(studio, size=Size.MAJOR)
    message = wrote(studio.borealis, by=studio.cleo, at=london(16, "09:30"))
    found = of(studio).incidents
    assert {(each.kind, each.row) for each in found} == {
        (Kind.MAJOR_BROKEN, row.pk),
        (Kind.UNANSWERED, message.pk),
    }


def test_a_major_promise_broken_is_told_also_where_it_weighs_as_any_other(studio: Studio) -> None:
    reckoning.change_number("streams.promise_major", value=1, by=studio.ada, at=london(1), why="All alike")
    row = broken(studio, size=Size.MAJOR)
    assert [(each.kind, each.row) for each in of(studio).incidents] == [(Kind.MAJOR_BROKEN, row.pk)]
    assert [each.words for each in of(studio).trust.reasons][:1] == ["one major broken promise"]


def test_a_pillar_that_grows_worse_is_told_until_somebody_saw_it(studio: Studio) -> None:
    weeks_of_failing(studio)
    alarm = next(each for each in of(studio).drifts if each.part is Part.CONSISTENCY)
    assert (alarm.level, len(alarm.reasons) > 3) == (Level.ALARM, True)
    assert of(studio).drop(Part.CONSISTENCY).words == "very likely"
    seen = reckoning.see_alarm(studio.borealis, part="consistency", by=studio.bo, at=NOW)
    after = NOW + timedelta(minutes=1)
    assert of(studio, at=after).alarms == ()
    reckoning.take_back_seeing(seen, by=studio.bo, at=after)
    assert [each.level for each in of(studio, at=after).alarms] == [Level.ALARM]


def test_the_queries_are_as_many_however_many_clients_and_rows(studio: Studio, django_assert_num_queries: Any) -> None:
    kept(studio, 6)
    with CaptureQueriesContext(connection) as few:
        trust_of_firm(NOW)
    for number in range(5):
        clients.welcome(name=f"Dione {number}", lead=studio.bo, by=studio.ada, at=london(9))
        kept(studio, 7 + number)
    with django_assert_num_queries(len(few)):
        trust_of_firm(NOW)


def test_what_was_read_is_what_the_sources_say(studio: Studio) -> None:
    kept(studio, 6)
    assert list(of(studio).events) == events_of_all(at=NOW, offices=offices())[studio.borealis.pk]


def test_another_pledge_for_replies_leaves_an_earlier_day_as_it_was(studio: Studio) -> None:
    wrote(studio.borealis, by=studio.cleo, at=london(1))
    then = london(5)
    before = of(studio, at=then).trust.value
    clients.change(studio.borealis, pledge_minutes=6000, by=studio.bo, at=london(10))
    changed = of(studio, at=london(11)).trust.value
    clients.change(studio.borealis, pledge_minutes=None, by=studio.bo, at=london(12))
    assert of(studio, at=then).trust.value == before < changed == of(studio, at=london(11)).trust.value
