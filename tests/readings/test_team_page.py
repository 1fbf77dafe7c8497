"""What the team page may tell: averages of rounds, which stand beside each other, strain by hours."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from kept.ledgers.hours.models import Entry
from kept.ledgers.reckoning import verbs as reckoning
from kept.ledgers.rounds.models import Question
from kept.ledgers.rounds.verbs import close
from kept.ledgers.team import verbs as team
from kept.ledgers.team import walls
from kept.ledgers.team.models import Member
from kept.measures.anonymity import Why
from kept.measures.strain import Strain
from kept.readings import team_hours
from kept.readings.calendars import offices
from kept.readings.team_hours import Hours, hours
from kept.readings.team_page import Team, team_page
from kept.readings.team_rounds import rounds
from tests.acting import worked
from tests.cast import FOUNDED, NOW, Studio
from tests.ledgers.large_firm import A_WEEK, a_round, answered, closed, twelve

# the four whole weeks before Tuesday, 20 October 2026
FIRST, LAST = date(2026, 9, 21), date(2026, 10, 18)
TUESDAY, SATURDAY = date(2026, 10, 13), date(2026, 10, 17)


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    team_hours._pieces.cache_clear()


def seen(viewer: Member) -> Hours:
    return hours(viewer, at=NOW, offices=offices())


def page(viewer: Member) -> Team:
    return team_page(viewer, at=NOW, offices=offices())


def evening(client: Any, member: Member, *, day: date = TUESDAY, begins: int = 18, length: float = 2.0) -> Entry:
    """Time from that hour (UTC) on: 18 is 19:00 in London, after closing."""
    row = worked(client, member=member, day=day, hours=length)
    row.started_at = datetime(day.year, day.month, day.day, begins, tzinfo=UTC)
    row.save(update_fields=["started_at"])
    return row


# ------------------------------------------------------------ rounds


def test_a_firm_below_ten_has_no_rounds_and_it_is_known_why(studio: Studio) -> None:
    found = rounds(at=NOW)
    assert (found.too_small, found.people, found.latest) == (True, 4, None)


def test_averages_come_with_their_range_and_how_many_stand_behind_them(studio: Studio) -> None:
    people = twelve(studio)
    row = a_round(people, at=NOW - 2 * A_WEEK)
    answered(row, {member: (6 + number % 3, 5, 9) for number, member in enumerate(people)})
    close(row, by=None, at=NOW - A_WEEK)
    heard = rounds(at=NOW).latest
    assert heard is not None
    proud, energy, valued = heard.means
    assert (proud.question, proud.mean, proud.people) == (Question.PROUD, 7.0, 12)
    assert proud.interval is not None
    assert proud.interval.low == pytest.approx(6.459, abs=1e-3)  # 7 -+ 2.201 x .8528 / sqrt(12)
    assert proud.interval.high == pytest.approx(7.541, abs=1e-3)
    assert (energy.mean, valued.mean) == (5.0, 9.0)


def test_an_open_round_tells_nothing_of_its_answers(studio: Studio) -> None:
    people = twelve(studio)
    row = a_round(people, at=NOW - timedelta(days=1))
    answered(row, dict.fromkeys(people, (1, 1, 1)))
    found = rounds(at=NOW)
    assert found.latest is None
    assert found.open == row


def test_too_few_answers_say_so(studio: Studio) -> None:
    row = a_round(twelve(studio))
    answered(row, dict.fromkeys(twelve(studio)[:4], (1, 1, 1)))
    close(row, by=None, at=NOW)
    heard = rounds(at=NOW).latest
    assert heard is not None
    assert (heard.why, heard.means, heard.answers) == (Why.TOO_FEW, (), 4)


def test_rounds_of_the_same_people_stand_beside_each_other_and_a_sure_change_is_told(studio: Studio) -> None:
    people = twelve(studio)
    for weeks, energy in ((4, 8), (2, 8), (0, 4)):
        row = a_round(people, at=NOW - (weeks + 1) * A_WEEK)
        answered(row, {member: (7 + number % 2, energy + number % 2, 8) for number, member in enumerate(people)})
        close(row, by=None, at=NOW - weeks * A_WEEK)
    found = rounds(at=NOW)
    assert len(found.beside) == 2
    assert found.apart == 0
    assert {name: change.sure for name, change in found.changes.items()} == {
        Question.PROUD: False, Question.ENERGY: True, Question.VALUED: False,
    }  # fmt: skip


def test_a_round_with_one_newcomer_is_not_set_beside_the_one_before(studio: Studio) -> None:
    people = twelve(studio)
    closed(people, at=NOW - 2 * A_WEEK)
    zia = team.join(name="Zia Hart", email="zia@larkfield.example", office=studio.office, by=studio.ada, at=FOUNDED)
    closed([*people, zia], at=NOW)
    found = rounds(at=NOW)
    assert (found.beside, found.apart, found.changes) == ((), 1, {})


def test_two_earlier_rounds_that_differ_by_one_from_each_other_are_not_both_shown(studio: Studio) -> None:
    """Each could stand beside the last, five having come since; side by side they would point at one."""
    people = twelve(studio)
    closed(people[:10], at=NOW - 4 * A_WEEK)
    closed(people[:11], at=NOW - 2 * A_WEEK)
    closed([*people[5:11], *_more(studio, 5)], at=NOW)
    found = rounds(at=NOW)
    assert (len(found.beside), found.apart) == (1, 1)


def _more(studio: Studio, count: int) -> list[Member]:
    return [
        team.join(name=f"New {n}", email=f"new{n}@larkfield.example", office=studio.office, by=studio.ada, at=FOUNDED)
        for n in range(count)
    ]


def test_offices_are_shown_only_where_nothing_small_is_left_beside_them(studio: Studio) -> None:
    people = twelve(studio)
    closed(people, at=NOW - 2 * A_WEEK)  # 7 in Leeds and 5 in Lisbon
    heard = rounds(at=NOW).latest
    assert heard is not None
    assert [name for name, _ in heard.offices] == ["Leeds", "Lisbon"]
    row = a_round(people)
    answered(row, dict.fromkeys(people[:-1], (7, 7, 7)))  # only four of Lisbon
    close(row, by=None, at=NOW)
    heard = rounds(at=NOW).latest
    assert heard is not None
    assert heard.offices == ()


# ------------------------------------------------------------ hours


def test_own_weeks_are_ones_own_alone(studio: Studio) -> None:
    for week in range(4):
        for day in range(5):
            worked(studio.borealis, member=studio.kit, day=FIRST + timedelta(days=7 * week + day), hours=9.4)
    own = seen(studio.kit).own
    assert own is not None
    assert (round(own.ratio, 3), own.strain, own.contract) == (1.175, Strain.AMBER, 40.0)
    assert seen(studio.ada).own is None


def test_a_week_that_has_not_ended_is_not_counted(studio: Studio) -> None:
    worked(studio.borealis, member=studio.kit, day=NOW.date(), hours=9)
    assert seen(studio.kit).own is None
    assert seen(studio.kit).own_clients == ()


def test_evenings_are_known_where_records_have_times_and_weekends_always(studio: Studio) -> None:
    evening(studio.borealis, studio.kit)
    worked(studio.borealis, member=studio.kit, day=SATURDAY, hours=3)
    worked(studio.borealis, member=studio.kit, day=TUESDAY, hours=4)
    (mine,) = seen(studio.kit).own_clients
    assert (mine.client, mine.outside, mine.unknown) == (studio.borealis, 5.0, 4.0)


def test_below_five_people_nothing_of_clients_is_told(studio: Studio) -> None:
    for member in (studio.ada, studio.bo, studio.kit, studio.fin):
        evening(studio.borealis, member)
    found = seen(studio.ada)
    assert (found.all, found.clients, found.hidden) == (None, (), 1)


def test_where_the_firm_asks_for_more_people_fewer_are_told_of_nowhere(studio: Studio) -> None:
    people = twelve(studio)
    closed(people[:11], at=NOW - 2 * A_WEEK)
    for member in people[:7]:
        evening(studio.borealis, member)
    assert page(studio.ada).rounds.latest.means  # type: ignore[union-attr]
    assert page(studio.ada).hours.all
    for key, value in (("hiding.people", 8.0), ("hiding.firm", 12.0)):
        reckoning.change_number(key, value=value, by=studio.ada, at=NOW)
    found = page(studio.ada)
    assert (found.rounds.latest.why, found.rounds.latest.means) == (Why.FIRM_TOO_SMALL, ())  # type: ignore[union-attr]
    assert (found.hours.all, found.hours.clients, found.hours.few) == (None, (), 8)


def test_a_client_served_by_many_is_named_to_leads_and_owners_only(studio: Studio) -> None:
    people = twelve(studio)
    for member in people[:7]:
        evening(studio.borealis, member, length=3)
    for member in people[7:]:
        worked(studio.cassini, member=member, day=TUESDAY, hours=1)
    for viewer in (studio.ada, studio.bo):
        found = seen(viewer)
        assert [(took.client, took.people) for took in found.clients] == [(studio.borealis, 7), (studio.cassini, 5)]
        assert found.clients[0].outside == 21.0
    for viewer in (people[4], studio.fin):
        assert (seen(viewer).clients, seen(viewer).hidden) == ((), 0)


def test_a_client_whose_team_leaves_few_others_is_not_named(studio: Studio) -> None:
    people = twelve(studio)
    for member in people[:9]:
        evening(studio.borealis, member)
    for member in people[9:]:
        worked(studio.cassini, member=member, day=TUESDAY, hours=1)
    found = seen(studio.ada)
    assert found.clients == ()
    assert found.hidden == 2
    assert found.all is not None
    assert found.all.people == 12


def test_hours_beyond_contracts_fall_on_clients_by_their_share(studio: Studio) -> None:
    people = twelve(studio)
    for day in range(5):
        worked(studio.borealis, member=studio.kit, day=date(2026, 10, 12) + timedelta(days=day), hours=10)
    for member in people[4:]:
        worked(studio.borealis, member=member, day=TUESDAY, hours=1)
    found = seen(studio.kit)
    assert found.own_clients[0].beyond == pytest.approx(10.0)
    assert found.all is not None
    assert found.all.beyond == pytest.approx(10.0)


def test_a_walled_client_is_in_no_sum_of_whom_the_wall_keeps_out(studio: Studio) -> None:
    people = twelve(studio)
    for member in people:
        evening(studio.borealis, member)
        evening(studio.cassini, member)
    ada, kit = seen(studio.ada).all, seen(studio.kit).all
    assert ada is not None
    assert kit is not None
    assert (ada.outside, kit.outside) == (48.0, 24.0)
    walls.let_in(studio.wall, member=studio.kit, by=studio.ada, at=NOW)
    again = seen(studio.kit).all
    assert again is not None
    assert again.outside == 48.0


def test_the_number_of_queries_does_not_grow(studio: Studio, django_assert_max_num_queries: Any) -> None:
    people = twelve(studio)
    for weeks in (6, 4, 2):
        closed(people, at=NOW - weeks * A_WEEK)
        for member in people:
            evening(studio.borealis, member)
        with django_assert_max_num_queries(15):
            page(studio.ada)
