"""What we quote is told apart again from what we wrote, by our own reader too."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.measures.text.answer_text import answer, attribution, forward, quoted
from kept.measures.text.zones import visible

LONDON = ZoneInfo("Europe/London")
AT = datetime(2026, 3, 6, 9, 12, tzinfo=UTC)


def test_a_quote_is_introduced_by_who_wrote_it_and_when_in_our_zone() -> None:
    assert attribution("Cleo", at=AT, zone=LONDON) == "On Fri, 6 Mar 2026 at 09:12, Cleo wrote:"
    assert attribution("Cleo", at=AT, zone=ZoneInfo("Asia/Tokyo")) == "On Fri, 6 Mar 2026 at 18:12, Cleo wrote:"
    assert attribution(" \n", at=AT, zone=LONDON) == "On Fri, 6 Mar 2026 at 09:12, someone wrote:"


def test_each_line_is_marked_and_older_marks_grow() -> None:
    assert quoted("Is it done?\r\n\r\n> Not yet.\n>> When?\n") == "> Is it done?\n>\n>> Not yet.\n>>> When?"


def test_an_answer_shows_own_words_first() -> None:
    body = answer("It is.\n", to="Is it done?\n\nCleo", said_by="Cleo", at=AT, zone=LONDON)
    assert body == "It is.\n\nOn Fri, 6 Mar 2026 at 09:12, Cleo wrote:\n> Is it done?\n>\n> Cleo\n"
    assert visible(body) == "It is."


@pytest.mark.parametrize(
    "name",
    ["Cleo", "Okri, Cleo", "Cleo: the one who wrote:", "cleo@borealis.example", "Cleo\r\nBcc: zed", "C" * 500, "李雷"],
)
@pytest.mark.parametrize("said", ["Is it done?", "> Is it?\n\nIt was.", "", "-- \nCleo", "On Monday Bo wrote:\n> hm"])
def test_our_own_reader_finds_the_quote_again(name: str, said: str) -> None:
    body = answer("It is.\n\nAnd it is blue.", to=said, said_by=name, at=AT, zone=LONDON)
    assert visible(body) == "It is.\n\nAnd it is blue."


@given(st.text(max_size=40), st.text(max_size=120))
def test_no_name_and_no_text_hides_our_words_or_shows_theirs(name: str, said: str) -> None:
    assert visible(answer("It is.", to=said, said_by=name, at=AT, zone=LONDON)) == "It is."


def test_what_is_passed_on_stands_below_a_head_that_our_reader_knows() -> None:
    heads = [
        ("From", "Cleo\r\n <cleo@borealis.example>"),
        ("Date", "Fri, 6 Mar 2026 at 09:12"),
        ("Subject", "The poster"),
    ]
    body = forward("Can you look?", passed_on="Is it done?\n", heads=heads)
    assert body == (
        "Can you look?\n\n---------- Forwarded message ----------\nFrom: Cleo <cleo@borealis.example>\n"
        "Date: Fri, 6 Mar 2026 at 09:12\nSubject: The poster\n\nIs it done?\n"
    )
    assert visible(body) == "Can you look?"
