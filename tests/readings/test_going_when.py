"""A letter waits for the hours its receiver likes, says why, and is never held by what was not understood."""

from datetime import datetime
from typing import Any

import pytest

from kept.ledgers.clients import verbs as clients
from kept.ledgers.letters import verbs
from kept.ledgers.letters.models import Form, Letter
from kept.readings.calendars import offices
from kept.readings.going_when import hours_of, suggested_go_at
from tests.cast import NOW, Studio, london


def letter(s: Studio, *to: str) -> Letter:
    people = [("", email) for email in to or ("Cleo@Borealis.example",)]
    return verbs.begin(form=Form.NEW, by=s.kit, at=NOW, to=people, words="Hello.")


def agreed(s: Studio, **lines: str) -> None:
    clients.agree(s.cleo, on=NOW.date(), by=s.bo, at=NOW, **lines)


def suggested(row: Letter, at: datetime = NOW) -> tuple[datetime, str] | None:
    return suggested_go_at(row, at=at, calendar=offices().main)


@pytest.mark.parametrize(
    ("said", "at", "goes"),
    [
        ("not before 10", london(20, "09:40"), london(20, "10:00")),
        ("not before 10", london(20, "10:00"), None),
        ("never on Tuesdays", london(20, "09:40"), london(21, "09:00")),
        ("after 17:00", london(20, "17:10"), london(21, "09:00")),
        ("never on Fridays", london(23, "10:00"), london(26, "09:00")),
        ("when the baby sleeps", london(20, "09:40"), None),
        ("not before 20:00", london(20, "09:40"), None),
    ],
)
def test_it_goes_when_both_of_us_are_at_work(studio: Studio, said: str, at: datetime, goes: datetime | None) -> None:
    agreed(studio, no_go_hours=said)
    found = suggested(letter(studio), at)
    assert (found[0] if found else None) == goes


def test_the_reason_is_told_in_their_own_words(studio: Studio) -> None:
    agreed(studio, no_go_hours="Not before 10, please")
    found = suggested(letter(studio))
    assert found
    assert found[1] == "Cleo asked for this: “Not before 10”. It goes at 10:00 unless you send it now."


def test_the_newest_agreement_counts(studio: Studio) -> None:
    agreed(studio, no_go_hours="not before 10")
    agreed(studio, good_hours="after 9")
    assert suggested(letter(studio)) is None


def test_nothing_is_told_of_people_behind_a_wall(studio: Studio) -> None:
    clients.agree(studio.cora, on=NOW.date(), by=studio.ada, at=NOW, no_go_hours="not before 10")
    assert suggested(letter(studio, "cora@cassini.example")) is None
    assert suggested(letter(studio, "zed@stranger.example")) is None


def test_what_was_not_understood_is_there_to_be_shown(studio: Studio, django_assert_max_num_queries: Any) -> None:
    agreed(studio, no_go_hours="when the baby sleeps, not before 10")
    row = letter(studio)
    with django_assert_max_num_queries(3):
        hours = hours_of(row)
    assert hours
    assert hours.said.unread == ("when the baby sleeps",)
