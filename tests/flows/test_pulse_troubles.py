"""What hurts at a client, so that nobody there is asked how it feels."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from kept.flows.hear_pulse import hear
from kept.flows.pulse_troubles import troubles_of
from kept.ledgers.engagements.models import PromisedPerson, Replacement
from kept.ledgers.promises import verbs as promises
from kept.ledgers.promises.models import Promise, Size
from kept.ledgers.pulses import following
from kept.ledgers.pulses.models import FollowUp
from kept.measures.asking import Trouble
from kept.readings.calendars import offices
from tests.cast import NOW, Studio, london, promised, sold, wrote
from tests.ledgers.acts_of_pulses import invited


def found(s: Studio, at: Any = NOW) -> list[Trouble]:
    return troubles_of([s.borealis.pk], at=at, offices=offices())[s.borealis.pk]


def test_a_client_whom_we_serve_well_has_none(studio: Studio) -> None:
    wrote(studio.borealis, by=studio.cleo, at=london(20, "09:00"))
    promised(studio.borealis, by=studio.bo, due=london(23))
    assert found(studio) == []


def test_a_message_hurts_once_it_waits_past_our_pledge(studio: Studio) -> None:
    wrote(studio.borealis, by=studio.cleo, at=london(16, "09:00"))
    assert found(studio) == [Trouble("A message of Friday 16 October waits past our pledge.")]


@pytest.mark.parametrize(("size", "hurts"), [(Size.NORMAL, False), (Size.MAJOR, True)])
def test_a_late_promise_hurts_where_it_was_a_large_one(size: Size, hurts: bool, studio: Studio) -> None:
    promised(studio.borealis, by=studio.bo, due=london(19), at=london(12))
    Promise.objects.update(size=size)
    assert bool(found(studio)) == hurts


def test_a_broken_promise_hurts_until_it_ends_and_a_large_one_still_counts_then(studio: Studio) -> None:
    row = promised(studio.borealis, by=studio.bo, due=london(2), at=london(1))
    assert [one.ended for one in found(studio)] == [None]
    promises.keep(row, by=studio.bo, at=NOW)
    assert found(studio) == []
    Promise.objects.update(size=Size.MAJOR)
    assert [one.ended for one in found(studio)] == [NOW]


def test_who_was_replaced_without_a_word_hurts_from_that_day(studio: Studio) -> None:
    work = sold(studio.borealis, by=studio.ada)
    first, second = (
        PromisedPerson.objects.create(engagement=work, member=member, share=Decimal("0.5"), since=london(1).date())
        for member in (studio.kit, studio.bo)
    )
    row = Replacement.objects.create(promised=first, instead=second, since=london(15).date(), by=studio.ada, at=NOW)
    (one,) = found(studio)
    assert (one.words, one.ended and one.ended.date()) == (
        "Kit Marsh was replaced without a word before.", london(15).date(),
    )  # fmt: skip
    row.told_on, row.told_how = london(14).date(), "by phone"
    row.save()
    assert found(studio) == []


def test_a_low_answer_hurts_until_what_came_of_it_is_written_and_then_as_ended(studio: Studio) -> None:
    hear(invited(studio), marks={"secure": 2}, at=NOW - timedelta(hours=1))
    assert [one.ended for one in found(studio)] == [None]
    following.spoke(FollowUp.objects.get(), by=studio.bo, at=NOW)
    following.end(FollowUp.objects.get(), outcome="dates are checked first", by=studio.bo, at=NOW)
    assert [one.ended for one in found(studio)] == [NOW]


@pytest.mark.parametrize("many", [1, 9])
def test_it_asks_as_little_of_the_database_however_many_clients(
    many: int, studio: Studio, django_assert_max_num_queries: Any
) -> None:
    for number in range(many):
        wrote(studio.borealis, by=studio.cleo, at=london(16, "09:00") + timedelta(minutes=number))
        promised(studio.borealis, by=studio.bo, due=london(2), at=london(1))
    with django_assert_max_num_queries(14):
        found(studio)
