"""Evening and weekend hours by what is known of them, and hours beyond contracts by the client that took them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.measures.late_hours import beyond_contract, outside
from kept.measures.working_time import Calendar

LONDON = ZoneInfo("Europe/London")
LEEDS = Calendar(
    zone="Europe/London",
    windows={day: [("09:00", "17:30")] for day in ("mon", "tue", "wed", "thu", "fri")},
    holidays=[date(2026, 8, 31)],
)
TUESDAY, SATURDAY, HOLIDAY = date(2026, 10, 20), date(2026, 10, 17), date(2026, 8, 31)
HOUR = 3600


def at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=LONDON)


def test_work_inside_the_open_hours_is_not_outside() -> None:
    assert outside(TUESDAY, at(TUESDAY, 10), 2 * HOUR, calendar=LEEDS) == 0


def test_only_the_part_after_closing_counts() -> None:
    assert outside(TUESDAY, at(TUESDAY, 16), 3 * HOUR, calendar=LEEDS) == 1.5


@pytest.mark.parametrize("day", [SATURDAY, HOLIDAY])
def test_a_closed_day_is_outside_also_without_a_time_of_day(day: date) -> None:
    assert outside(day, None, 3 * HOUR, calendar=LEEDS) == 3
    assert outside(day, at(day, 10), 3 * HOUR, calendar=LEEDS) == 3


def test_without_a_time_of_day_a_working_day_is_not_known() -> None:
    assert outside(TUESDAY, None, 3 * HOUR, calendar=LEEDS) is None


def test_a_record_longer_than_a_day_says_nothing_of_evenings() -> None:
    assert outside(TUESDAY, at(TUESDAY, 9), 30 * HOUR, calendar=LEEDS) is None


def test_hours_beyond_a_contract_fall_on_clients_by_their_share_of_the_week() -> None:
    worked = [("Kit", 1, "Borealis", 30.0), ("Kit", 1, "Cassini", 20.0), ("Kit", 2, "Borealis", 40.0)]
    assert beyond_contract(worked, {"Kit": 40.0}) == {"Borealis": 6.0, "Cassini": 4.0}


def test_whoever_has_no_contract_is_left_out() -> None:
    assert beyond_contract([("Zed", 1, "Borealis", 60.0)], {}) == {"Borealis": 0.0}


@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 3), st.sampled_from("xyz"), st.floats(0.1, 60))),
    st.floats(1, 60),
)
def test_what_clients_caused_is_all_that_was_beyond(worked: list[tuple[str, int, str, float]], contract: float) -> None:
    weeks: dict[tuple[str, int], float] = {}
    for who, week, _, hours in worked:
        weeks[who, week] = weeks.get((who, week), 0.0) + hours
    beyond = sum(max(0.0, hours - contract) for hours in weeks.values())
    assert sum(beyond_contract(worked, {"a": contract, "b": contract}).values()) == pytest.approx(beyond)
