"""When something is due: read from the words, shown back in full, and never decided where they can mean two days."""

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kept.measures.text import due_dates
from kept.measures.working_time import Calendar

LONDON = ZoneInfo("Europe/London")
WEDNESDAY = datetime(2026, 10, 14, 14, 0, tzinfo=LONDON)
OFFICE = {day: [("09:00", "16:00")] for day in ("mon", "tue", "wed", "thu", "fri")}


def read(words: str, sent_at: datetime = WEDNESDAY, **how: object) -> str:
    due = due_dates.read(words, sent_at=sent_at, **how)  # type: ignore[arg-type]
    return f"{due.at:%a %d %b %Y %H:%M}" if due.at and due.explicit else "ask" if due.ambiguous else ""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        # the rules: today and EOD, tomorrow, a weekday, the week's end, next week, N working days
        ("I'll send it today.", "Wed 14 Oct 2026 17:30"),
        ("You have it by EOD.", "Wed 14 Oct 2026 17:30"),
        ("We'll be done by the end of the day.", "Wed 14 Oct 2026 17:30"),
        ("I'll send it tomorrow.", "Thu 15 Oct 2026 17:30"),
        ("I'll send the revised deck by Friday.", "Fri 16 Oct 2026 17:30"),
        ("by Wednesday", "Wed 21 Oct 2026 17:30"),
        ("by the end of the week", "Fri 16 Oct 2026 17:30"),
        ("next week", "Fri 23 Oct 2026 17:30"),
        ("by the end of next week", "Fri 23 Oct 2026 17:30"),
        ("in two days", "Fri 16 Oct 2026 17:30"),
        ("in 3 days", "Mon 19 Oct 2026 17:30"),
        ("within five working days", "Wed 21 Oct 2026 17:30"),
        ("in 14 days", "Wed 28 Oct 2026 17:30"),
        ("in two weeks", "Wed 28 Oct 2026 17:30"),
        ("the day after tomorrow", "Fri 16 Oct 2026 17:30"),
        # dates
        ("by the 20th", "Tue 20 Oct 2026 17:30"),
        ("by the 9th", "Mon 09 Nov 2026 17:30"),
        ("on 2 November", "Mon 02 Nov 2026 17:30"),
        ("by the 23rd of October", "Fri 23 Oct 2026 17:30"),
        ("by November 3rd, 2026", "Tue 03 Nov 2026 17:30"),
        ("on 2026-11-12", "Thu 12 Nov 2026 17:30"),
        ("by 25/10", "Sun 25 Oct 2026 17:30"),
        ("by 10/25/2026", "Sun 25 Oct 2026 17:30"),
        ("by 04/04/2027", "Sun 04 Apr 2027 17:30"),
        ("by 31.12.2026", "Thu 31 Dec 2026 17:30"),
        ("on Friday, 16 October 2026", "Fri 16 Oct 2026 17:30"),
        ("by 3 Dec", "Thu 03 Dec 2026 17:30"),
        ("by the end of the month", "Fri 30 Oct 2026 17:30"),
        ("by the end of November", "Mon 30 Nov 2026 17:30"),
        ("in the first week of November", "Fri 06 Nov 2026 17:30"),
        ("in January, on 7 January", "Thu 07 Jan 2027 17:30"),
        ("early next week", "Tue 20 Oct 2026 17:30"),
        ("Monday week", "Mon 26 Oct 2026 17:30"),
        ("Friday next week", "Fri 23 Oct 2026 17:30"),
        ("before Friday", "Thu 15 Oct 2026 17:30"),
        ("before the weekend", "Fri 16 Oct 2026 17:30"),
        # hours
        ("by 4pm", "Wed 14 Oct 2026 16:00"),
        ("Will deploy at 5.", "Wed 14 Oct 2026 17:00"),
        ("by noon", "Thu 15 Oct 2026 12:00"),
        ("on Monday at 11", "Mon 19 Oct 2026 11:00"),
        ("tomorrow at 8", "Thu 15 Oct 2026 08:00"),
        ("on Thursday at 10:30", "Thu 15 Oct 2026 10:30"),
        ("by noon on Thursday", "Thu 15 Oct 2026 12:00"),
        ("by close of business on Monday", "Mon 19 Oct 2026 17:30"),
        ("tonight", "Wed 14 Oct 2026 23:59"),
        ("in an hour", "Wed 14 Oct 2026 15:00"),
        ("in 30 minutes", "Wed 14 Oct 2026 14:30"),
        # German and French
        ("bis Freitag", "Fri 16 Oct 2026 17:30"),
        ("bis zum 20.10.", "Tue 20 Oct 2026 17:30"),
        ("Wir melden uns morgen.", "Thu 15 Oct 2026 17:30"),
        ("übermorgen", "Fri 16 Oct 2026 17:30"),
        ("nächste Woche", "Fri 23 Oct 2026 17:30"),
        ("d'ici vendredi", "Fri 16 Oct 2026 17:30"),
        ("demain", "Thu 15 Oct 2026 17:30"),
        ("le 3 novembre", "Tue 03 Nov 2026 17:30"),
    ],
)
def test_words_name_a_moment(words: str, expected: str) -> None:
    assert read(words) == expected


