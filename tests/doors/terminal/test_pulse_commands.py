"""`kept pulse`: asking by hand, whom was asked and who was not, for people and for programs."""

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from kept.flows.hear_pulse import hear
from kept.kit.clock import now
from kept.ledgers.letters.models import Letter
from kept.ledgers.pulses import verbs as pulses
from kept.ledgers.pulses.models import Habit, Invitation, Occasion, Why
from tests.cast import Studio
from tests.ledgers.acts_of_pulses import QUARTER, invited

CLEO, BO = "cleo@borealis.example", "bo@larkfield.example"


def told(verb: str, *words: str, **options: Any) -> str:
    said = io.StringIO()
    call_command(f"pulse_{verb}", *words, stdout=said, **options)
    return said.getvalue()


@pytest.fixture(autouse=True)
def _found_at_an_address(settings: Any) -> None:
    settings.KEPT_URL_GIVEN = True


def asked(s: Studio) -> Invitation:
    return invited(s, at=now(), closes_at=now() + timedelta(days=21))


def test_somebody_is_asked_by_hand(studio: Studio) -> None:
    assert told("ask", CLEO, by=BO).startswith("Cleo North is asked in Bo Field’s name")
    assert (Invitation.objects.get().contact, Letter.objects.get().automatic) == (studio.cleo, True)
    with pytest.raises(CommandError, match="not long ago"):
        told("ask", CLEO, by=BO)


@pytest.mark.parametrize(
    ("words", "options", "says"),
    [
        (["zed@stranger.example"], {"by": BO}, "Nobody at a client"),
        ([CLEO], {}, "Say who of us asks"),
        ([CLEO], {"by": CLEO}, "Say who of us asks"),
    ],
)
def test_a_wrong_word_asks_nobody(words: list[str], options: dict[str, str], says: str, studio: Studio) -> None:
    with pytest.raises(CommandError, match=says):
        told("ask", *words, **options)
    assert not Invitation.objects.exists()


def test_without_an_address_of_ours_no_link_goes_out(studio: Studio, settings: Any) -> None:
    settings.KEPT_URL_GIVEN = False
    with pytest.raises(CommandError, match="KEPT_URL"):
        told("ask", CLEO, by=BO)
    assert "waits until KEPT_URL" in told("ask", begin="quarter")


def test_habits_begin_and_stop(studio: Studio) -> None:
    assert "asks nobody by itself" in told("ask")
    assert told("ask", begin="quarter") == "Kept asks by itself: the quarter.\n"
    assert json.loads(told("ask", begin="meeting", json=True))["habits"] == ["quarter", "meeting"]
    told("ask", stop="quarter")
    assert list(Habit.objects.values_list("occasion", flat=True)) == [Occasion.MEETING]


def test_the_list_says_what_became_of_each(studio: Studio) -> None:
    assert told("list") == "Nobody was asked in the last 90 days. `kept pulse ask` asks somebody.\n"
    row = asked(studio)
    assert "Cleo North, Borealis, the quarter: open" in told("list")
    hear(row, marks={"secure": 4, "mark": 9}, words="Late \x1b[31magain", at=now())
    said = told("list")
    assert "answered, secure 4 and the work 9; Bo Field is to speak with them" in said
    one = json.loads(told("list", json=True))[0]
    assert (one["marks"], one["follow_up"]["owner"]) == ({"secure": 4, "mark": 9}, "Bo Field")
    assert "\x1b" not in told("list", json=True)


def test_who_was_passed_over_is_listed_with_why(studio: Studio) -> None:
    assert told("skipped") == "Nobody was passed over in the last 90 days.\n"
    pulses.skip(studio.cleo, moment=QUARTER, why=Why.INCIDENT, at=now(), words="A message waits.")
    assert "Cleo North, Borealis: something is open with them. A message waits." in told("skipped")
    assert json.loads(told("skipped", json=True))[0]["contact"] == "Cleo North"
