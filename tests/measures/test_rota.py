"""Whose week it is, from Monday to Monday, and who stands in."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from kept.measures.rota import Place, on_duty, week_of
from kept.measures.working_time import Calendar

LONDON = ZoneInfo("Europe/London")
WEEK = {day: [("09:00", "17:30")] for day in ("mon", "tue", "wed", "thu", "fri")}
USUAL = Calendar(zone="Europe/London", windows=WEEK)
TUESDAY = datetime(2026, 10, 20, 9, 40, tzinfo=LONDON)
THREE = [Place(1, USUAL), Place(2, USUAL), Place(3, USUAL)]


def first(rota: list[Place], at: datetime) -> int:
    return on_duty(rota, at=at, zone=LONDON)[0]


def test_a_turn_lasts_from_monday_to_monday_and_goes_round() -> None:
    monday = datetime(2026, 10, 19, 0, 0, tzinfo=LONDON)
    sunday = datetime(2026, 10, 25, 23, 59, tzinfo=LONDON)
    assert first(THREE, monday) == first(THREE, TUESDAY) == first(THREE, sunday)
    weeks = [first(THREE, TUESDAY + timedelta(days=7 * week)) for week in range(6)]
    assert sorted(weeks[:3]) == [1, 2, 3]
    assert weeks[3:] == weeks[:3]


def test_the_week_begins_at_midnight_where_the_main_office_is() -> None:
    # in Auckland it is Monday already
    assert week_of(datetime(2026, 10, 18, 12, 0, tzinfo=UTC), zone=ZoneInfo("Pacific/Auckland")) == date(2026, 10, 19)
    assert week_of(datetime(2026, 10, 18, 12, 0, tzinfo=UTC), zone=LONDON) == date(2026, 10, 12)


def test_whoever_does_not_work_that_week_is_passed_over() -> None:
    closed = {date(2026, 10, day) for day in range(19, 24)}
    away = Calendar(zone="Europe/London", windows=WEEK, holidays=closed)
    order = on_duty(THREE, at=TUESDAY, zone=LONDON)
    shut = [Place(place.member, away if place.member == order[0] else USUAL) for place in THREE]
    assert on_duty(shut, at=TUESDAY, zone=LONDON) == order[1:]
    # one open morning is enough to be on duty
    ajar = Calendar(zone="Europe/London", windows=WEEK, holidays=closed - {date(2026, 10, 23)})
    assert first([Place(place.member, ajar) for place in THREE], TUESDAY) == order[0]
    resting = [Place(place.member, USUAL, works=place.member != order[0]) for place in THREE]
    assert on_duty(resting, at=TUESDAY, zone=LONDON) == order[1:]


def test_nobody_is_on_duty_where_nobody_takes_turns_or_works() -> None:
    assert on_duty([], at=TUESDAY, zone=LONDON) == []
    assert on_duty([Place(1, USUAL, works=False)], at=TUESDAY, zone=LONDON) == []


@given(st.integers(1, 7), st.integers(-500, 500))
def test_everybody_in_the_rota_stands_in_for_everybody(size: int, weeks: int) -> None:
    rota = [Place(number, USUAL) for number in range(size)]
    # at New Year too: the usual week has no holidays
    assert sorted(on_duty(rota, at=TUESDAY + timedelta(days=7 * weeks), zone=LONDON)) == list(range(size))
