"""Promises in what our people wrote are noticed with their day, and nothing that only sounds like one."""

import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kept.measures.text import promises
from kept.measures.text.promises import Found
from tests.measures.promise_set import HELD_OUT, SEEN, SENT, Labelled, flagged, labelled, score

LONDON = ZoneInfo("Europe/London")


def found(text: str, **how: object) -> list[Found]:
    return promises.found(text, sent_at=SENT, by="Bo Lark", **how)  # type: ignore[arg-type]


def one(text: str, **how: object) -> Found:
    (only,) = found(text, **how)
    return only


def test_the_worked_example_scores_as_written() -> None:
    promise = one("I'll send the revised deck by Friday.")
    assert promise.due == datetime(2026, 10, 16, 17, 30, tzinfo=LONDON)
    assert promise == Found(
        sentence="I'll send the revised deck by Friday.",
        due=promise.due,
        due_is_explicit=True,
        score=0.9,
        soft=False,
        who="Bo Lark",
        what="the revised deck",
        due_words="Friday",
    )


def test_a_promise_with_a_reserve_is_soft_and_scores_less() -> None:
    promise = one("We might send it Friday.")
    assert (promise.score, promise.soft) == (0.65, True)


@pytest.mark.parametrize(
    "text",
    [
        "I will be out Friday.",
        "Could you send the logo?",
        "I will let you know if anything changes.",
        "We won't send it.",
        "I sent it on Friday.",
        "You will need the password.",
        "Cleo will send it by Friday.",
        "> I'll send it by Friday.",
        "Thanks,\nBo",
        "",
    ],
)
def test_what_promises_nothing_is_passed_over(text: str) -> None:
    assert found(text) == []


def test_naming_whom_it_is_for_adds_to_the_score() -> None:
    assert one("Cleo, I'll send the deck by Friday.", to="Cleo North").score == 1.0


def test_a_promise_without_a_day_is_looked_at_again_on_the_third_working_day() -> None:
    promise = one("I'll send the deck.")
    assert (promise.due, promise.due_is_explicit) == (datetime(2026, 10, 19, 17, 30, tzinfo=LONDON), False)


def test_a_day_that_can_be_read_in_two_ways_is_left_to_a_person() -> None:
    promise = one("I'll send the deck by 03/04.")
    assert (promise.due, promise.due_is_explicit, promise.ambiguous) == (None, False, True)
    assert one("I'll send it by 03/04/2027.", day_first=True).due == datetime(2027, 4, 3, 17, 30, tzinfo=LONDON)


def test_a_colleagues_word_is_ours_and_a_strangers_is_not() -> None:
    assert one("Kit will send you the icons tomorrow.", ours=["Kit Moss"]).who == "Kit Moss"
    assert one("Bo will send it by Friday.").who == "Bo Lark"
    assert found("Zed will send you the icons tomorrow.", ours=["Kit Moss"]) == []


@pytest.mark.parametrize("text", ["Will you send it by Friday?", "Will the page send a mail?", "Will prefers tea."])
def test_a_colleague_called_will_turns_no_question_into_a_promise(text: str) -> None:
    assert found(text, ours=["Will Ash"]) == []


def test_a_colleague_called_will_can_promise() -> None:
    assert one("Will is going to send the plan on Monday.", ours=["Will Ash"]).who == "Will Ash"


def test_promises_come_in_the_order_of_the_letter() -> None:
    letter = (
        "Hi Cleo,\n\nlovely to see you. I'll send the minutes\ntomorrow. Could you sign the offer?\n\n"
        "- Kit will fix the form today\n- we met Zed\n\nBest,\nBo\n"
    )
    assert [(each.who, each.what) for each in found(letter, ours=["Kit"])] == [
        ("Bo Lark", "the minutes"),
        ("Kit", "the form"),
    ]


@pytest.mark.parametrize("text", ["Wir schicken Ihnen die Pläne bis Freitag.", "Je vous envoie le devis demain."])
def test_the_plainest_german_and_french_promises_are_known(text: str) -> None:
    assert one(text).due_is_explicit


def test_the_labelled_set_is_large_and_of_many_hands() -> None:
    every = labelled(*SEEN, *HELD_OUT)
    assert len(every) >= 600
    assert len({each.trade for each in every}) == len(SEEN + HELD_OUT)
    assert sum(each.label == "no" for each in every) >= 300


def test_on_senders_it_was_not_made_with_it_is_rarely_wrong_and_misses_few() -> None:
    held = score(labelled(*HELD_OUT))
    assert held.precision >= 0.95
    assert held.recall >= 0.85


def test_on_no_single_held_out_sender_does_it_fail() -> None:
    scores = {sender: score(labelled(sender)) for sender in HELD_OUT}
    assert {sender for sender, each in scores.items() if each.precision < 0.85 or each.recall < 0.65} == set()


def test_the_days_of_held_out_promises_are_read_right() -> None:
    dated = [each for each in labelled(*HELD_OUT) if each.label == "yes" and each.due and flagged(each) == "yes"]
    right = [each for each in dated if day_of(each) == each.due]
    assert len(right) >= 0.9 * len(dated)


def test_no_reserve_is_taken_for_a_firm_word_too_often() -> None:
    soft = [flagged(each) for each in labelled(*SEEN, *HELD_OUT) if each.label == "soft"]
    assert soft.count("yes") <= 0.08 * len(soft)


def day_of(each: Labelled) -> str:
    due = promises.found(each.sentence, sent_at=SENT, by=each.sender.title())[:1]
    return f"{due[0].due:%Y-%m-%d %H:%M}" if due and due[0].due and due[0].due_is_explicit else ""


@pytest.mark.parametrize(
    "piece", ["I'll ", "I will send ", "by Friday ", "let me ", "we 're going to ", "draft ", "1/", "I", "\x01"]
)
def test_the_time_grows_with_the_length_alone(piece: str) -> None:
    def spent(times: int) -> float:
        began = time.process_time()
        found(piece * times, ours=["Kit"])
        return time.process_time() - began

    spent(100)
    short, long = spent(2_000), spent(16_000)
    assert long < 0.05 + 30 * short  # eight times the text; a square would cost sixty-four times


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_no_text_makes_it_stumble(text: str) -> None:
    for each in promises.found(text, sent_at=SENT, by=text[:20], ours=[text[20:30]], to=text[:5]):
        assert 0.5 <= each.score <= 1
