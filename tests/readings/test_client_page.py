"""One client on one page: what it stands on, for each viewer."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Client, ContactRole
from kept.ledgers.engagements import verbs as engagements
from kept.ledgers.engagements.models import Kind, OverReason
from kept.ledgers.promises import verbs as promises
from kept.readings.calendars import offices
from kept.readings.client_hours import earned
from kept.readings.client_page import Page, client_page, found
from tests.acting import promised, sold, worked, wrote
from tests.cast import NOW, Studio, london


def read(studio: Studio, viewer: Any = None) -> Page:
    viewer = viewer or studio.bo
    return client_page(found(viewer).get(pk=studio.borealis.pk), viewer=viewer, at=NOW, offices=offices())


def retainer(studio: Studio, **other: Any) -> Any:
    facts = {"name": "Retainer", "kind": Kind.RETAINER, "hours": 40, "fee": 4800, "starts": date(2026, 8, 1)} | other
    return sold(studio.borealis, by=studio.ada, **facts)


def test_a_client_of_whom_nothing_is_known_has_an_empty_page(studio: Studio) -> None:
    page = read(studio)
    assert (page.last, page.waiting, page.promises.interval, page.hours.running) == (None, [], None, ())
    assert [one.contact for one in page.people] == [studio.cleo]


def test_promises_stand_in_their_groups(studio: Studio) -> None:
    kept = promised(studio.borealis, by=studio.bo, due=london(14, "12:00"), at=london(12), words="kept")
    promises.keep(kept, by=studio.bo, at=london(14, "10:00"))
    slow = promised(studio.borealis, by=studio.bo, due=london(14, "12:00"), at=london(12), words="slow")
    promises.keep(slow, by=studio.bo, at=london(16, "17:00"))
    promised(studio.borealis, by=studio.bo, due=london(19, "12:00"), at=london(12), words="late")
    promised(studio.borealis, by=studio.bo, due=london(23, "12:00"), at=london(12), words="next")
    promised(studio.borealis, by=studio.bo, due=london(30, "12:00"), at=london(12), words="after")
    page = read(studio).promises
    assert (page.kept, len(page.settled)) == (1, 2)
    assert [one.promise.words for one in page.unkept] == ["slow"]
    assert [one.promise.words for one in page.overdue] == ["late"]
    assert page.next is not None
    assert page.next.promise.words == "next"
    assert page.interval is not None
    assert 0 < page.interval.low < 0.5 < page.interval.high < 1


def test_a_promise_broken_and_still_open_counts_as_not_kept(studio: Studio) -> None:
    promised(studio.borealis, by=studio.bo, due=london(1, "12:00", month=9), at=london(20, month=8))
    page = read(studio).promises
    assert (page.kept, len(page.settled), len(page.overdue), len(page.open)) == (0, 1, 1, 1)


def test_what_was_settled_more_than_half_a_year_ago_no_longer_counts(studio: Studio) -> None:
    old = promised(studio.borealis, by=studio.bo, due=london(14, month=1), at=london(12, month=1))
    promises.keep(old, by=studio.bo, at=london(14, month=1))
    assert read(studio).promises.settled == ()


def test_last_spoken_is_the_newest_word_of_a_person(studio: Studio) -> None:
    message = wrote(studio.borealis, by=studio.cleo, at=london(12, "10:00"))
    wrote(studio.borealis, by="news@borealis.example", at=london(19), automatic="bulk", subject="News")
    last = read(studio).last
    assert last is not None
    assert (last.at, last.conversation_id) == (london(12, "10:00"), message.conversation_id)


def test_a_word_of_more_than_half_a_year_ago_is_still_the_last_one(studio: Studio) -> None:
    message = wrote(studio.borealis, by=studio.cleo, at=london(12, "10:00", month=1), subject="The fair")
    wrote(studio.borealis, by=studio.bo, at=london(12, "15:00", month=1), conversation=message.conversation)
    last = read(studio).last
    assert last is not None
    assert (last.at, last.conversation_id) == (london(12, "15:00", month=1), message.conversation_id)


def test_sold_and_worked_shares_stand_beside_each_other(studio: Studio) -> None:
    engagement = retainer(studio)
    for member, share in ((studio.kit, "0.6"), (studio.fin, "0.4")):
        engagements.promise_person(
            engagement,
            member=member,
            share=Decimal(share),
            since=date(2026, 8, 1),
            by=studio.ada,
            at=london(1, month=8),
        )
    worked(studio.borealis, engagement=engagement, member=studio.kit, day=date(2026, 10, 5), hours=3)
    worked(studio.borealis, engagement=engagement, member=studio.ada, day=date(2026, 9, 4), hours=7)
    worked(studio.borealis, member=studio.bo, day=date(2026, 9, 4), hours=5)  # on nothing that was sold
    people = {one.first_name: (one.sold, one.share) for one in read(studio).hours.people}
    assert people == {"Kit": (0.6, 0.3), "Fin": (0.4, 0.0), "Ada": (None, 0.7)}
    assert read(studio).hours.people[0].short == pytest.approx(0.3)


def test_before_anybody_worked_a_share_is_nothing(studio: Studio) -> None:
    engagement = retainer(studio)
    engagements.promise_person(
        engagement, member=studio.kit, share=Decimal("0.6"), since=date(2026, 8, 1), by=studio.ada, at=NOW
    )
    (kit,) = read(studio).hours.people
    assert (kit.sold, kit.share, kit.hours) == (0.6, 0.0, 0.0)


def test_hours_of_the_month_the_month_before_and_of_nothing_sold(studio: Studio) -> None:
    engagement = retainer(studio)
    worked(studio.borealis, engagement=engagement, member=studio.kit, day=date(2026, 9, 4), hours=8)
    worked(studio.borealis, engagement=engagement, member=studio.kit, day=date(2026, 10, 5), hours=3)
    worked(studio.borealis, member=studio.kit, day=date(2026, 10, 6), hours=2)
    hours = read(studio).hours
    assert (hours.month, hours.before, hours.loose) == (5, 8, 2)
    assert hours.by_day(hours.running[0]) == [(date(2026, 10, 5), 3.0)]


def test_hours_beyond_the_budget_are_gifts_or_leaks(studio: Studio) -> None:
    engagement = retainer(studio)
    worked(studio.borealis, engagement=engagement, member=studio.kit, day=date(2026, 9, 4), hours=24)
    worked(studio.borealis, engagement=engagement, member=studio.ada, day=date(2026, 9, 4), hours=23)
    engagements.give(
        engagement, month=date(2026, 9, 1), hours=Decimal(3), purpose="a size chart", by=studio.ada, at=NOW
    )
    engagements.explain(
        engagement, month=date(2026, 10, 1), hours=Decimal(2), reason=OverReason.REWORK, by=studio.ada, at=NOW
    )
    hours = read(studio).hours
    assert hours.over == ((date(2026, 9, 1), 7.0),)
    assert (hours.given, hours.leak) == (3.0, 4.0)
    assert [(word.reason, word.hours) for word in hours.words_on(hours.running[0])] == [("rework", 2.0)]


def test_a_gift_larger_than_what_went_beyond_gives_no_more_than_that(studio: Studio) -> None:
    engagement = retainer(studio)
    for member in (studio.kit, studio.ada):
        worked(studio.borealis, engagement=engagement, member=member, day=date(2026, 9, 4), hours=21)
    engagements.give(engagement, month=date(2026, 9, 1), hours=Decimal(30), purpose="a fair", by=studio.ada, at=NOW)
    assert (read(studio).hours.given, read(studio).hours.leak) == (2.0, 0.0)


def test_what_an_hour_earns_and_was_sold_for(studio: Studio) -> None:
    engagement = retainer(studio)
    for day in range(1, 20):
        worked(studio.borealis, engagement=engagement, member=studio.kit, day=date(2026, 10, day), hours=3)
    (one,) = read(studio).hours.running
    got = earned(one)
    assert got is not None
    assert got[1] == 120
    assert one.forecast is not None
    assert got[0] == pytest.approx(4800 / one.forecast.likely)


def test_who_decides_comes_first_with_the_newest_agreement(studio: Studio) -> None:
    maya = clients.meet(studio.borealis, name="Maya Brandt", role=ContactRole.DECIDES, by=studio.bo, at=NOW)
    clients.agree(studio.cleo, on=date(2026, 9, 1), by=studio.bo, at=NOW, channel="By mail.")
    clients.agree(
        studio.cleo, on=date(2026, 10, 1), by=studio.bo, at=NOW, channel="By phone.", no_go_hours="Not Fridays."
    )
    people = read(studio).people
    assert [one.contact for one in people] == [maya, studio.cleo]
    assert [one.likes for one in people] == [(), ("By phone.", "Not Fridays.")]


def test_a_client_behind_a_wall_is_not_found(studio: Studio) -> None:
    assert not found(studio.kit).filter(pk=studio.cassini.pk).exists()
    assert found(studio.ada).filter(pk=studio.cassini.pk).exists()


def test_a_long_history_asks_no_more_of_the_database(studio: Studio, django_assert_max_num_queries: Any) -> None:
    engagement = retainer(studio)
    places = offices()
    for length in (1, 15):
        for number in range(length):
            day = number + 1
            message = wrote(studio.borealis, by=studio.cleo, at=london(day, "10:00"))
            wrote(studio.borealis, by=studio.bo, at=london(day, "12:00"), conversation=message.conversation)
            promises.keep(
                promised(studio.borealis, by=studio.bo, due=london(day, "17:00"), at=london(day)),
                by=studio.bo, at=london(day, "16:00"),
            )  # fmt: skip
            worked(studio.borealis, engagement=engagement, member=studio.kit, day=date(2026, 9, day), hours=1)
        client: Client = found(studio.bo).get(pk=studio.borealis.pk)
        with django_assert_max_num_queries(12):
            client_page(client, viewer=studio.bo, at=NOW, offices=places)