@pytest.mark.parametrize(
    ("words", "sent_at"),
    [
        ("by 03/04", WEDNESDAY),
        ("by 03/04/2027", WEDNESDAY),
        ("by next Friday", WEDNESDAY),
        ("by Friday 17 October 2026", WEDNESDAY),  # a Saturday
        ("by Friday", datetime(2026, 10, 16, 9, 0, tzinfo=LONDON)),  # said on a Friday morning
    ],
)
def test_what_can_be_read_in_two_ways_is_asked(words: str, sent_at: datetime) -> None:
    due = due_dates.read(words, sent_at=sent_at)
    assert (due.at, due.explicit, due.ambiguous) == (None, False, True)


def test_a_weekday_after_noon_is_the_next_one() -> None:
    assert read("by Friday", datetime(2026, 10, 16, 13, 0, tzinfo=LONDON)) == "Fri 23 Oct 2026 17:30"


def test_a_firm_that_has_said_how_it_writes_dates_is_not_asked() -> None:
    assert read("by 03/04/2027", day_first=True) == "Sat 03 Apr 2027 17:30"
    assert read("by 03/04/2027", day_first=False) == "Thu 04 Mar 2027 17:30"


def test_a_weekday_settles_which_half_is_the_day() -> None:
    assert read("by Friday 03/04/2027", day_first=True) == "ask"
    assert read("by Saturday 03/04/2027", day_first=True) == "Sat 03 Apr 2027 17:30"


@pytest.mark.parametrize("words", ["I'll send it asap.", "very soon", "right away", "in a few days"])
def test_soon_names_no_day(words: str) -> None:
    due = due_dates.read(words, sent_at=WEDNESDAY)
    assert due.at is not None
    assert not due.explicit


@pytest.mark.parametrize(
    "words",
    ["", "I'll send it.", "version 3.5", "open 24/7", "50/50", "I sat there", "it may 5 times", "a 6.6. backport",
     "I wrote on 5 October", "last Friday", "every Monday", "call 0113 496 0000", "10-12 people", "Guten Morgen"],
)  # fmt: skip
def test_words_that_name_no_day_to_come_are_left_alone(words: str) -> None:
    assert due_dates.read(words, sent_at=WEDNESDAY) == due_dates.NONE


def test_what_stands_after_the_promise_goes_first() -> None:
    words = "We spoke about Thursday; I'll send it on Monday."
    assert due_dates.read(words, sent_at=WEDNESDAY, after=words.index("I'll")).words == "Monday"


def test_days_close_as_the_office_does_and_holidays_are_no_working_days() -> None:
    office = Calendar(zone="Europe/London", windows=OFFICE, holidays={date(2026, 10, 15), date(2026, 10, 16)})
    assert read("tomorrow", calendar=office) == "Mon 19 Oct 2026 16:00"
    assert read("by the end of the week", calendar=office) == "Wed 14 Oct 2026 16:00"
    assert read("in two days", calendar=office) == "Tue 20 Oct 2026 16:00"
    assert read("by Friday", calendar=office) == "Fri 16 Oct 2026 17:30"  # named in so many words, so it stands


def test_nothing_named_is_looked_at_again_after_three_working_days() -> None:
    assert due_dates.undated(WEDNESDAY) == datetime(2026, 10, 19, 17, 30, tzinfo=LONDON)


def test_the_day_is_the_senders() -> None:
    tokyo = datetime(2026, 10, 15, 8, 0, tzinfo=ZoneInfo("Asia/Tokyo"))  # still the 14th in London
    due = due_dates.read("today", sent_at=tokyo)
    assert due.at == datetime(2026, 10, 15, 17, 30, tzinfo=ZoneInfo("Asia/Tokyo"))
    fixed = datetime(2026, 10, 14, 14, 0, tzinfo=timezone(timedelta(hours=2)))
    assert due_dates.read("tomorrow", sent_at=fixed).at == fixed.replace(day=15, hour=17, minute=30)


def test_a_clock_change_moves_nothing() -> None:
    assert read("by Monday", datetime(2026, 10, 23, 14, 0, tzinfo=LONDON)) == "Mon 26 Oct 2026 17:30"


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        due_dates.read("today", sent_at=datetime(2026, 10, 14))  # noqa: DTZ001


@settings(max_examples=200, deadline=None)
@given(
    st.text(max_size=300)
    | st.from_regex(r"(by|on|in|the|next|\d{1,3}[./ -:]?|may|end of|week| ){1,20}", fullmatch=True)
)
def test_no_words_make_it_stumble_and_no_day_lies_in_the_past(words: str) -> None:
    due = due_dates.read(words, sent_at=WEDNESDAY)
    assert due.at is None or due.at.date() >= WEDNESDAY.date()
