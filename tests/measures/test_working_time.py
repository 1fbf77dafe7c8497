"""Working time counts open hours only, in the firm's zone, on days when clocks change too."""

import pickle
import time
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kept.measures.working_time import Calendar
from kept.measures.zone_days import clock_change_days

LONDON = ZoneInfo("Europe/London")
OFFICE = {day: [("09:00", "17:30")] for day in ("mon", "tue", "wed", "thu", "fri")}
SPLIT = {day: [("09:00", "12:30"), ("13:30", "17:30")] for day in ("mon", "tue", "wed", "thu", "fri")}
ALWAYS = {day: [("00:00", "24:00")] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


def london(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=LONDON)


def test_a_bank_holiday_weekend_counts_two_hours() -> None:
    calendar = Calendar(zone="Europe/London", windows=OFFICE, holidays={date(2025, 5, 5)})
    asked, answered = london(2025, 5, 2, 16, 30), london(2025, 5, 6, 10, 0)
    assert calendar.between(asked, answered) == hours(2)
    assert calendar.add(asked, hours(2)) == answered


def test_a_lunch_break_is_no_working_time() -> None:
    calendar = Calendar(zone="Europe/London", windows=SPLIT)
    assert calendar.add(london(2025, 4, 22, 12, 0), hours(1)) == london(2025, 4, 22, 14, 0)
    assert not calendar.is_open(london(2025, 4, 22, 13, 0))


def test_a_break_closes_one_date_only() -> None:
    calendar = Calendar(zone="Europe/London", windows=SPLIT, breaks={date(2025, 4, 24): [("10:30", "12:00")]})
    assert calendar.between(london(2025, 4, 24, 9), london(2025, 4, 24, 13)) == hours(2)
    assert calendar.between(london(2025, 4, 25, 9), london(2025, 4, 25, 13)) == hours(3.5)
    assert calendar.is_break(london(2025, 4, 24, 11))
    assert not calendar.is_break(london(2025, 4, 25, 11))


def test_a_shift_replaces_the_windows_of_its_date() -> None:
    calendar = Calendar(zone="Europe/London", windows=OFFICE, shifts={date(2025, 4, 26): [("10:00", "12:00")]})
    assert calendar.is_open(london(2025, 4, 26, 11))
    assert calendar.add(london(2025, 4, 25, 17), hours(1)) == london(2025, 4, 26, 10, 30)


def test_a_window_is_open_at_its_first_moment_and_closed_at_its_last() -> None:
    calendar = Calendar(zone="Europe/London", windows=OFFICE)
    assert calendar.is_open(london(2025, 4, 22, 9))
    assert not calendar.is_open(london(2025, 4, 22, 17, 30))


def test_work_done_at_a_closing_is_due_then_and_stands_at_the_next_opening() -> None:
    calendar = Calendar(zone="Europe/London", windows=OFFICE)
    friday = london(2025, 4, 25, 16, 30)
    assert calendar.deadline(friday, hours(1)) == london(2025, 4, 25, 17, 30)
    assert calendar.add(friday, hours(1)) == london(2025, 4, 28, 9)


def test_the_last_window_of_all_ends_at_its_closing() -> None:
    calendar = Calendar(zone="Europe/London", windows={}, shifts={date(2025, 4, 26): [("10:00", "12:00")]})
    assert calendar.add(london(2025, 4, 1), hours(2)) == london(2025, 4, 26, 12)


def test_the_answer_comes_in_the_zone_of_the_question() -> None:
    calendar = Calendar(zone="Europe/London", windows=OFFICE)
    tokyo = ZoneInfo("Asia/Tokyo")
    found = calendar.add(datetime(2025, 4, 22, 20, tzinfo=tokyo), hours(1))
    assert found.tzinfo is tokyo
    assert found == london(2025, 4, 22, 13)


@pytest.mark.parametrize(("day", "length"), [(date(2025, 3, 30), 23), (date(2025, 10, 26), 25)])
def test_a_round_the_clock_day_is_as_long_as_the_clocks_make_it(day: date, length: int) -> None:
    calendar = Calendar(zone="Europe/London", windows=ALWAYS)
    midnight = datetime.combine(day, datetime.min.time(), LONDON)
    next_midnight = datetime.combine(day + timedelta(days=1), datetime.min.time(), LONDON)
    assert calendar.between(midnight, next_midnight) == hours(length)
    assert calendar.between(midnight - timedelta(days=40), next_midnight + timedelta(days=40)) == hours(
        (next_midnight.astimezone(UTC) - midnight.astimezone(UTC)).total_seconds() / 3600 + 24 * 80
    )


def test_a_window_opening_inside_the_skipped_hour_opens_when_the_clocks_have_jumped() -> None:
    calendar = Calendar(zone="Europe/London", windows={"sun": [("01:30", "03:00")]})
    assert calendar.next_open(datetime(2025, 3, 30, tzinfo=UTC)) == datetime(2025, 3, 30, 1, tzinfo=UTC)
    assert calendar.between(london(2025, 3, 29), london(2025, 3, 31)) == hours(1)


def test_a_day_the_calendar_of_samoa_left_out_holds_no_work() -> None:
    calendar = Calendar(zone="Pacific/Apia", windows=OFFICE)  # Friday 30 December 2011 never was
    apia = ZoneInfo("Pacific/Apia")
    assert calendar.between(datetime(2011, 12, 29, 9, tzinfo=apia), datetime(2012, 1, 2, 9, tzinfo=apia)) == hours(8.5)


def test_previous_open_gives_the_last_closing() -> None:
    calendar = Calendar(zone="Europe/London", windows=OFFICE)
    assert calendar.previous_open(london(2025, 4, 27, 12)) == london(2025, 4, 25, 17, 30)
    assert calendar.previous_open(london(2025, 4, 25, 12)) == london(2025, 4, 25, 12)


def test_one_working_day_after_friday_noon_is_monday_noon() -> None:
    calendar = Calendar(zone="Europe/London", windows=OFFICE, holidays={date(2025, 5, 5)})
    assert calendar.same_time_after(london(2025, 4, 25, 12), 1) == london(2025, 4, 28, 12)
    assert calendar.same_time_after(london(2025, 5, 2, 12), 1) == london(2025, 5, 6, 12)
    assert calendar.same_time_after(london(2025, 5, 6, 12), -1) == london(2025, 5, 2, 12)


def test_no_time_passes_backwards() -> None:
    calendar = Calendar(zone="Europe/London", windows=OFFICE)
    assert calendar.between(london(2025, 4, 25), london(2025, 4, 22)) == timedelta(0)


def test_a_calendar_that_never_opens_says_so() -> None:
    closed = Calendar(zone="Europe/London", windows={})
    for asked in (hours(1), hours(-1), timedelta(0)):
        with pytest.raises(ValueError, match="not open for that long"):
            closed.add(london(2025, 4, 22), asked)
    assert closed.between(london(2015, 1, 1), london(2025, 1, 1)) == timedelta(0)


def test_more_time_than_there_is_says_so() -> None:
    calendar = Calendar(zone="UTC", windows=OFFICE)
    with pytest.raises(ValueError, match="not open for that long"):
        calendar.add(datetime(2025, 1, 1, tzinfo=UTC), timedelta(days=999_999))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"windows": {"mon": [("09:00", "13:00"), ("12:00", "17:00")]}}, "overlap"),
        ({"windows": {"mon": [("17:00", "09:00")]}}, "ends at 09:00"),
        ({"windows": {"mon": [("09:00", "09:00")]}}, "ends at 09:00"),
        ({"windows": {"monday": [("09:00", "17:00")]}}, "no weekday"),
        ({"windows": {"mon": [("9", "17:00")]}}, "no time of day"),
        ({"windows": {"mon": [("09:00", "24:30")]}}, "no time of day"),
        ({"windows": {"mon": ["09:00-17:00"]}}, "is a pair"),
        ({"zone": "Europe/Borealis"}, "no time zone"),
        ({"zone": ""}, "no time zone"),
        ({"holidays": [datetime(2025, 4, 18, tzinfo=UTC)]}, "no plain date"),
        ({"breaks": {date(2025, 4, 18): [("12:00", "10:00")]}}, "2025-04-18 ends at 10:00"),
    ],
)
def test_a_wrong_calendar_is_refused_in_a_plain_sentence(wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Calendar(**({"zone": "Europe/London", "windows": OFFICE} | wrong))


def test_a_moment_without_a_zone_is_refused() -> None:
    calendar = Calendar(zone="Europe/London", windows=OFFICE)
    with pytest.raises(ValueError, match="no time zone"):
        calendar.add(datetime(2025, 4, 22, 9), hours(1))  # noqa: DTZ001 (the point of the test)


def test_equal_calendars_are_one_key_and_survive_pickling() -> None:
    first, second = (Calendar(zone="Europe/London", windows=OFFICE) for _ in range(2))
    assert {first: "found"}[second] == "found"
    assert pickle.loads(pickle.dumps(first)) == second  # noqa: S301 (our own bytes)
    assert first != Calendar(zone="Europe/Berlin", windows=OFFICE)


def test_an_hour_across_ten_years_takes_less_than_a_millisecond() -> None:
    closed = {date(2015, 1, 1) + timedelta(days=number) for number in range(3653)}
    calendar = Calendar(zone="Europe/London", windows=SPLIT, holidays=closed)
    start = london(2015, 1, 1)
    took = []
    for _ in range(20):
        begun = time.process_time()
        found = calendar.add(start, hours(1))
        took.append(time.process_time() - begun)
    assert found == london(2025, 1, 1, 10)
    assert sorted(took)[10] < 0.001


ZONES = (
    "UTC",
    "Europe/London",
    "America/New_York",
    "America/Sao_Paulo",
    "Pacific/Apia",
    "Australia/Lord_Howe",
)
QUARTERS = [f"{number // 4:02}:{number % 4 * 15:02}" for number in range(97)]


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    windows = {}
    for day in draw(st.sets(st.sampled_from(list(ALWAYS)), min_size=1)):
        edges = sorted(draw(st.sets(st.integers(0, 96), min_size=2, max_size=6)))
        pairs = zip(edges[::2], edges[1::2], strict=False)
        windows[day] = [(QUARTERS[opens], QUARTERS[closes]) for opens, closes in pairs]
    near = st.dates(date(2011, 12, 20), date(2012, 5, 1))
    return Calendar(
        zone=draw(st.sampled_from(ZONES)),
        windows=windows,
        holidays=draw(st.sets(near, max_size=5)),
        breaks=draw(st.dictionaries(near, st.just([("10:30", "12:00")]), max_size=3)),
    )


MOMENTS = st.datetimes(
    datetime(2011, 12, 20),  # noqa: DTZ001 (hypothesis adds the zone)
    datetime(2012, 4, 20),  # noqa: DTZ001
    timezones=st.just(UTC),
)
DURATIONS = st.timedeltas(timedelta(0), timedelta(hours=200))


@given(calendars(), MOMENTS, DURATIONS)
def test_what_is_added_lies_between(calendar: Calendar, start: datetime, duration: timedelta) -> None:
    assert calendar.between(start, calendar.add(start, duration)) == duration


@given(calendars(), MOMENTS, DURATIONS.filter(bool))
def test_what_is_counted_back_lies_between(calendar: Calendar, start: datetime, duration: timedelta) -> None:
    assert calendar.between(calendar.add(start, -duration), start) == duration


@given(calendars(), MOMENTS, DURATIONS)
def test_what_is_added_stands_in_open_time(calendar: Calendar, start: datetime, duration: timedelta) -> None:
    assert calendar.is_open(calendar.add(start, duration))


@given(calendars(), st.tuples(MOMENTS, MOMENTS, MOMENTS))
def test_two_stretches_add_up_to_the_whole(calendar: Calendar, moments: tuple[datetime, datetime, datetime]) -> None:
    first, middle, last = sorted(moments)
    assert calendar.between(first, last) == calendar.between(first, middle) + calendar.between(middle, last)


@settings(max_examples=30, deadline=None)
@given(calendars(), MOMENTS, st.integers(0, 7 * 96))
def test_working_time_is_the_sum_of_open_quarters(calendar: Calendar, start: datetime, quarters: int) -> None:
    quarter = timedelta(minutes=15)
    start = start.replace(minute=0, second=0, microsecond=0)
    walked = sum(calendar.is_open(start + number * quarter) for number in range(quarters))
    assert calendar.between(start, start + quarters * quarter) == walked * quarter


@pytest.mark.parametrize(("weekday", "length"), [("sun", 24 + 23 + 24), ("sat", 24 + 24 + 25)])
def test_a_summer_time_of_one_week_is_not_overlooked(weekday: str, length: int) -> None:
    recife = ZoneInfo("America/Recife")  # at midnight from Sunday 8 until Sunday 15 October 2000, then given up
    calendar = Calendar(zone="America/Recife", windows={weekday: [("00:00", "24:00")]})
    start, end = datetime(2000, 9, 30, tzinfo=recife), datetime(2000, 10, 21, tzinfo=recife)
    assert calendar.between(start, end) == hours(length)


@pytest.mark.parametrize("zone", ["Europe/London", "America/Recife", "Africa/Casablanca", "Pacific/Apia", "Asia/Tokyo"])
def test_the_clock_changes_of_a_zone_are_all_found(zone: str) -> None:
    found = {day for year in range(1999, 2027) for day in clock_change_days(ZoneInfo(zone), year)}
    noon, missed = datetime(1999, 1, 1, 12, tzinfo=ZoneInfo(zone)), []
    while noon.year < 2026:
        later = noon + timedelta(days=1)
        if later.utcoffset() != noon.utcoffset() and not {noon.toordinal(), later.toordinal()} <= found:
            missed.append(noon.date())
        noon = later
    assert missed == []
