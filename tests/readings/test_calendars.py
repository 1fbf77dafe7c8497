"""Which hours a client's clocks run in, and what is the same however often it is read."""

from datetime import date, timedelta
from typing import Any

import pytest

from kept.ledgers.clients import verbs as clients
from kept.ledgers.team import keeping_hours
from kept.ledgers.team.keeping_hours import USUAL_WEEK
from kept.ledgers.team.models import Firm, Holiday, Office
from kept.measures.working_time import Calendar
from kept.readings.calendars import PLEDGE, offices
from tests.studio import FOUNDED, NOW, Studio, london

BERLIN_WEEK = {"mon": [("08:00", "12:00"), ("13:00", "24:00")], "sat": [("10:00", "11:00")]}


def open_berlin() -> Office:
    return keeping_hours.open_office(name="Berlin", zone="Europe/Berlin", week=BERLIN_WEEK, by=None, at=FOUNDED)


def test_each_office_has_its_zone_windows_and_holidays(studio: Studio) -> None:
    berlin = open_berlin()
    Holiday.objects.create(office=berlin, day=date(2026, 12, 25))
    house = offices()
    assert house.calendars == {
        studio.office.pk: Calendar(zone="Europe/London", windows=USUAL_WEEK),
        berlin.pk: Calendar(zone="Europe/Berlin", windows=BERLIN_WEEK, holidays={date(2026, 12, 25)}),
    }
    assert house.main == house.calendars[studio.office.pk]
    assert str(house.zone) == "Europe/London"


def test_clocks_run_in_the_clients_office_else_its_leads_else_the_main_one(studio: Studio) -> None:
    berlin = open_berlin()
    house = offices()
    assert house.calendar(None) == house.main
    assert house.calendar(studio.borealis) == house.main
    studio.bo.office = berlin
    studio.bo.save()
    studio.borealis.refresh_from_db()
    assert house.calendar(studio.borealis) == house.calendars[berlin.pk]
    clients.change(studio.borealis, office=studio.office, by=studio.ada, at=NOW)
    assert house.calendar(studio.borealis) == house.main
    delos = clients.welcome(name="Delos", by=studio.ada, at=NOW)
    assert house.calendar(delos) == house.main


def test_an_office_without_windows_yet_works_the_usual_week(studio: Studio) -> None:
    bare = Office.objects.create(name="Bare", zone="Europe/Madrid")
    assert offices().calendars[bare.pk] == Calendar(zone="Europe/Madrid", windows=USUAL_WEEK)


def test_a_member_reads_in_the_zone_of_their_office(studio: Studio) -> None:
    studio.bo.office = open_berlin()
    house = offices()
    assert str(house.zone_of(studio.bo)) == "Europe/Berlin"
    assert str(house.zone_of(studio.kit)) == "Europe/London"


def test_the_pledge_is_the_firms_unless_a_client_has_its_own(studio: Studio) -> None:
    Firm.objects.update(pledge_minutes=90)
    clients.change(studio.cassini, pledge_minutes=30, by=studio.ada, at=NOW)
    house = offices()
    assert house.pledge_to(None) == house.pledge_to(studio.borealis) == timedelta(minutes=90)
    assert house.pledge_to(studio.cassini) == timedelta(minutes=30)


@pytest.mark.django_db
def test_before_anything_is_founded_the_usual_week_and_pledge_hold() -> None:
    house = offices()
    assert (house.calendars, house.firm, house.pledge) == ({}, None, PLEDGE)
    assert house.calendar(None).is_open(london(20, "12:00"))
    assert str(house.zone) == "UTC"


def test_the_same_offices_are_equal_and_changed_ones_are_not(studio: Studio) -> None:
    """What is kept of a reckoning is found again by them."""
    before = offices()
    assert before == offices()
    assert hash(before) == hash(offices())
    keeping_hours.set_week(studio.office, {"mon": [("10:00", "12:00")]}, by=studio.ada, at=NOW)
    assert offices() != before


@pytest.mark.parametrize("many", [0, 6])
def test_three_queries_however_many_offices(studio: Studio, many: int, django_assert_num_queries: Any) -> None:
    for number in range(many):
        keeping_hours.open_office(name=f"Office {number}", zone="Europe/London", country="GB", by=None, at=FOUNDED)
    with django_assert_num_queries(2):
        assert len(offices().calendars) == 1 + many
