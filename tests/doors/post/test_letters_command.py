"""`kept letters` and the doctor: what is on its way, what may have gone, what was refused, and deciding about it."""

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from kept.doors.terminal import doctoring
from kept.kit.clock import now
from kept.ledgers.letters.models import Letter
from tests import smtpserver
from tests.cast import Studio
from tests.doors.post.outbox import mailbox, on_its_way

TWO_HOURS_AGO = now() - timedelta(hours=2)


def finding() -> doctoring.Finding:
    return next(one for one in doctoring.look() if one.what == "letters")


def told(**options: Any) -> str:
    said = io.StringIO()
    call_command("letters", stdout=said, **options)
    return said.getvalue()


@pytest.fixture
def letter(studio: Studio) -> Letter:
    mailbox(smtpserver.Server(port=1))
    row = on_its_way(studio)
    Letter.objects.update(sent_off_at=now(), go_at=now())
    return row


def test_nothing_under_way_is_said_in_a_sentence(studio: Studio) -> None:
    assert told() == "Every letter has gone.\n"
    assert told(failed=True) == "No letter was refused.\n"
    assert finding().good


def test_each_letter_is_listed_with_its_state_and_trouble(letter: Letter) -> None:
    assert "waits for its time, Bo Field to cleo@borealis.example" in told()
    Letter.objects.update(tries=1, trouble="451 \x1b[31mBusy", next_try_at=now() + timedelta(minutes=3))
    said = told()
    assert "waits for its next try" in said
    assert "1 try" in said or "one try" in said
    assert "\x1b" not in said
    Letter.objects.update(data_began_at=now())
    assert json.loads(told(json=True))[0]["state"] == "may have gone"
    Letter.objects.update(data_began_at=None, refused_at=now())
    assert "refused" in told(failed=True)


def test_one_that_waits_is_tried_at_once_or_given_up(letter: Letter) -> None:
    Letter.objects.update(tries=3, next_try_at=now() + timedelta(hours=4))
    told(try_now=letter.pk)
    letter.refresh_from_db()
    assert letter.next_try_at
    assert letter.next_try_at <= now()
    told(give_up=letter.pk)
    assert json.loads(told(json=True))[0]["state"] == "given up"


def test_one_that_may_have_gone_is_decided_about(letter: Letter) -> None:
    Letter.objects.update(data_began_at=now())
    told(send_again=letter.pk)
    with pytest.raises(CommandError, match="stands otherwise"):
        told(it_went=letter.pk)
    Letter.objects.update(data_began_at=now())
    told(it_went=letter.pk)
    assert told() == "Every letter has gone.\n"


def test_a_letter_that_is_not_there_is_said(studio: Studio) -> None:
    with pytest.raises(CommandError, match="There is no letter 7"):
        told(try_now=7)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"go_at": TWO_HOURS_AGO, "sent_off_at": TWO_HOURS_AGO}, "1 late"),
        ({"data_began_at": now()}, "1 may have gone"),
        ({"refused_at": now(), "trouble": "550 No"}, "1 refused lately"),
    ],
)
def test_the_doctor_names_what_should_not_stand_so(letter: Letter, facts: dict[str, Any], said: str) -> None:
    assert finding().good
    Letter.objects.update(**facts)
    one = finding()
    assert not one.good
    assert said in one.said
    assert "kept letters" in one.how
