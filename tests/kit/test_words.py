"""Times, counts, lists and money read as a person would say them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.kit import words

LONDON = ZoneInfo("Europe/London")
TODAY = date(2026, 10, 20)  # a Tuesday
NOW = datetime(2026, 10, 20, 9, 40, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("number", "one", "many", "said"),
    [
        (0, "promise", "", "no promises"),
        (1, "person", "people", "one person"),
        (3, "person", "people", "three people"),
        (12, "promise", "", "twelve promises"),
        (13, "promise", "", "13 promises"),
        (1200, "hour", "", "1,200 hours"),
    ],
)
def test_counts(number: int, one: str, many: str, said: str) -> None:
    assert words.count(number, one, many) == said


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], ""),
        (["Dana"], "Dana"),
        (["Dana", "Cleo"], "Dana and Cleo"),
        (["Dana", "Cleo", "Noor"], "Dana, Cleo and Noor"),
    ],
)
def test_lists(names: list[str], said: str) -> None:
    assert words.listed(names) == said


def test_a_sentence_begins_large_and_keeps_the_rest() -> None:
    assert words.sentence("nobody at NASA") == "Nobody at NASA"
    assert words.sentence("") == ""


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(seconds=59), "0 min"),
        (timedelta(minutes=38, seconds=59), "38 min"),
        (timedelta(hours=2, minutes=5), "2 h 05"),
        (timedelta(hours=3), "3 h"),
        (timedelta(hours=47, minutes=59), "47 h 59"),
        (timedelta(hours=48), "2 days"),
        (-timedelta(minutes=70), "1 h 10"),
    ],
)
def test_spans_are_rounded_down_whichever_way_they_point(length: timedelta, said: str) -> None:
    assert words.span(length) == said


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(hours=15, minutes=59), "15 h 59"),
        (timedelta(hours=16), "2 working days"),
        (-timedelta(hours=31), "3 working days"),
    ],
)
def test_long_stretches_of_work_are_working_days(length: timedelta, said: str) -> None:
    assert words.working_span(length) == said


@pytest.mark.parametrize(
    ("seconds", "digits", "said"),
    [(57.5 * 3600, 1, "57.5"), (58 * 3600, 1, "58"), (100 * 3600, 0, "100"), (1200 * 3600, 2, "1,200"), (0, 1, "0")],
)
def test_hours_lose_only_an_empty_fraction(seconds: float, digits: int, said: str) -> None:
    assert words.hours(seconds, digits=digits) == said


@pytest.mark.parametrize(
    ("days", "said", "within"),
    [
        (0, "today", "today"),
        (1, "tomorrow", "tomorrow"),
        (-1, "yesterday", "yesterday"),
        (-5, "Thu 15 Oct", "on Thu 15 Oct"),
        (7, "Tue 27 Oct", "on Tue 27 Oct"),
        (-320, "Thu 4 Dec 2025", "on Thu 4 Dec 2025"),
    ],
)
def test_days(days: int, said: str, within: str) -> None:
    of = TODAY + timedelta(days=days)
    assert words.day(of, today=TODAY) == said
    assert words.day(of, today=TODAY, article=True) == within


def test_september_has_four_letters_as_in_print() -> None:
    assert words.day(date(2026, 9, 3), today=TODAY) == "Thu 3 Sept"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (31, "31st"),
    ],
)
def test_ordinals(number: int, said: str) -> None:
    assert words.ordinal(number) == said


def test_days_in_full() -> None:
    assert words.long_day(TODAY) == "Tuesday 20 October"
    assert words.day_in_month(date(2026, 10, 27)) == "Tuesday the 27th"


def test_moments_are_said_in_the_readers_zone() -> None:
    at = datetime(2026, 10, 20, 22, 30, tzinfo=UTC)
    assert words.moment(at, now=NOW, zone=LONDON) == "23:30"
    assert words.moment(at, now=NOW, zone=ZoneInfo("Europe/Berlin")) == "tomorrow, 00:30"
    assert words.clock(at, ZoneInfo("America/New_York")) == "18:30"
    assert words.full(NOW.astimezone(UTC), LONDON) == "Tuesday 20 October 2026, 09:40 BST"
    assert words.full(NOW + timedelta(days=14), LONDON) == "Tuesday 3 November 2026, 09:40 GMT"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "today"),
        (1, "yesterday"),
        (4, "since Friday"),
        (6, "since Wednesday"),
        (7, "7 days ago"),
        (59, "59 days ago"),
        (60, "in August"),
        (365, "in October 2025"),
        (-1, "tomorrow"),
    ],
)
def test_how_long_ago(days: int, said: str) -> None:
    assert words.since(TODAY - timedelta(days=days), today=TODAY) == said


@pytest.mark.parametrize(
    ("hour", "said"),
    [(0, "Good morning"), (11, "Good morning"), (12, "Good afternoon"), (17, "Good afternoon"), (18, "Good evening")],
)
def test_greetings_go_by_the_readers_clock(hour: int, said: str) -> None:
    assert words.greeting(NOW.replace(hour=hour).astimezone(UTC), LONDON) == said


@pytest.mark.parametrize(
    ("probability", "said"),
    [
        (0.0, "hardly"), (0.049, "hardly"), (0.05, "one in ten"), (0.3, "one in three"), (0.5, "one in two"),
        (0.76, "three in four"), (0.9, "nine in ten"), (0.97, "almost surely"), (1.0, "almost surely"),
    ],
)  # fmt: skip
def test_chances_are_ones_a_person_can_picture(probability: float, said: str) -> None:
    assert words.chance(probability) == said


@given(st.floats(min_value=0.05, max_value=0.9699))
def test_a_chance_is_never_said_far_from_what_it_is(probability: float) -> None:
    top, bottom = (words.SMALL.index(word) for word in words.chance(probability).split(" in "))
    assert abs(top / bottom - probability) < 0.1


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [
        (1920, "GBP", "£1,920"),
        (Decimal("48.5"), "EUR", "€48"),
        (0.4, "USD", "$0"),
        (1920, "CHF", "CHF\u00a01,920"),
        (1920, "PLN", "zł\u00a01,920"),
    ],
)
def test_money_has_the_sign_people_know(amount: Decimal | float, currency: str, said: str) -> None:
    assert words.money(amount, currency) == said


def test_money_to_the_penny_where_it_matters() -> None:
    assert words.money(Decimal("48.5"), "EUR", digits=2) == "€48.50"


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 12, 31)))
def test_the_last_of_a_month_is_followed_by_a_first(of: date) -> None:
    last = words.last_of_month(of)
    assert (last.year, last.month) == (of.year, of.month)
    assert (last + timedelta(days=1)).day == 1
