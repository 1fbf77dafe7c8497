"""A clock that stands: what does not count, when the pledge runs out instead, and that a pause is never late."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.measures.pauses import Pause, running, runs_out, spans
from kept.measures.replies import Clock, Ended, due, summary_of
from kept.measures.working_time import Calendar

LONDON = ZoneInfo("Europe/London")
CALENDAR = Calendar(
    zone="Europe/London",
    windows={day: [("09:00", "12:30"), ("13:30", "17:30")] for day in ("mon", "tue", "wed", "thu", "fri")},
)
FOUR_HOURS, NONE = timedelta(hours=4), timedelta(0)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """In October 2026: the 19th is a Monday."""
    return datetime(2026, 10, day, hour, minute, tzinfo=LONDON)


ASKED = Clock(started_by=1, started_at=at(19, 10))


def test_working_time_within_a_pause_does_not_count() -> None:
    # asked on Monday at ten; paused from eleven until Tuesday at ten
    pauses = [Pause(at(19, 11), at(20, 10))]
    wait = due(ASKED, calendar=CALENDAR, pledge=FOUR_HOURS, at=at(20, 11, 30), pauses=pauses)
    # 10:00 to 11:00 on Monday and 10:00 to 11:30 on Tuesday
    assert wait.passed == timedelta(hours=2, minutes=30)
    # three hours are left at ten on Tuesday: until 12:30, and half an hour after lunch
    assert wait.due == at(20, 14)
    assert (wait.left, wait.late, wait.paused) == (timedelta(hours=1, minutes=30), False, False)


def test_without_pauses_nothing_changes() -> None:
    wait = due(ASKED, calendar=CALENDAR, pledge=FOUR_HOURS, at=at(19, 16))
    assert (wait.passed, wait.due, wait.late) == (timedelta(hours=5), at(19, 15), True)


def test_while_it_stands_it_is_not_late_and_would_run_on_from_now() -> None:
    pauses = [Pause(at(19, 11))]
    wait = due(ASKED, calendar=CALENDAR, pledge=FOUR_HOURS, at=at(23, 9), pauses=pauses)
    assert (wait.passed, wait.left, wait.paused) == (timedelta(hours=1), timedelta(hours=3), True)
    assert wait.due == at(23, 12)
    assert not wait.late
    assert not wait.last_hour


def test_what_was_late_before_the_pause_is_late_again_after_it() -> None:
    pauses = [Pause(at(19, 17), at(20, 9))]
    during = due(ASKED, calendar=CALENDAR, pledge=FOUR_HOURS, at=at(19, 17, 10), pauses=pauses)
    after = due(ASKED, calendar=CALENDAR, pledge=FOUR_HOURS, at=at(20, 9, 10), pauses=pauses)
    assert (during.late, during.passed) == (False, timedelta(hours=6))
    assert (after.late, after.passed) == (True, timedelta(hours=6, minutes=10))
    # the pledge had run out before the pause began
    assert after.due == at(19, 15)


def test_an_answer_during_the_pause_is_judged_by_the_time_that_ran() -> None:
    clock = Clock(1, at(19, 10), answered_by=2, answered_at=at(21, 9, 30), ended=Ended.REPLY)
    wait = due(clock, calendar=CALENDAR, pledge=FOUR_HOURS, at=at(23, 9), pauses=[Pause(at(19, 12))])
    assert (wait.passed, wait.late, wait.paused) == (timedelta(hours=2), False, False)
    assert summary_of([wait], pledge=FOUR_HOURS).within == 1


def test_a_pause_that_ends_exactly_now_stands_no_more() -> None:
    assert Pause(at(19, 11), at(19, 12)).holds(at(19, 11))
    assert not Pause(at(19, 11), at(19, 12)).holds(at(19, 12))
    assert not Pause(at(19, 11)).holds(at(19, 10, 59))


def test_pauses_that_overlap_count_once() -> None:
    pauses = [Pause(at(19, 11), at(19, 13)), Pause(at(19, 12), at(19, 14)), Pause(at(19, 16))]
    assert spans(pauses, until=at(19, 15)) == [(at(19, 11), at(19, 14))]
    wait = due(ASKED, calendar=CALENDAR, pledge=FOUR_HOURS, at=at(19, 15), pauses=pauses)
    # 10 to 11 and 14 to 15
    assert wait.passed == timedelta(hours=2)


def test_a_pause_before_the_question_changes_nothing() -> None:
    wait = due(ASKED, calendar=CALENDAR, pledge=FOUR_HOURS, at=at(19, 12), pauses=[Pause(at(16, 9), at(19, 10))])
    assert (wait.passed, wait.due) == (timedelta(hours=2), at(19, 15))


def test_a_pause_over_lunch_costs_no_working_time() -> None:
    lunch = [Pause(at(19, 12, 30), at(19, 13, 30))]
    wait = due(ASKED, calendar=CALENDAR, pledge=FOUR_HOURS, at=at(20, 9), pauses=lunch)
    assert (wait.passed, wait.due) == (timedelta(hours=6, minutes=30), at(19, 15))


minutes = st.integers(0, 14 * 24 * 60)
START = datetime(2026, 10, 19, tzinfo=UTC)


@given(st.lists(st.tuples(minutes, st.none() | minutes), max_size=5), minutes)
def test_what_ran_and_what_stood_is_all_there_was(ends: list[tuple[int, int | None]], now: int) -> None:
    moment = START + timedelta(minutes=now)
    pauses = [
        Pause(START + timedelta(minutes=one), None if other is None else START + timedelta(minutes=max(one, other)))
        for one, other in ends
    ]
    stood = spans(pauses, until=moment)
    assert all(first < last for first, last in stood)
    assert all(one[1] < other[0] for one, other in pairwise(stood))
    ran = running(CALENDAR, START, moment, without=stood)
    still = sum((CALENDAR.between(first, last) for first, last in stood), start=NONE)
    assert ran + still == CALENDAR.between(START, moment)
    assert ran >= NONE


@given(st.lists(st.tuples(minutes, minutes), max_size=4), st.integers(1, 40 * 60))
def test_when_the_pledge_has_run_out_exactly_the_pledge_has_passed(ends: list[tuple[int, int]], pledged: int) -> None:
    pauses = [Pause(START + timedelta(minutes=min(pair)), START + timedelta(minutes=max(pair))) for pair in ends]
    pledge = timedelta(minutes=pledged)
    stood = spans(pauses, until=START + timedelta(days=60))
    until = runs_out(CALENDAR, START, pledge, without=stood)
    assert running(CALENDAR, START, until, without=stood) == pledge
    assert running(CALENDAR, START, until - timedelta(seconds=1), without=stood) < pledge


@pytest.mark.parametrize("pledge", [NONE, timedelta(minutes=-1)])
def test_a_pledge_of_nothing_is_refused_with_pauses_too(pledge: timedelta) -> None:
    with pytest.raises(ValueError, match="above zero"):
        due(ASKED, calendar=CALENDAR, pledge=pledge, at=at(19, 12), pauses=[Pause(at(19, 11))])
