"""A number tried on whom we ask: who may be asked, on which day, about what, and when they are reminded."""

from collections.abc import Callable
from datetime import UTC, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kept.flows.remind_pulse import remind
from kept.flows.send_pulse import NotNow, ask, choose
from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import ContactRole
from kept.ledgers.letters.models import Letter
from kept.ledgers.promises import verbs as promises
from kept.ledgers.promises.models import Promise, Size
from kept.ledgers.pulses.models import Occasion
from kept.ledgers.reckoning import verbs as reckoning
from kept.readings.numbers_asked import of_moments, of_reminders
from kept.readings.numbers_asking import asks_at, of_days, of_eligible
from kept.readings.numbers_effects import Trial
from tests.acting import promised
from tests.flows.pulse_days import habit, met_by, their_day
from tests.readings.feeling import asked
from tests.readings.trying import tried
from tests.studio import NOW, Studio, london

ASKED_AT = (NOW - timedelta(days=100)).astimezone(UTC)


def settled(studio: Studio, key: str, value: float) -> None:
    """The number counts from now on."""
    reckoning.change_number(key, value=value, by=studio.ada, at=NOW)


# who may be asked


def test_who_was_asked_long_enough_ago_by_the_other_number_may_be_asked(studio: Studio) -> None:
    asked(studio.cleo, by=studio.ada, at=ASKED_AT)
    found = of_eligible(tried(studio, "asking.relationship_days", 90))
    (one,) = found.relationship.rows
    assert (one.name, one.about) == ("Borealis", "Cleo North")
    assert (one.now.yes, one.now.until, one.then.yes) == (False, ASKED_AT + timedelta(days=180), True)
    assert (found.relationship.same, found.relationship.others, found.moment.rows) == (1, 1, ())
    with pytest.raises(NotNow):
        ask(studio.cleo, occasion=Occasion.QUARTER, by=studio.ada, at=NOW)
    settled(studio, "asking.relationship_days", 90)
    assert ask(studio.cleo, occasion=Occasion.QUARTER, by=studio.ada, at=NOW)


def test_who_may_not_be_asked_either_way_is_told_from_when_on(studio: Studio) -> None:
    asked(studio.cleo, by=studio.ada, at=ASKED_AT)
    (one,) = of_eligible(tried(studio, "asking.relationship_days", 120)).relationship.rows
    assert (one.now.yes, one.then.yes, one.then.until) == (False, False, ASKED_AT + timedelta(days=120))


def test_what_hurt_keeps_from_asking_as_long_as_the_number_says(studio: Studio) -> None:
    row = promised(studio.borealis, by=studio.bo, due=london(2), at=london(1))
    Promise.objects.update(size=Size.MAJOR)
    promises.keep(row, by=studio.bo, at=london(12))
    found = of_eligible(tried(studio, "asking.quarantine_days", 3))
    for (one,) in (found.relationship.rows, found.moment.rows):
        assert (one.now.yes, one.now.why, one.then.yes) == (False, "A promise was due Friday 2 October.", True)


def test_how_often_a_year_is_about_moments_alone(studio: Studio) -> None:
    for days in (100, 200):
        asked(studio.cleo, by=studio.ada, at=NOW - timedelta(days=days), occasion=Occasion.MEETING)
    found = of_eligible(tried(studio, "asking.moments_a_year", 2))
    assert (found.relationship.rows, found.moment.rows[0].then.yes) == ((), False)
    assert found.moment.rows[0].then.until == NOW + timedelta(days=165)


def test_people_behind_a_wall_are_neither_told_nor_counted(studio: Studio) -> None:
    asked(studio.cora, by=studio.ada, at=ASKED_AT)
    found = of_eligible(tried(studio, "asking.relationship_days", 90, viewer=studio.kit)).relationship
    assert (found.rows, found.same) == ((), 1)
    assert len(of_eligible(tried(studio, "asking.relationship_days", 90)).relationship.rows) == 1


# on which day


def test_their_day_is_that_on_which_they_would_be_asked(studio: Studio) -> None:
    habit(studio, Occasion.QUARTER)
    day = their_day(studio.cleo)
    found = of_days(tried(studio, "asking.from_day", 40, at=london(2)))
    one = next(each for each in found.rows if each.name == "Borealis")
    assert (one.about, one.now) == ("Cleo North", day.date())
    reckoning.change_number("asking.from_day", value=40, by=studio.ada, at=london(2))
    assert one.then == their_day(studio.cleo).date() != day.date()


def test_whose_day_is_over_and_who_was_not_asked_is_asked_today(studio: Studio) -> None:
    habit(studio, Occasion.QUARTER)
    late = london(15, month=12)
    assert of_days(tried(studio, "asking.window_days", 10, at=late)).rows == ()
    assert of_days(tried(studio, "asking.window_days", 10, at=late)).same == 2


