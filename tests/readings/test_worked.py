"""Hours by engagement: in all, this month, and over the three months that make the usual pace."""

from datetime import date
from random import Random
from typing import Any

import pytest

from kept.ledgers.engagements.models import Engagement, Kind
from kept.ledgers.hours import verbs as time_records
from kept.ledgers.hours.models import MonthTotal
from kept.readings.worked import Worked, months_before, summed, worked
from tests.acting import sold
from tests.acting import worked as work
from tests.studio import NOW, Studio

TODAY = date(2026, 10, 20)
HOUR = 3600


def test_a_month_has_so_many_months_before_it() -> None:
    assert months_before(date(2026, 10, 1), 3) == date(2026, 7, 1)
    assert months_before(date(2026, 2, 1), 3) == date(2025, 11, 1)
    assert months_before(date(2026, 12, 1), -1) == date(2027, 1, 1)
    assert months_before(date(2026, 1, 1), 12) == date(2025, 1, 1)


def retainer(studio: Studio, starts: date = date(2026, 1, 1), name: str = "Care") -> Engagement:
    return sold(studio.borealis, by=studio.ada, name=name, kind=Kind.RETAINER, hours=40, fee=4000, starts=starts)


@pytest.mark.parametrize("replay", [False, True])
def test_the_usual_pace_is_of_the_three_months_before_this_one(studio: Studio, replay: bool) -> None:
    care = retainer(studio)
    for day, hours in [((6, 30), 1), ((7, 1), 2), ((8, 15), 4), ((9, 30), 8), ((10, 1), 16), ((10, 19), 3)]:
        work(studio.borealis, engagement=care, member=studio.kit, day=date(2026, *day), hours=hours)
    assert worked(TODAY, replay=replay) == {
        care.pk: Worked(total=34 * HOUR, month=19 * HOUR, usual=14 * HOUR, last_day=date(2026, 10, 19))
    }


def test_hours_without_an_engagement_are_of_none(studio: Studio) -> None:
    work(studio.borealis, member=studio.kit, day=date(2026, 10, 1), hours=5)
    assert worked(TODAY) == worked(TODAY, replay=True) == {}
    assert summed(MonthTotal.objects.all(), TODAY) == {}


def test_a_replay_knows_nothing_of_later_days(studio: Studio) -> None:
    care = retainer(studio)
    for day in (1, 2, 3):
        work(studio.borealis, engagement=care, member=studio.kit, day=date(2026, 10, day), hours=2)
    assert worked(date(2026, 10, 2), replay=True)[care.pk].total == 4 * HOUR
    assert worked(date(2026, 9, 30), replay=True) == {}


def test_what_is_struck_out_no_longer_counts(studio: Studio) -> None:
    care = retainer(studio)
    entry = work(studio.borealis, engagement=care, member=studio.kit, day=date(2026, 10, 1), hours=2)
    time_records.strike(entry, by=studio.kit, at=NOW)
    assert worked(TODAY) == {}


def test_sums_kept_sums_loaded_and_entries_say_the_same(studio: Studio) -> None:
    """Two hundred entries on three engagements, at random days of a year."""
    dice = Random(5)
    engagements = [retainer(studio, name=name) for name in ("Care", "Growth", "Search")]
    for _ in range(200):
        day = date.fromordinal(TODAY.toordinal() - dice.randrange(290))
        one = dice.choice(engagements)
        work(studio.borealis, engagement=one, member=studio.kit, day=day, hours=dice.randrange(1, 32) / 4)
    assert worked(TODAY) == worked(TODAY, replay=True) == summed(MonthTotal.objects.order_by("?"), TODAY)


@pytest.mark.parametrize("days", [1, 60])
@pytest.mark.parametrize("replay", [False, True])
def test_one_query_however_much_was_worked(
    studio: Studio, days: int, replay: bool, django_assert_num_queries: Any
) -> None:
    care = retainer(studio)
    for back in range(days):
        day = date.fromordinal(TODAY.toordinal() - back)
        work(studio.borealis, engagement=care, member=studio.kit, day=day, hours=1)
    with django_assert_num_queries(1):
        assert worked(TODAY, replay=replay)[care.pk].total == days * HOUR
