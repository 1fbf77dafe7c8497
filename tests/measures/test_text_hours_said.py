"""When somebody likes to be written to: plain words are understood, anything else is handed back."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.measures.text.hours_said import read

MONDAY = datetime(2026, 10, 19, tzinfo=UTC)


def closed(no_go: str = "", good: str = "") -> str:
    """The closed hours of a week, as "Mo 0-10, Fr 0-24"."""
    said = read(no_go, good)
    found = []
    for day, name in enumerate(("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")):
        spans, start = [], None
        for quarter in range(97):
            at = MONDAY + timedelta(days=day, minutes=15 * quarter)
            shut = quarter < 96 and said.closed_at(at) is not None
            if shut and start is None:
                start = quarter / 4
            elif not shut and start is not None:
                spans.append(f"{start:g}-{quarter / 4:g}")
                start = None
        found += [f"{name} {' '.join(spans)}"] if spans else []
    return ", ".join(found)


def every(spans: str) -> str:
    return ", ".join(f"{name} {spans}" for name in ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"))


@pytest.mark.parametrize(
    ("no_go", "week"),
    [
        ("not before 10", every("0-10")),
        ("before 9.30", every("0-9.5")),
        ("Not after 5pm", every("17-24")),
        ("after 17:00", every("17-24")),
        ("never on Fridays", "Fr 0-24"),
        ("Fridays", "Fr 0-24"),
        ("Never on Friday afternoons", "Fr 12-18"),
        ("weekends", "Sa 0-24, Su 0-24"),
        ("Mon-Wed mornings", "Mo 0-12, Tu 0-12, We 0-12"),
        ("between 12 and 2pm", every("12-14")),
        ("12:00–13:30", every("12-13.5")),
        ("from 9 to 11 am on Tuesdays and Thursdays", "Tu 9-11, Th 9-11"),
        ("not before 10, never on Fridays", "Mo 0-10, Tu 0-10, We 0-10, Th 0-10, Fr 0-24, Sa 0-10, Su 0-10"),
        ("Not before 10 and never after 18h", every("0-10 18-24")),
        ("only in the mornings", every("12-24")),
        ("No calls before noon, please", every("0-12")),
        ("before 9 o'clock", every("0-9")),
        ("", ""),
    ],
)
def test_no_go_hours(no_go: str, week: str) -> None:
    assert closed(no_go) == week
    assert read(no_go).unread == ()


@pytest.mark.parametrize(
    ("good", "week"),
    [
        ("mornings", every("12-24")),
        ("after 10", every("0-10")),
        ("not before 10", every("0-10")),
        ("Tuesdays and Thursdays", "Mo 0-24, We 0-24, Fr 0-24, Sa 0-24, Su 0-24"),
        ("weekdays, 9-17", "Mo 0-9 17-24, Tu 0-9 17-24, We 0-9 17-24, Th 0-9 17-24, Fr 0-9 17-24, Sa 0-24, Su 0-24"),
        ("9-11, 14:00-16:00", every("0-9 11-14 16-24")),
        ("Mondays after 10", "Mo 0-10, Tu 0-24, We 0-24, Th 0-24, Fr 0-24, Sa 0-24, Su 0-24"),
    ],
)
def test_good_hours_close_the_rest(good: str, week: str) -> None:
    assert closed(good=good) == week


@pytest.mark.parametrize(
    "words",
    [
        "not after 5", "when the baby sleeps", "school run at 15:15", "never on Fridays in summer", "after lunch",
        "between 18 and 12", "after 25:00", "only when not busy", "mornings except Friday", "10", "the 12th",
        "at 13pm", "never",
    ],
)  # fmt: skip
def test_what_can_mean_two_things_is_handed_back(words: str) -> None:
    said = read(words)
    assert (said.closed, said.unread) == ((), (words,))


def test_of_two_clauses_the_one_understood_counts() -> None:
    said = read("not before 10, when the baby sleeps; never on Sundays")
    assert said.unread == ("when the baby sleeps",)
    assert {one.words for one in said.closed} == {"not before 10", "never on Sundays"}


def test_the_next_good_moment() -> None:
    said = read("not before 10, never on Fridays, weekends")
    friday = MONDAY + timedelta(days=4, hours=8)
    assert said.open_from(friday) == MONDAY + timedelta(days=7, hours=10)
    assert said.open_from(MONDAY.replace(hour=11)) == MONDAY.replace(hour=11)
    assert read("mornings, afternoons, evenings").open_from(MONDAY) is None


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_words_are_read(no_go: str, good: str) -> None:
    for one in read(no_go, good).closed:
        assert 0 <= one.starts < one.ends <= 1440


@pytest.mark.parametrize("words", ["not " * 2000, "1" * 5000, "mon-" * 3000, "between 1 and " * 1000])
def test_words_made_to_tire_it_out_do_not(words: str) -> None:
    assert read(words).closed == ()