def test_who_was_asked_in_this_quarter_is_not_asked_in_it_again(studio: Studio) -> None:
    habit(studio, Occasion.QUARTER)
    day = their_day(studio.cleo)
    choose(at=day)
    assert "Cleo North" not in {each.about for each in of_days(tried(studio, "asking.from_day", 70, at=day)).rows}


def test_without_a_habit_nobody_has_a_day(studio: Studio) -> None:
    trial = tried(studio, "asking.from_day", 40)
    assert (asks_at(trial, Occasion.QUARTER), of_days(trial).rows, of_days(trial).same) == (False, (), 0)


# about what


def test_a_meeting_of_ten_days_ago_is_asked_about_within_a_fortnight(studio: Studio) -> None:
    habit(studio, Occasion.MEETING)
    met_by(studio, at=london(10), about="the map")
    met_by(studio, at=london(16), about="the print")
    found = of_moments(tried(studio, "asking.moment_within", 14))
    assert [(each.name, each.about, each.now, each.then) for each in found.rows] == [
        ("Borealis", "the map", False, True)
    ]
    assert found.same == 1
    (less,) = of_moments(tried(studio, "asking.moment_within", 2)).rows
    assert (less.about, less.now, less.then) == ("the print", True, False)
    assert of_moments(tried(studio, "asking.moment_within", 2, at=london(5))).rows == ()


def test_what_was_asked_about_is_asked_about_no_more(studio: Studio) -> None:
    habit(studio, Occasion.MEETING)
    met_by(studio, at=london(16))
    choose(at=london(19))
    assert of_moments(tried(studio, "asking.moment_within", 2)).rows == ()


def test_meetings_behind_a_wall_are_not_told(studio: Studio) -> None:
    habit(studio, Occasion.MEETING)
    met_by(studio, at=london(10))
    clients.put_behind(studio.borealis, wall=studio.wall, by=studio.ada, at=NOW)
    assert len(of_moments(tried(studio, "asking.moment_within", 14)).rows) == 1
    assert of_moments(tried(studio, "asking.moment_within", 14, viewer=studio.kit)).rows == ()


# reminded when


def test_who_has_not_answered_would_be_reminded_at_another_time(studio: Studio) -> None:
    row = ask(studio.cleo, occasion=Occasion.QUARTER, by=studio.ada, at=london(14))
    Letter.objects.update(accepted_at=london(14), link="")
    (one,) = of_reminders(tried(studio, "asking.remind_days", 4)).rows
    assert (one.about, one.now, one.then) == ("Cleo North", london(21), NOW)
    assert remind(at=NOW) == []
    settled(studio, "asking.remind_days", 4)
    assert remind(at=NOW) == [row]


def test_who_would_have_no_time_left_is_not_reminded(studio: Studio) -> None:
    ask(studio.cleo, occasion=Occasion.QUARTER, by=studio.ada, at=london(14))
    Letter.objects.update(accepted_at=london(14), link="")
    (one,) = of_reminders(tried(studio, "asking.remind_days", 60)).rows
    assert (one.now, one.then) == (london(21), None)


@pytest.mark.parametrize(
    ("of", "key", "value", "most"),
    [
        (of_eligible, "asking.relationship_days", 90, 14),
        (of_days, "asking.from_day", 40, 3),
        (of_moments, "asking.moment_within", 30, 4),
        (of_reminders, "asking.remind_days", 3, 2),
    ],
)
def test_the_queries_are_as_many_however_many_people_and_however_long_the_history(
    of: Callable[[Trial], object], key: str, value: float, most: int, studio: Studio, django_assert_num_queries: Any
) -> None:
    habit(studio, Occasion.QUARTER, Occasion.MEETING)

    def history(many: int) -> None:
        for number in range(many):
            pat = clients.meet(
                studio.borealis, name=f"Pat {number}", role=ContactRole.DAILY, by=studio.ada, at=NOW,
                emails=(f"pat{number}.{many}@borealis.example",),
            )  # fmt: skip
            asked(pat, by=studio.ada, at=NOW - timedelta(days=100 + number))
            met_by(studio, at=london(10) + timedelta(minutes=number), about=f"meeting {many}.{number}")
            ask(pat, occasion=Occasion.MEETING, about="the map", by=studio.ada, at=london(14))
        Letter.objects.update(accepted_at=london(14), link="")

    history(1)
    trial = tried(studio, key, value)
    with CaptureQueriesContext(connection) as few:
        of(trial)
    assert len(few) <= most
    history(9)
    with django_assert_num_queries(len(few)):
        of(trial)
