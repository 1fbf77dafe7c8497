"""The offices as they were on an earlier day: what was changed since is not known to it, and stands as it stood."""

from datetime import date, timedelta
from typing import Any

import pytest

from kept.ledgers.team import keeping_hours
from kept.ledgers.team import verbs as team
from kept.ledgers.team.keeping_hours import USUAL_WEEK
from kept.ledgers.team.models import Holiday
from kept.measures.trust_streams import Stream
from kept.readings.calendars import offices
from kept.readings.calendars_then import former, offices_at
from kept.readings.evidence.sources import events_of_all
from kept.readings.snapshots.comparing import untrue_of
from kept.readings.snapshots.taking import look_back, take
from kept.readings.trust import trust_of_firm
from tests.acting import wrote
from tests.studio import NOW, Studio, london

LONG = {day: [("07:00", "20:00")] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
THEN = london(12)
SINCE = london(14)
A_DAY = date(2026, 10, 7)


def change_all(s: Studio) -> None:
    """Everything by which clocks are counted, after THEN."""
    keeping_hours.set_week(s.office, LONG, by=s.ada, at=SINCE)
    keeping_hours.close_on(s.office, day=A_DAY, name="Fog", by=s.ada, at=SINCE)
    team.change_office(s.office, zone="Europe/Athens", by=s.ada, at=SINCE)
    team.change_firm(s.firm, pledge_minutes=30, by=s.ada, at=SINCE)


def test_what_was_changed_since_stands_as_it_stood_then(studio: Studio) -> None:
    before = offices()
    change_all(studio)
    assert offices() != before
    assert offices_at(THEN) == before
    assert (offices_at(THEN).pledge, str(offices_at(THEN).zone)) == (timedelta(minutes=240), "Europe/London")
    assert offices_at(NOW) == offices()


def test_of_several_changes_each_moment_has_its_own(studio: Studio) -> None:
    team.change_firm(studio.firm, pledge_minutes=120, by=studio.ada, at=london(13))
    keeping_hours.set_week(studio.office, LONG, by=studio.ada, at=london(15))
    team.change_firm(studio.firm, pledge_minutes=60, by=studio.ada, at=london(17))
    keeping_hours.set_week(studio.office, USUAL_WEEK, by=studio.ada, at=london(18))
    at = former(since=THEN)
    assert [at(london(day)).pledge.seconds // 60 for day in (12, 14, 16, 19)] == [240, 120, 120, 60]
    usual = at(THEN).main
    assert [at(london(day)).main == usual for day in (14, 16, 19)] == [True, False, True]


def test_a_day_off_given_up_since_was_one_and_one_added_and_given_up_since_was_none(studio: Studio) -> None:
    keeping_hours.close_on(studio.office, day=A_DAY, name="Fog", by=studio.ada, at=london(5))
    before = offices_at(THEN)
    keeping_hours.work_on(Holiday.objects.get(day=A_DAY), by=studio.ada, at=SINCE)
    later = keeping_hours.close_on(studio.office, day=date(2026, 10, 8), name="Flood", by=studio.ada, at=SINCE)
    keeping_hours.work_on(later, by=studio.ada, at=london(15))
    assert offices_at(THEN) == before != offices()
    assert offices_at(SINCE + timedelta(minutes=1)).main != offices().main  # the flood was a day off for a day


def test_what_was_set_as_the_office_opened_counts_for_days_before_it(studio: Studio) -> None:
    other = keeping_hours.open_office(name="Athens", zone="Europe/Athens", week=LONG, by=studio.ada, at=SINCE)
    assert offices_at(THEN).calendars[other.pk] == offices().calendars[other.pk]


def test_public_holidays_count_whenever_they_were_taken_in(studio: Studio) -> None:
    team.change_office(studio.office, country="GB", region="ENG", by=studio.ada, at=SINCE)
    new = keeping_hours.take_public_holidays(studio.office, years=[2026], by=studio.ada, at=SINCE)
    assert new > 0
    assert offices_at(THEN) == offices()


def test_it_takes_as_many_queries_however_much_was_changed(studio: Studio, django_assert_num_queries: Any) -> None:
    change_all(studio)
    with django_assert_num_queries(3):
        offices_at(THEN)
    for day in range(1, 20):
        keeping_hours.close_on(studio.office, day=date(2026, 9, day), name="Fog", by=studio.ada, at=SINCE)
        team.change_firm(studio.firm, pledge_minutes=30 + day, by=studio.ada, at=SINCE)
    with django_assert_num_queries(3):
        at = former(since=THEN)
    with django_assert_num_queries(0):
        assert at(THEN).pledge == timedelta(minutes=240)


# trust


@pytest.fixture
def answered(studio: Studio) -> Studio:
    """Cleo waited seven working hours over a night, which the pledge of then did not allow."""
    first = wrote(studio.borealis, by=studio.cleo, at=london(7, "13:00"))
    wrote(studio.borealis, by=studio.bo, at=london(8, "11:30"), conversation=first.conversation)
    return studio


def worth(s: Studio) -> float:
    """Of the reply, as of THEN."""
    found = events_of_all(at=THEN, offices=offices_at(THEN))[s.borealis.pk]
    return next(event.x for event in found if event.stream is Stream.REPLY)


def test_a_reply_is_worth_on_an_earlier_day_what_it_was_worth_by_the_hours_and_the_pledge_of_then(
    answered: Studio,
) -> None:
    before, trust = worth(answered), trust_of_firm(THEN).clients[answered.borealis.pk].trust.value
    team.change_firm(answered.firm, pledge_minutes=2000, by=answered.ada, at=SINCE)
    keeping_hours.close_on(answered.office, day=date(2026, 10, 8), name="Fog", by=answered.ada, at=SINCE)
    assert worth(answered) == before
    assert trust_of_firm(THEN).clients[answered.borealis.pk].trust.value == trust
    now = events_of_all(at=THEN, offices=offices())[answered.borealis.pk]
    assert next(event.x for event in now if event.stream is Stream.REPLY) > before


def test_a_snapshot_of_an_earlier_day_stays_true_whatever_is_changed_later(answered: Studio) -> None:
    take(at=THEN)
    change_all(answered)
    assert untrue_of(THEN.date()) == []
    assert untrue_of(date(2020, 1, 1)) == []


def test_days_that_were_never_kept_are_counted_by_the_hours_of_then(answered: Studio) -> None:
    end = london(13, "21:59") + timedelta(seconds=59)  # of that day in Athens, as it ends by the zone of today
    there = trust_of_firm(end).clients[answered.borealis.pk].trust.value
    change_all(answered)
    assert london(13).date() in look_back(at=london(12, month=11))
    kept = answered.borealis.snapshots.get(day=london(13).date())
    assert (kept.at, kept.value) == (end, there)
