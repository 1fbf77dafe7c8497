"""Whom we may ask how it felt: seldom, not while something hurts, and on a day nobody chose."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.measures.asking import (
    ASKING,
    Asked,
    Asking,
    Because,
    Person,
    Trouble,
    Verdict,
    ask_on,
    may_ask,
    quarter_of,
    signer,
)
from kept.measures.working_time import Calendar

WEEK = {day: [("09:00", "17:30")] for day in ("mon", "tue", "wed", "thu", "fri")}
HOUSE = Calendar(zone="Europe/London", windows=WEEK)
NOW = datetime(2026, 10, 20, 8, 40, tzinfo=UTC)  # a Tuesday


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def relationship(*days: float) -> list[Asked]:
    return [Asked(ago(each), relationship=True) for each in days]


def moments(*days: float) -> list[Asked]:
    return [Asked(ago(each), relationship=False) for each in days]


def judged(person: Person, *, about_all: bool = True, **more: Any) -> Verdict:
    return may_ask(person, relationship=about_all, at=NOW, calendar=HOUSE, **more)


def test_who_was_never_asked_may_be() -> None:
    assert judged(Person()).yes
    assert judged(Person(), about_all=False).yes


@pytest.mark.parametrize(("days", "may"), [(179.9, False), (180, True), (400, True)])
def test_about_the_relationship_at_most_every_180_days(days: float, may: bool) -> None:
    verdict = judged(Person(relationship(days)))
    assert verdict.yes == may
    assert verdict.until == (None if may else ago(days) + timedelta(days=180))
    assert verdict.because == (None if may else Because.THROTTLED)


@pytest.mark.parametrize(("days", "may"), [(29.9, False), (30, True)])
def test_about_a_moment_at_most_every_30_days_whatever_was_asked_before(days: float, may: bool) -> None:
    for before in (moments(days), relationship(days)):
        assert judged(Person(before), about_all=False).yes == may


def test_about_moments_four_times_a_year_at_most() -> None:
    three, four = moments(40, 100, 200), moments(40, 100, 200, 364)
    assert judged(Person(three), about_all=False).yes
    full = judged(Person(four), about_all=False)
    assert (full.yes, full.until) == (False, ago(364) + timedelta(days=365))
    assert judged(Person(moments(40, 100, 200, 365)), about_all=False).yes
    assert judged(Person([*three, *relationship(300)]), about_all=False).yes
    five = judged(Person(moments(40, 100, 200, 300, 364)), about_all=False)
    assert five.until == ago(300) + timedelta(days=365)


def test_moments_can_be_switched_off() -> None:
    assert not judged(Person(), about_all=False, numbers=Asking(moments_a_year=0)).yes


def test_the_relationship_wins_where_two_would_meet() -> None:
    assert judged(Person(moments(1))).yes
    soon = Person(relationship_on=NOW.date() + timedelta(days=30))
    assert judged(soon, about_all=False).because == Because.THROTTLED
    assert judged(Person(relationship_on=NOW.date() + timedelta(days=31)), about_all=False).yes
    assert judged(Person(relationship_on=NOW.date() - timedelta(days=1)), about_all=False).yes
    assert judged(soon).yes
    asked_before = Person(relationship(100), relationship_on=NOW.date() + timedelta(days=30))
    assert judged(asked_before, about_all=False).yes  # they will not be asked then


def test_nobody_is_asked_while_something_hurts_and_for_ten_working_days_after() -> None:
    still = Trouble("A message of 3 October waits.")
    assert judged(Person(troubles=[still])) == Verdict(False, still.words, Because.INCIDENT, None)
    friday = datetime(2026, 10, 9, 14, 0, tzinfo=UTC)
    over = judged(Person(troubles=[Trouble("It was late.", ended=friday)]))
    assert (over.yes, over.until) == (False, datetime(2026, 10, 23, 14, 0, tzinfo=UTC))
    long_over = Trouble("It was late.", ended=datetime(2026, 10, 6, 8, 40, tzinfo=UTC))
    assert judged(Person(troubles=[long_over])).yes


def test_what_holds_longest_is_told() -> None:
    bill = Trouble("A bill is disputed.", dispute=True)
    ended = Trouble("It was late.", ended=ago(1))
    assert judged(Person(troubles=[ended, bill])).because == Because.DISPUTE
    assert judged(Person(troubles=[ended, Trouble("Later still.", ended=ago(0.5))])).why == "Later still."


def test_a_wish_comes_before_everything_and_an_address_before_the_rest() -> None:
    full = Person(relationship(1), [Trouble("It hurts.")], wishes_not=True, has_address=False)
    assert judged(full).because == Because.WISH
    assert judged(Person(relationship(1), [Trouble("It hurts.")], has_address=False)).because == Because.NO_ADDRESS
    assert judged(Person(relationship(1), [Trouble("It hurts.")])).because == Because.INCIDENT


@given(st.lists(st.tuples(st.floats(0, 800), st.booleans()), max_size=12), st.booleans())
def test_whoever_waits_until_the_day_told_may_be_asked_then(history: list[tuple[float, bool]], about_all: bool) -> None:
    person = Person([Asked(ago(days), kind) for days, kind in history])
    verdict = judged(person, about_all=about_all)
    tries = 0
    while not verdict.yes:
        assert verdict.until
        verdict = may_ask(person, relationship=about_all, at=verdict.until, calendar=HOUSE)
        tries += 1
    assert tries <= 2  # first the pause, then the year


@pytest.mark.parametrize(
    ("day", "quarter"),
    [(date(2026, 1, 1), (2026, 1)), (date(2026, 3, 31), (2026, 1)), (date(2026, 10, 1), (2026, 4))],
)
def test_a_day_lies_in_its_quarter(day: date, quarter: tuple[int, int]) -> None:
    assert quarter_of(day) == quarter


def test_the_day_is_the_same_whenever_it_is_drawn() -> None:
    # written down: whoever changes how it is drawn moves everybody's day
    drawn = [ask_on(person, year=2026, quarter=4, calendar=HOUSE) for person in (1, 2, 3)]
    assert drawn == [date(2026, 11, 19), date(2026, 11, 23), date(2026, 11, 12)]


def test_days_are_working_days_within_the_window_and_spread() -> None:
    drawn = [ask_on(person, year=2026, quarter=4, calendar=HOUSE) for person in range(600)]
    assert min(drawn) >= date(2026, 10, 1) + timedelta(days=ASKING.from_day)
    assert max(drawn) <= date(2026, 10, 1) + timedelta(days=ASKING.from_day + ASKING.window_days + 2)
    weekdays = Counter(day.weekday() for day in drawn)
    assert set(weekdays) == {0, 1, 2, 3, 4}
    assert len(set(drawn)) == 30
    # weekends move to Mondays, so these have three lots each
    others = [count for day, count in Counter(drawn).items() if day.weekday() != 0]
    assert max(others) < 40


def test_the_same_person_has_another_day_in_another_quarter() -> None:
    in_a_year = {(ask_on(7, year=2026, quarter=q, calendar=HOUSE) - date(2026, q * 3 - 2, 1)).days for q in range(1, 5)}
    assert len(in_a_year) > 1


def test_a_long_closing_moves_the_day_behind_it() -> None:
    weeks = [date(2026, 10, 15) + timedelta(days=n) for n in range(45)]
    closed = Calendar(zone="Europe/London", windows=WEEK, holidays=weeks)
    assert ask_on(1, year=2026, quarter=4, calendar=closed) == date(2026, 11, 30)


def test_who_is_judged_does_not_ask() -> None:
    assert signer([1, 2, 3], judged=set()) == 1
    assert signer([1, 2, 3], judged={1}) == 2
    assert signer([1], judged={1}) is None
    assert signer([], judged=set()) is None
