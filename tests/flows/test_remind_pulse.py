"""Reminding who has not answered: once, after some working days, and nobody who answered, left or is hurt."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from kept.flows.remind_pulse import remind
from kept.flows.send_pulse import ask
from kept.kit.secrets import open_
from kept.ledgers.clients.models import Contact
from kept.ledgers.letters.models import Bounce, Letter
from kept.ledgers.pulses import answering, tokens, wishing
from kept.ledgers.pulses import verbs as pulses
from kept.ledgers.pulses.models import Invitation, Occasion
from tests.cast import NOW, Studio, london, wrote
from tests.ledgers.telling import everything

DUE = london(27)  # the same time, five working days after Tuesday the 20th


@pytest.fixture
def asked(studio: Studio) -> Invitation:
    """Cleo was asked on Tuesday, and a server took the letter at once."""
    row = ask(studio.cleo, occasion=Occasion.QUARTER, by=studio.ada, at=NOW)
    Letter.objects.update(accepted_at=NOW, link="")
    return row


def test_after_five_working_days_they_are_asked_once_more_by_a_new_link(asked: Invitation, studio: Studio) -> None:
    assert remind(at=DUE - timedelta(minutes=1)) == []
    assert remind(at=DUE) == [asked]
    asked.refresh_from_db()
    letter = asked.reminder
    assert letter
    assert (asked.reminded_at, letter.automatic, letter.subject) == (DUE, True, "How does it feel to work with us?")
    assert "ask only this once more" in letter.words
    token = open_(letter.link).rstrip("/").rpartition("/")[2]
    assert tokens.redeem(token) == asked
    assert letter.to == [["Cleo North", "cleo@borealis.example"]]


def test_only_once(asked: Invitation) -> None:
    remind(at=DUE)
    once = everything()
    for day in range(1, 12):
        assert remind(at=DUE + timedelta(days=day)) == []
    assert everything() == once


def who_left(s: Studio, row: Invitation) -> None:
    Contact.objects.update(left_on=london(22).date())


def who_answered(s: Studio, row: Invitation) -> None:
    answering.answer(row, marks={"secure": 9}, at=london(21))


def who_does_not_want_to(s: Studio, row: Invitation) -> None:
    wishing.leave_alone(s.cleo, by=None, at=london(21))


def whom_it_never_reached(s: Studio, row: Invitation) -> None:
    assert row.letter
    Bounce.objects.create(letter=row.letter, email="cleo@borealis.example", at=NOW, for_good=True)


def whose_letter_has_not_gone(s: Studio, row: Invitation) -> None:
    Letter.objects.update(accepted_at=None)


def who_waits_for_us(s: Studio, row: Invitation) -> None:
    wrote(s.borealis, by=s.cleo, at=london(22))


def of_whom_it_was_withdrawn(s: Studio, row: Invitation) -> None:
    pulses.withdraw(row, by=s.ada, at=london(21))


def whose_time_is_nearly_over(s: Studio, row: Invitation) -> None:
    Invitation.objects.update(closes_at=DUE + timedelta(days=2))


@pytest.mark.parametrize(
    "happens",
    [
        who_left,
        who_answered,
        who_does_not_want_to,
        whom_it_never_reached,
        whose_letter_has_not_gone,
        who_waits_for_us,
        of_whom_it_was_withdrawn,
        whose_time_is_nearly_over,
    ],
    ids=lambda one: one.__name__,
)
def test_not_reminded_is(happens: Callable[[Studio, Invitation], None], asked: Invitation, studio: Studio) -> None:
    happens(studio, asked)
    assert remind(at=DUE) == []
    assert Letter.objects.count() == 1


def test_whose_link_was_passed_on_gets_a_new_one(asked: Invitation) -> None:
    pulses.retire(asked, at=london(21))
    remind(at=DUE)
    asked.refresh_from_db()
    assert (asked.retired_at, asked.token_hash) == (None, None)
