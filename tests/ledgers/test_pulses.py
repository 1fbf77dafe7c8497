"""Being asked how it felt: one link a letter, answers that may change until it closes, and the call after a low one."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from kept.ledgers.journal.models import Line
from kept.ledgers.promises import verbs as promises
from kept.ledgers.promises.models import Promise
from kept.ledgers.pulses import answering, following, tokens, wishing
from kept.ledgers.pulses import verbs as pulses
from kept.ledgers.pulses.following import Call, NotYet
from kept.ledgers.pulses.models import Answer, FollowUp, Invitation, Language, Occasion, Skip, Standing, Why, Wish
from kept.ledgers.pulses.verbs import Closed, Moment
from tests.cast import NOW, Studio, london
from tests.ledgers.acts_of_pulses import BEFORE, QUARTER, invited, low
from tests.ledgers.telling import everything, told

SOON = NOW + timedelta(hours=1)
CLOSED = BEFORE + timedelta(days=21)
CALL = Call("Call Cleo about how the quarter felt", due=london(21, "09:40"))


@pytest.fixture
def asked(studio: Studio) -> Invitation:
    return invited(studio, language=Language.GERMAN)


def said(row: Invitation, at: Any = NOW, **what: Any) -> Answer:
    return answering.answer(row, marks={"secure": 7, "mark": 9}, at=at, **what)


# tokens


def test_a_token_leads_to_its_invitation_and_to_nothing_else(studio: Studio) -> None:
    token = tokens.mint()
    row = invited(studio, hashed=token.hashed)
    assert tokens.redeem(token.plain) == row
    assert [tokens.redeem(one) for one in ("", token.hashed, token.plain[:-1], "x" * 10_000)] == [None] * 4


def test_no_two_tokens_are_the_same_and_none_is_in_the_database_or_in_a_log(studio: Studio) -> None:
    token, other = tokens.mint(), tokens.mint()
    assert token.plain != other.plain
    assert len(token.plain) >= 43
    invited(studio, hashed=token.hashed)
    assert token.plain not in repr(token)
    assert token.plain not in str(everything())
    assert token.plain not in str(list(Line.objects.values_list("said", "facts")))


def test_looking_at_a_link_changes_nothing(studio: Studio) -> None:
    token = tokens.mint()
    invited(studio, hashed=token.hashed)
    before = everything()
    with told():
        for _ in range(3):
            tokens.redeem(token.plain)
    assert everything() == before


def test_open_closed_and_withdrawn_are_told_apart(asked: Invitation, studio: Studio) -> None:
    assert asked.standing(NOW) == Standing.OPEN
    assert asked.standing(CLOSED - timedelta(seconds=1)) == Standing.OPEN
    assert asked.standing(CLOSED) == Standing.CLOSED
    assert list(Invitation.objects.open_at(NOW)) == [asked]
    assert not Invitation.objects.open_at(CLOSED).exists()
    pulses.withdraw(asked, by=studio.bo, at=NOW)
    assert asked.standing(NOW) == Standing.WITHDRAWN
    assert not Invitation.objects.open_at(NOW).exists()


# inviting, reminding


def test_nobody_is_asked_twice_about_the_same_moment_even_after_it_was_withdrawn(studio: Studio) -> None:
    pulses.withdraw(invited(studio), by=studio.bo, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        invited(studio)
    assert invited(studio, moment=Moment(Occasion.QUARTER)) != invited(studio, moment=Moment(Occasion.QUARTER))


def test_a_reminder_has_a_link_of_its_own_and_both_answer(studio: Studio) -> None:
    first, second = tokens.mint(), tokens.mint()
    row = invited(studio, hashed=first.hashed)
    assert pulses.remind(row, hashed=second.hashed, by=None, at=NOW)
    assert not pulses.remind(row, hashed=tokens.mint().hashed, by=None, at=SOON)
    assert tokens.redeem(first.plain) == tokens.redeem(second.plain) == row
    assert row.reminded_at == NOW


def test_a_link_that_was_passed_on_answers_no_more_and_a_reminder_brings_a_new_one(studio: Studio) -> None:
    first, second = tokens.mint(), tokens.mint()
    row = invited(studio, hashed=first.hashed)
    with told("pulses.retire"):
        pulses.retire(row, at=NOW)
        pulses.retire(row, at=SOON)
    assert row.standing(NOW) == Standing.RETIRED
    pulses.remind(row, hashed=second.hashed, by=None, at=SOON)
    assert row.standing(SOON) == Standing.OPEN
    assert tokens.redeem(first.plain) is None
    assert tokens.redeem(second.plain) == row


@pytest.mark.parametrize("ended", ["closed", "withdrawn"])
def test_nobody_is_reminded_of_what_is_over(ended: str, asked: Invitation, studio: Studio) -> None:
    if ended == "withdrawn":
        pulses.withdraw(asked, by=studio.bo, at=NOW)
    with pytest.raises(Closed):
        pulses.remind(asked, hashed="1" * 64, by=None, at=NOW if ended == "withdrawn" else CLOSED)
    assert Invitation.objects.get().reminded_at is None


# answering


def test_what_was_not_touched_is_not_known(asked: Invitation) -> None:
    with told("pulses.answer") as lines:
        row = said(asked)
    assert [getattr(row, name) for name in ("secure", "cherished", "delighted", "dazzled", "mark")] == [
        7, None, None, None, 9,
    ]  # fmt: skip
    assert (row.at, row.changed_at, row.contact, row.client) == (NOW, None, asked.contact, asked.client)
    assert (lines[0].by_name, lines[0].facts) == ("Kept", {})


def test_saying_the_same_twice_is_saying_it_once(asked: Invitation) -> None:
    said(asked, words="All well.")
    with told():
        said(asked, at=SOON, words=" All well. ")
    assert Answer.objects.get().changed_at is None


def test_a_mind_may_change_until_it_closes_and_the_journal_holds_what_was(asked: Invitation) -> None:
    said(asked, words="All well.")
    with told("pulses.change") as lines:
        row = answering.answer(asked, marks={"secure": 3, "mark": None}, at=SOON)
    row.refresh_from_db()
    assert (row.at, row.changed_at, row.secure, row.mark, row.words) == (NOW, SOON, 3, None, "All well.")
    was = lines[0].facts["was"]
    assert (was["secure"], was["mark"], was["changed_at"]) == (7, 9, None)


@pytest.mark.parametrize("ended", ["closed", "withdrawn"])
def test_what_is_over_takes_no_answer_and_no_change(ended: str, asked: Invitation, studio: Studio) -> None:
    row = said(asked)
    if ended == "withdrawn":
        pulses.withdraw(asked, by=studio.bo, at=NOW)
    late = CLOSED if ended == "closed" else SOON
    with pytest.raises(Closed), transaction.atomic():
        answering.answer(asked, marks={"secure": 1}, at=late)
    with pytest.raises(Closed), transaction.atomic():
        answering.take_back(row, at=late)
    assert Answer.objects.get().secure == 7


@pytest.mark.parametrize(
    ("marks", "says"),
    [
        ({}, "Nothing was said yet"),
        ({"secure": None}, "Nothing was said yet"),
        ({"secure": 11}, "from 0 to 10"),
        ({"secure": -1}, "from 0 to 10"),
        ({"loved": 3}, "no question called"),
    ],
)
def test_a_wrong_answer_is_told_in_a_sentence_and_keeps_nothing(
    marks: dict[str, int], says: str, asked: Invitation
) -> None:
    with pytest.raises(ValueError, match=says), transaction.atomic():
        answering.answer(asked, marks=marks, at=NOW, words="  ")
    assert not Answer.objects.exists()


def test_words_alone_or_the_wish_to_be_called_are_an_answer(asked: Invitation) -> None:
    row = answering.answer(asked, marks={}, at=NOW, call_me=True)
    assert row.call_me
    answering.answer(asked, marks={}, at=SOON, call_me=False, words="Never mind.")
    row.refresh_from_db()
    assert (row.call_me, row.words) == (False, "Never mind.")


def test_they_may_take_an_answer_back(asked: Invitation, studio: Studio) -> None:
    row = said(asked)
    with told("pulses.take_back") as lines:
        answering.take_back(row, at=SOON)
        answering.take_back(row, at=SOON)
    assert not Answer.objects.exists()
    assert lines[0].facts["was"]["secure"] == 7
    assert said(asked).secure == 7  # and answer again


def test_with_an_answer_goes_the_call_that_nobody_made_yet(studio: Studio) -> None:
    row = low(studio)
    following.open_follow_up(row, owner=studio.bo, call=CALL, at=NOW)
    with told("promises.withdraw", "pulses.take_back"):
        answering.take_back(row, at=SOON)
    assert not FollowUp.objects.exists()
    assert not Promise.objects.exists()


def test_a_call_that_was_made_stays_kept_when_the_answer_goes(studio: Studio) -> None:
    row = low(studio)
    following.spoke(following.open_follow_up(row, owner=studio.bo, call=CALL, at=NOW), by=studio.bo, at=NOW)
    with told("pulses.take_back") as lines:
        answering.take_back(row, at=SOON)
    assert lines[0].facts["followed"]["spoke_by_id"] == studio.bo.pk
    assert Promise.objects.get().ended_at == NOW


# what follows


def test_a_low_answer_opens_one_call_promised_like_anything_else(studio: Studio) -> None:
    answer = low(studio)
    with told("promises.promise", "pulses.open_follow_up"):
        row = following.open_follow_up(answer, owner=studio.bo, call=CALL, at=NOW)
        again = following.open_follow_up(answer, owner=studio.ada, call=CALL, at=SOON)
    assert row == again
    promise = Promise.objects.get()
    assert (promise.by, promise.contact, promise.due) == (studio.bo, studio.cleo, CALL.due)
    assert (promise.source_noun, promise.source_id) == ("pulses.Answer", answer.pk)


def test_having_spoken_keeps_the_promise_and_taking_it_back_opens_it_again(studio: Studio) -> None:
    row = following.open_follow_up(low(studio), owner=studio.bo, call=CALL, at=NOW)
    before = everything()
    with told("promises.keep", "pulses.spoke"):
        following.spoke(row, by=studio.bo, at=SOON, words="by phone")
    assert Promise.objects.get().ended_at == SOON
    with told("promises.take_back", "pulses.take_back_spoke"):
        following.take_back_spoke(row, by=studio.bo, at=SOON)
    assert everything() == before


def test_a_promise_that_was_kept_by_itself_stays_kept(studio: Studio) -> None:
    row = following.open_follow_up(low(studio), owner=studio.bo, call=CALL, at=NOW)
    assert row.promise
    promises.keep(row.promise, by=studio.bo, at=NOW)
    with told("pulses.spoke"):
        following.spoke(row, by=studio.bo, at=SOON)
    with told("pulses.take_back_spoke"):
        following.take_back_spoke(row, by=studio.bo, at=SOON)
    assert Promise.objects.get().ended_at == NOW


def test_each_step_comes_after_the_one_before_and_is_taken_back_in_turn(studio: Studio) -> None:
    row = following.open_follow_up(low(studio), owner=studio.bo, call=CALL, at=NOW)
    with pytest.raises(NotYet), transaction.atomic():
        following.end(row, outcome="all well", by=studio.bo, at=NOW)
    following.spoke(row, by=studio.bo, at=NOW)
    with pytest.raises(ValueError, match="what came of it"), transaction.atomic():
        following.end(row, outcome=" ", by=studio.bo, at=NOW)
    following.end(row, outcome="Dates are checked with Kit first", by=studio.bo, at=SOON)
    with pytest.raises(NotYet), transaction.atomic():
        following.take_back_spoke(row, by=studio.bo, at=SOON)
    with pytest.raises(NotYet), transaction.atomic():
        following.take_back_follow_up(row, by=studio.bo, at=SOON)
    assert (row.ended_at, row.outcome) == (SOON, "Dates are checked with Kit first")


def test_a_follow_up_that_was_not_needed_goes_with_its_promise(studio: Studio) -> None:
    answer = low(studio)
    before = everything()
    row = following.open_follow_up(answer, owner=studio.bo, call=CALL, at=NOW)
    with told("promises.withdraw", "pulses.take_back_follow_up"):
        following.take_back_follow_up(row, by=studio.bo, at=SOON)
        following.take_back_follow_up(row, by=studio.bo, at=SOON)
    assert everything() == before


# whom we did not ask


def test_why_somebody_was_not_asked_is_told_once_for_each_reason(studio: Studio) -> None:
    with told("pulses.skip", "pulses.skip") as lines:
        assert pulses.skip(studio.cleo, moment=QUARTER, why=Why.INCIDENT, at=NOW, words="a message still waits")
        assert not pulses.skip(studio.cleo, moment=QUARTER, why=Why.INCIDENT, at=SOON, words="another one waits")
        assert pulses.skip(studio.cleo, moment=QUARTER, why=Why.WISH, at=SOON)
    assert set(Skip.objects.values_list("why", "words")) == {("incident", "a message still waits"), ("wish", "")}
    assert lines[0].facts == {"why": "incident"}


def test_who_said_so_here_is_left_alone_without_a_member(studio: Studio) -> None:
    row = wishing.leave_alone(studio.cleo, by=None, at=NOW)
    assert (row.by, Wish.objects.get().contact) == (None, studio.cleo)
    assert Line.objects.get(verb="pulses.leave_alone").by_name == "Kept"


def test_the_columns_of_marks_hold_no_number_below_zero(studio: Studio) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(client=studio.borealis, at=NOW, secure=-1)
