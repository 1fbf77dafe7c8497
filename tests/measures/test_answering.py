"""We write again when the contact's own rhythm says so, and never while we are closed."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.measures.answering import FIRM_WIDE, Bounds, comes_back
from kept.measures.survival import Spell
from kept.measures.working_time import Calendar

LONDON = ZoneInfo("Europe/London")
OFFICE = Calendar(
    zone="Europe/London",
    windows={day: [("09:00", "17:00")] for day in ("mon", "tue", "wed", "thu", "fri")},
    holidays={date(2026, 4, 3), date(2026, 4, 6)},
)
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=LONDON)


def answered(*hours: float) -> list[Spell]:
    return [Spell(timedelta(hours=each)) for each in hours]


def waiting(*hours: float) -> list[Spell]:
    return [Spell(timedelta(hours=each), ended=False) for each in hours]


def test_a_contact_nobody_knows_is_given_three_working_days() -> None:
    found = comes_back([], sent_at=MONDAY, calendar=OFFICE, name="Cleo")
    assert (found.at, found.n, found.waiting) == (datetime(2026, 3, 5, 10, 0, tzinfo=LONDON), 0, 0)
    assert found.usual.at is None
    assert found.why == "We don't know yet how soon Cleo answers, so we take three working days."


def test_a_contact_with_five_answers_has_a_rhythm_of_their_own() -> None:
    found = comes_back(answered(2, 3, 7, 9, 14), sent_at=MONDAY, calendar=OFFICE, name="Cleo")
    assert found.usual.at == found.after == timedelta(hours=14)
    assert found.at == datetime(2026, 3, 3, 16, 0, tzinfo=LONDON)
    assert (found.n, found.waiting) == (5, 0)
    assert found.why == "Cleo usually answers within two working days."


def test_the_sentence_says_how_long_it_has_been() -> None:
    found = comes_back(
        answered(2, 3, 7, 7, 8), sent_at=MONDAY, calendar=OFFICE, name="Cleo", at=MONDAY + timedelta(days=3)
    )
    assert found.why == "Cleo usually answers within a working day; it has been three."


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 3, 2, 10, 20, tzinfo=LONDON), "it has been less than an hour."),
        (datetime(2026, 3, 2, 14, 30, tzinfo=LONDON), "it has been four hours."),
        (datetime(2026, 3, 3, 10, 0, tzinfo=LONDON), "it has been one working day."),
    ],
)
def test_a_short_wait_is_told_in_hours(at: datetime, said: str) -> None:
    found = comes_back(answered(1, 1, 2, 3, 3), sent_at=MONDAY, calendar=OFFICE, name="Cleo", at=at)
    assert found.why == f"Cleo usually answers within three hours; {said}"


def test_few_answers_are_drawn_towards_the_default() -> None:
    found = comes_back(answered(4, 4), sent_at=MONDAY, calendar=OFFICE, name="Cleo")
    assert found.after == timedelta(hours=(2 * 4 + 3 * 24) / 5)
    assert found.why == "We know only two answers of Cleo, so this leans towards three working days."


def test_a_letter_still_open_makes_the_rhythm_slower_not_faster() -> None:
    quick = comes_back(answered(4, 5, 6, 7, 8, 9, 10, 11, 12, 13), sent_at=MONDAY, calendar=OFFICE)
    slower = comes_back(answered(4, 5, 6, 7, 8, 9, 10, 11, 12, 13) + waiting(12.5), sent_at=MONDAY, calendar=OFFICE)
    assert quick.after == timedelta(hours=12)
    assert slower.after == timedelta(hours=13)
    assert slower.waiting == 1


def test_who_often_never_answers_is_waited_for_as_long_as_seen_so_far() -> None:
    found = comes_back(answered(1, 1, 1, 1, 1) + waiting(30, 40, 50, 60), sent_at=MONDAY, calendar=OFFICE, name="Cleo")
    assert found.usual.at is None
    assert found.after == timedelta(hours=60)
    assert found.why == "Cleo often leaves a letter unanswered for longer than seven working days."


def test_nobody_is_pressed_within_a_working_day_or_left_for_a_month() -> None:
    assert comes_back(answered(*[0.2] * 9), sent_at=MONDAY, calendar=OFFICE).after == timedelta(hours=8)
    assert comes_back(answered(*[900] * 9), sent_at=MONDAY, calendar=OFFICE).after == timedelta(hours=15 * 8)


def test_a_firm_sets_its_own_bounds() -> None:
    found = comes_back([], sent_at=MONDAY, calendar=OFFICE, bounds=Bounds(default=1, least=1, most=2))
    assert found.after == timedelta(hours=8)
    assert found.why == "We don't know yet how soon this reader answers, so we take one working day."


def test_a_letter_of_the_night_before_easter_comes_back_after_it() -> None:
    night = datetime(2026, 4, 2, 23, 0, tzinfo=LONDON)
    found = comes_back([], sent_at=night, calendar=OFFICE)
    assert found.at == datetime(2026, 4, 10, 9, 0, tzinfo=LONDON)


@given(
    st.lists(st.builds(Spell, st.timedeltas(timedelta(0), timedelta(days=90)), st.booleans()), max_size=12),
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 (st adds the zone)
)
def test_whatever_is_known_it_comes_back_in_open_hours_within_bounds(spells: list[Spell], sent_at: datetime) -> None:
    found = comes_back(spells, sent_at=sent_at, calendar=OFFICE, at=sent_at + timedelta(days=5))
    assert OFFICE.is_open(found.at)
    assert found.at > sent_at
    assert timedelta(hours=8 * FIRM_WIDE.least) <= found.after <= timedelta(hours=8 * FIRM_WIDE.most)
    assert found.why.endswith(".")
