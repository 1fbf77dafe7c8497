"""A number tried on why clients stay, on answers, and on what is shown of our own team."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kept.ledgers.choices import verbs as choices
from kept.ledgers.choices.models import LockKind
from kept.ledgers.clients import verbs as clients
from kept.ledgers.pulses.models import Answer
from kept.ledgers.team import walls
from kept.measures.standing import Axis, Kind
from kept.readings import team_hours
from kept.readings.numbers_effects import Trial
from kept.readings.numbers_heard import of_answers
from kept.readings.numbers_staying import of_staying
from kept.readings.numbers_team import of_team
from kept.readings.standing import standing_of
from tests.acting import worked
from tests.ledgers.large_firm import A_WEEK, closed, twelve
from tests.readings.trying import loyal, said, tried
from tests.studio import NOW, Studio, london


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    team_hours._pieces.cache_clear()


def kinds(studio: Studio, trial: Trial) -> tuple[Kind, Kind]:
    """What Borealis is called by either number, asked of why clients stay itself."""
    now, then = (
        standing_of(None, at=NOW, numbers=each.staying)[studio.borealis.pk].kind for each in (trial.ours, trial.other)
    )
    return now, then


# why they stay


def test_a_client_is_called_otherwise_and_is_as_likely_as_their_page_says(studio: Studio) -> None:
    loyal(studio)
    trial = tried(studio, "staying.place_from", 0.95)
    found = of_staying(trial)
    (one,) = found.rows
    assert (one.name, one.now.kind, one.then.kind) == ("Borealis", *kinds(studio, trial))
    assert one.now.chance == round(100 * standing_of(None, at=NOW)[studio.borealis.pk].chance)
    assert (one.now.called, one.now.question) == ("loyal, sends others", None)
    assert (one.then.kind, one.then.chance, one.then.question) == (Kind.UNCLEAR, None, Axis.FREE)
    assert found.others == 1


def test_loyal_ones_who_are_tied_would_be_untested(studio: Studio) -> None:
    loyal(studio)
    choices.tie(studio.borealis, lock=LockKind.NOTICE, since=NOW.date(), by=studio.bo, at=NOW)
    (one,) = of_staying(tried(studio, "staying.untested_from", 0.1)).rows
    assert (one.now.called, one.then.called) == ("loyal, sends others", "loyal, never tested")


def test_called_the_same_with_another_chance_is_another_answer(studio: Studio) -> None:
    loyal(studio)
    (one,) = of_staying(tried(studio, "staying.great", 2.4)).rows
    assert one.now.called == one.then.called
    assert (one.now.chance or 0) < (one.then.chance or 0)


def test_what_nobody_would_see_is_no_other_answer(studio: Studio) -> None:
    loyal(studio)
    found = of_staying(tried(studio, "staying.contract", 0.41))
    assert (found.rows, found.same, found.others) == ((), 2, 2)


def test_why_a_client_behind_a_wall_stays_is_not_told(studio: Studio) -> None:
    loyal(studio)
    clients.put_behind(studio.borealis, wall=studio.wall, by=studio.ada, at=NOW)
    assert [each.name for each in of_staying(tried(studio, "staying.place_from", 0.95)).rows] == ["Borealis"]
    walls.keep_out_of(studio.wall, member=studio.ada, by=studio.bo, at=NOW)
    found = of_staying(tried(studio, "staying.place_from", 0.95))
    assert (found.rows, found.same, found.others) == ((), 0, 0)


# answers


def test_answers_of_a_quarter_are_judged_by_either_number(studio: Studio) -> None:
    said(studio.borealis, 7, 9)
    said(studio.borealis, 6, 9)
    said(studio.cassini, 9, 10)
    said(studio.borealis, 7, at=NOW - timedelta(days=92))
    found = of_answers(tried(studio, "feeling.call_up_to", 7))
    (one,) = found.rows
    assert (one.name, one.now.lowest, one.now.called, one.then.called) == ("Borealis", 7, False, True)
    assert (found.same, found.others) == (2, 1)
    (less,) = of_answers(tried(studio, "feeling.call_up_to", 5)).rows
    assert (less.now.lowest, less.now.called, less.then.called) == (6, True, False)


def test_who_wishes_to_be_called_is_called_by_either_number(studio: Studio) -> None:
    said(studio.borealis, 9)
    Answer.objects.update(call_me=True)
    assert of_answers(tried(studio, "feeling.call_up_to", 10)).rows == ()


def test_an_answer_behind_a_wall_is_not_told(studio: Studio) -> None:
    said(studio.cassini, 7)
    assert len(of_answers(tried(studio, "feeling.call_up_to", 8)).rows) == 1
    assert of_answers(tried(studio, "feeling.call_up_to", 8, viewer=studio.kit)).rows == ()


# our own team


def test_a_firm_too_small_for_the_number_is_asked_no_more(studio: Studio) -> None:
    closed(twelve(studio))
    found = of_team(tried(studio, "hiding.firm", 20))
    assert (found.now.asks, found.now.people, found.then.asks, found.then.needed) == (True, 12, False, 20)
    assert (found.now.rounds, found.then.rounds) == (1, 0)
    assert found.named.rows == ()


def test_rounds_of_fewer_answers_are_hidden(studio: Studio) -> None:
    closed(twelve(studio))
    closed(twelve(studio), at=NOW - 2 * A_WEEK)
    found = of_team(tried(studio, "hiding.people", 13))
    assert (found.now.rounds, found.then.rounds, found.then.asks) == (2, 0, True)


def test_clients_are_named_from_so_many_people_on(studio: Studio) -> None:
    people = twelve(studio)
    for member in people[:6]:
        worked(studio.borealis, member=member, day=date(2026, 10, 13))
    for member in people[6:]:
        worked(studio.cassini, member=member, day=date(2026, 10, 13))
    found = of_team(tried(studio, "hiding.people", 7))
    assert [(each.name, each.now, each.then) for each in found.named.rows] == [
        ("Borealis", True, False), ("Cassini", True, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("of", "key", "value", "most"),
    [
        (of_staying, "staying.place_from", 0.9, 2),
        (of_answers, "feeling.call_up_to", 9, 1),
        (of_team, "hiding.people", 6, 20),
    ],
)
def test_the_queries_are_as_many_however_long_the_history(
    of: Callable[[Trial], object], key: str, value: float, most: int, studio: Studio, django_assert_num_queries: Any
) -> None:
    people = twelve(studio)

    def history(weeks: int) -> None:
        for week in range(weeks):
            said(studio.borealis, 7, at=london(19) - week * A_WEEK)
            worked(studio.borealis, member=studio.kit, day=date(2026, 10, 13))

    closed(people, at=NOW - 4 * A_WEEK)
    history(2)
    trial = tried(studio, key, value)
    with CaptureQueriesContext(connection) as few:
        of(trial)
    assert len(few) <= most
    closed(people, at=NOW - 2 * A_WEEK)
    closed(people)
    history(20)
    team_hours._pieces.cache_clear()
    with django_assert_num_queries(len(few)):
        of(trial)
