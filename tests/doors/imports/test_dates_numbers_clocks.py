"""Days, numbers and lengths of time are read as their writers meant them, and never guessed."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from kept.doors.imports.clocks import Spans, time_of_day
from kept.doors.imports.dates import Days, moment
from kept.doors.imports.numbers import Numbers
from kept.doors.imports.questions import Question, Unreadable

APRIL_24 = date(2025, 4, 24)


@pytest.mark.parametrize(
    "text",
    [
        "2025-04-24", "2025/04/24", "20250424", "24.04.2025", "24.4.25", "24/04/2025", "04/24/2025",
        "4/24/25", "24-04-2025",
        "24-Apr-25", "24 April 2025", "April 24, 2025", "Thu 24 Apr 2025", "Thursday, April 24, 2025",
        "24. April 2025",
        "24 avril 2025", "24 de abril de 2025", "2025-04-24T23:30:00Z", "24.04.2025 09:15",
    ],
)  # fmt: skip
def test_a_day_that_reads_one_way_is_read(text: str) -> None:
    assert Days(lambda: [text])[text] == APRIL_24


@pytest.mark.parametrize(
    ("text", "month"), [("1. März 2025", 3), ("1 août 2025", 8), ("01-Mrt-25", 3), ("1 ene 2025", 1)]
)
def test_months_are_known_in_other_tongues(text: str, month: int) -> None:
    assert Days()[text] == date(2025, month, 1)


def test_one_thirteenth_settles_the_order_of_the_whole_file() -> None:
    assert Days(lambda: ["03/04/2025", "13/04/2025"])["03/04/2025"] == date(2025, 4, 3)
    assert Days(lambda: ["03/04/2025", "04/13/2025"])["03/04/2025"] == date(2025, 3, 4)


def test_dates_that_all_read_both_ways_are_asked_for() -> None:
    with pytest.raises(Question, match="3 April or 4 March") as asked:
        Days(lambda: ["03/04/2025", "05/06/2025"])["03/04/2025"]
    assert asked.value.answers == ("--day-first", "--month-first")


def test_a_date_that_is_the_same_both_ways_asks_nothing() -> None:
    assert Days(lambda: ["04/04/2025"])["04/04/2025"] == date(2025, 4, 4)


def test_dates_that_contradict_each_other_evenly_are_asked_for() -> None:
    with pytest.raises(Question, match="contradict"):
        Days(lambda: ["13/04/2025", "04/13/2025", "03/04/2025"])["03/04/2025"]


def test_the_owners_answer_wins_over_the_file() -> None:
    assert Days(lambda: ["04/13/2025"], day_first=True)["03/04/2025"] == date(2025, 4, 3)
    with pytest.raises(Unreadable, match="there is no month 13"):
        Days(day_first=True)["04/13/2025"]


@pytest.mark.parametrize(
    "text", ["", "soon", "31.02.2025", "2025-13-01", "0", "99/99/2025", "0202-04-24", "24.04.9999"]
)
def test_what_is_no_date_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        Days(day_first=True)[text]
    assert refused.value.remedy


def test_a_moment_in_one_cell_keeps_its_offset() -> None:
    at = moment("2025-04-24T09:00:00+02:00", Days())
    assert at is not None
    assert at.utcoffset() is not None
    assert moment("24.04.2025 2:05 PM", Days()) == datetime(2025, 4, 24, 14, 5)  # noqa: DTZ001 the file names no zone
    assert moment("09:00", Days()) is None


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("10:23:52 AM", time(10, 23, 52)), ("12:05 am", time(0, 5)), ("12:05 PM", time(12, 5)),
        ("2:05 p.m.", time(14, 5)),
        ("22:10", time(22, 10)), ("22h10", time(22, 10)), ("9.30 Uhr", time(9, 30)), ("24:00", time(0, 0)),
        ("25:00", None), ("13:00 PM", None), ("10", None), ("soon", None),
    ],
)  # fmt: skip
def test_times_of_day_on_either_clock(text: str, at: time | None) -> None:
    assert time_of_day(text) == at


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0.01", 36), ("0,01", 36), ("20,0", 72_000), ("3,5", 12_600), ("1", 3600), ("0", 0),
        (".5", 1800), ("1.750", 6300),
        ("3:30", 12_600), ("01:00:01", 3601), ("00:00:00", 0), ("-0:30", -1800), ("1h 30m", 5400),
        ("90 min", 5400),
        ("1 h 05 min", 3900), ("1.5 h", 5400), ("45s", 45), ("0:00:01.6", 2),
    ],
)  # fmt: skip
def test_lengths_are_exact_to_the_second(text: str, seconds: int) -> None:
    assert Spans(Numbers(thousands=False), unit=lambda: 3600)[text] == seconds


@pytest.mark.parametrize("text", ["1:75", "0:10:60", "a while", "1:2:3:4"])
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        Spans(Numbers(), unit=lambda: 3600)[text]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.001,11", "1001.11"), ("1,001.11", "1001.11"), ("1'000.50", "1000.50"),
        ("1 000,50", "1000.50"), ("€ 12", "12"),
        ("12,50 EUR", "12.50"), ("1,234,567", "1234567"), ("1.234.567", "1234567"), ("-3", "-3"),
        ("−3,5", "-3.5"), ("40h", "40"),
        ("0.125", "0.125"), ("0,125", "0.125"),
    ],
)  # fmt: skip
def test_numbers_with_either_decimal_mark(text: str, value: str) -> None:
    assert Numbers()[text] == Decimal(value)


def test_a_number_that_reads_both_ways_is_settled_by_the_others_or_refused() -> None:
    assert Numbers(lambda: ["1.250", "7,5"])["1.250"] == 1250
    assert Numbers(lambda: ["1.250", "7.5"])["1.250"] == Decimal("1.25")
    with pytest.raises(Unreadable, match=r"1250 or as 1\.250"):
        Numbers(lambda: ["1.250", "40"])["1.250"]
