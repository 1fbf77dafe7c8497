"""The inbox's words: what one calls a person, the first sentence for none, one and many, what a mail program opens."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from kept.doors.desk.inbox_opening import opening
from kept.doors.desk.inbox_words import Eye, clock
from kept.doors.desk.mailto import answer, draft
from kept.doors.desk.tables import safe
from kept.kit.words import weight
from kept.ledgers.conversations.models import Message
from kept.ledgers.letters.models import Form, Letter
from kept.measures.replies import Clock, Wait
from kept.readings.inbox import Group, Inbox, Row, Spoken, Whose
from tests.studio import LONDON, NOW

EYE = Eye(NOW, LONDON)


def wait(*, left: timedelta, pledge: timedelta = timedelta(hours=4)) -> Wait:
    return Wait(Clock(1, NOW), pledge, NOW + left, pledge - left, left, left < timedelta(0))


def row(number: int, who: str, *, minutes: int, group: Group = Group.WAITING) -> Row:
    message = Message(pk=number, sender_name=who, sender_email=f"{number}@borealis.example")
    talk = cast(Any, SimpleNamespace(pk=number))
    return Row(group, Spoken(talk, None, message), None, wait=wait(left=timedelta(minutes=minutes)))


def said(*rows: Row, whose: Whose = Whose.YOURS) -> str:
    found = Inbox(rows=rows, replies=(), elsewhere=(), nobodys=0, everyones=len(rows), members={})
    return "".join(piece.words for piece in opening(found, whose, EYE))


def test_the_sentence_for_nobody() -> None:
    assert said() == "Nobody is waiting. A good moment for a call that isn’t about work."
    assert said(whose=Whose.NOBODY) == "Nobody waits without somebody who looks after them."


def test_the_sentence_for_one() -> None:
    assert said(row(1, "Cleo North", minutes=50)) == "One person waits for you. Cleo is next, by 10:30."
    assert said(row(1, "Cleo North", minutes=-5)) == "One person waits for you. Cleo is past our pledge."
    stranger = row(1, "Zed", minutes=50, group=Group.STRANGERS)
    assert said(stranger) == "One person waits for you, a stranger. Zed is next, by 10:30."


def test_the_sentence_for_many() -> None:
    late = [row(number, name, minutes=-9) for number, name in enumerate(["Ann A", "Ben B", "Cat C", "Dan D"])]
    near = [row(8, "Eve E", minutes=90), row(9, "Flo F", minutes=50, group=Group.STRANGERS)]
    assert said(*late[:2], *near) == (
        "Four people wait for you, one of them a stranger. Ann and Ben are past our pledge; Flo is next, by 10:30."
    )
    assert "Ann, Ben and two others are past our pledge" in said(*late, *near)
    assert "Ann, Ben and Cat are past our pledge." in said(*late[:3])


def test_those_with_others_and_nobodys_are_told_when_you_are_free() -> None:
    assert said(row(1, "Cleo", minutes=9, group=Group.OTHERS)) == "Nobody is waiting for you. One waits with others."
    two = [row(number, "Cleo", minutes=9, group=Group.NOBODY) for number in (1, 2)]
    assert said(*two) == "Nobody is waiting for you. Two conversations belong to nobody yet."


@pytest.mark.parametrize(
    ("minutes", "s", "words"),
    [
        (-38, "late", "38 min past our pledge"),
        (50, "soon", "50 min left"),
        (145, "calm", "2 h 25 left"),
        (24 * 60, "calm", "by tomorrow, 09:40"),
    ],
)
def test_a_clock_says_what_is_left_or_past(minutes: int, s: str, words: str) -> None:
    found = wait(left=timedelta(minutes=minutes))
    state = clock(found, EYE)
    assert (state.s, state.words) == (s, words)


def test_an_answer_copies_who_was_copied_but_not_the_reader() -> None:
    message = Message(
        message_id="a@borealis.example", sender_email="cleo@borealis.example", subject="Re: Drafts",
        to=[["Bo", "bo@larkfield.example"], ["Kit", "Kit@larkfield.example"]], cc=[["", "dana@borealis.example"]],
    )  # fmt: skip
    found = answer(message, ours=frozenset({"bo@larkfield.example"}))
    assert found.startswith(
        "mailto:cleo@borealis.example?subject=Re%3A%20Drafts&cc=kit@larkfield.example,dana@borealis"
    )
    assert found.endswith("&in-reply-to=%3Ca@borealis.example%3E&references=%3Ca@borealis.example%3E")


def test_a_draft_opens_as_it_was_kept_whoever_it_answers() -> None:
    asked = Message(message_id="a@borealis.example", sender_email="cleo@borealis.example", cc=[["", "ann@b.example"]])
    kept = Letter(
        form=Form.REPLY, to=[["Nils", "nils@borealis.example"], ["", "zed@"]], bcc=[["", "bo@larkfield.example"]],
        subject="Tea & cake", words="Yes.\nBo",
    )  # fmt: skip
    thread = "in-reply-to=%3Ca@borealis.example%3E&references=%3Ca@borealis.example%3E"
    opened = "mailto:nils@borealis.example?subject=Tea%20%26%20cake&bcc=bo@larkfield.example"
    assert draft(kept, asked) == f"{opened}&{thread}&body=Yes.%0D%0ABo"
    kept.form = Form.FORWARD
    assert draft(kept, asked) == f"{opened}&body=Yes.%0D%0ABo"
    assert draft(Letter(form=Form.NEW)) == "mailto:"


@pytest.mark.parametrize(
    "address", ["", "no address", "a@b.example?bcc=c@d.example", "a@b.example\r\nBcc: c@d.example"]
)
def test_what_is_no_plain_address_is_never_written_to(address: str) -> None:
    assert answer(Message(message_id="x", sender_email=address)) == ""


def test_no_cell_of_a_table_is_run_as_a_formula() -> None:
    assert [safe(cell) for cell in ("=1+1", "@SUM", "-2", "plain")] == ["'=1+1", "'@SUM", "'-2", "plain"]


def test_weights_are_read_at_a_glance() -> None:
    assert [weight(size) for size in (834, 34_200, 2_100_000)] == ["834 bytes", "34 KB", "2.1 MB"]
