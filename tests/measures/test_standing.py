"""Standing agrees with the worked examples, and a held client is never shown as good."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.measures.quiet import quiet
from kept.measures.standing import Axis, Kind, Standing, belief_of, lock, placed, standing
from kept.measures.standing_numbers import STAYING, Lock
from kept.measures.standing_signs import Sign, Signal
from kept.measures.standing_words import named, sentence
from kept.measures.trust_events import Event
from kept.measures.trust_streams import Stream
from tests.measures.trust_example import NOW, event

FELT_BAR, FREE_BAR = STAYING.felt_bar, STAYING.free_bar
LOCKS_A = (Lock.CONTRACT, Lock.OUR_DATA, Lock.SPECIALIST)


def worked(
    felt: tuple[float, float], free: tuple[float, float], locks: tuple[Lock, ...] | None, **other: bool
) -> Standing:
    return placed(belief_of(*felt, bar=FELT_BAR), belief_of(*free, bar=FREE_BAR), locks=locks, **other)


def chances(found: Standing) -> tuple[float, float, float, float]:
    return found.loyal, found.for_the_price, found.held, found.leaving


def test_the_worked_hostage() -> None:
    found = worked((9, 5), (5, 4), LOCKS_A)
    assert (found.felt.above, found.free.above) == pytest.approx((0.2060, 0.4059), abs=5.1e-5)
    assert found.lock == pytest.approx(0.664)
    assert chances(found) == pytest.approx((0.0836, 0.1224, 0.6355, 0.1585), abs=5.1e-5)
    assert found.kind is Kind.HELD
    assert 1 - (1 - found.free.above) * (1 - found.lock) == pytest.approx(0.8004, abs=5.1e-5)


def test_the_worked_loyalist() -> None:
    found = worked((22, 3), (9, 2), (Lock.NOTICE,))
    assert (found.felt.above, found.free.above) == pytest.approx((0.9602, 0.9536), abs=5.1e-5)
    assert chances(found) == pytest.approx((0.9157, 0.0445, 0.0383, 0.0015), abs=5.1e-5)
    assert found.kind is Kind.LOYAL
    assert found.good


@given(
    st.tuples(st.floats(0.5, 50), st.floats(0.5, 50)),
    st.tuples(st.floats(0.5, 50), st.floats(0.5, 50)),
    st.lists(st.sampled_from(list(Lock))),
)
def test_the_four_chances_are_all_there_is_and_only_the_loyal_are_good(
    felt: tuple[float, float], free: tuple[float, float], locks: list[Lock]
) -> None:
    found = worked(felt, free, tuple(locks))
    assert sum(chances(found)) == pytest.approx(1)
    assert found.good == (found.kind is Kind.LOYAL and found.lock < 0.5)
    assert (found.kind is Kind.UNCLEAR) == (found.question is not None) == (found.chance < 0.6)


def test_each_tie_counts_once() -> None:
    assert lock([Lock.NOTICE, Lock.NOTICE]) == pytest.approx(0.2)
    assert lock([]) == 0


def test_loyalty_that_never_had_a_choice_is_untested() -> None:
    tied = worked((22, 3), (9, 2), LOCKS_A)
    assert (tied.kind, tied.untested, tied.good) == (Kind.LOYAL, True, False)
    assert named(tied) == "loyal, never tested"


def test_the_loyal_who_send_others_are_said_so() -> None:
    assert named(worked((22, 3), (9, 2), (), sends_others=True)) == "loyal, sends others"
    assert not worked((9, 5), (5, 4), LOCKS_A, sends_others=True).sends_others


def test_the_price_keeps_those_who_feel_well_and_shop_around() -> None:
    assert worked((22, 3), (3, 9), ()).kind is Kind.FOR_THE_PRICE


def test_who_neither_likes_it_nor_must_stay_may_be_leaving() -> None:
    assert worked((5, 9), (2, 9), ()).kind is Kind.LEAVING


def test_the_held_are_told_to_be_mended_not_discounted() -> None:
    assert sentence(worked((9, 5), (5, 4), LOCKS_A)) == (
        "Held, 64 in 100. Put right what hurts before anyone speaks of renewal, and offer no discount."
    )


# --- from what happened ------------------------------------------------------


def signal(sign: Sign, *, age: float = 0, row: int = 1) -> Signal:
    return Signal(sign, NOW - timedelta(days=age), row)


def judged(felt: list[Event], signals: list[Signal], **other: object) -> Standing:
    return standing(felt, signals, at=NOW, **other)  # type: ignore[arg-type]


def test_a_client_we_know_nothing_of_is_unclear_and_is_asked_how_it_feels() -> None:
    found = judged([], [])
    assert (found.felt.alpha, found.felt.beta, found.free.alpha, found.free.beta) == (6, 2, 3, 2)
    assert (found.kind, found.question) == (Kind.UNCLEAR, Axis.FELT)
    assert sentence(found) == "Too early to say. Ask: “How has it felt to work with us lately?”"


def test_the_question_is_about_what_we_know_least_of() -> None:
    asked = [event(Stream.SECURE, row, 0.75) for row in range(3)]
    assert judged(asked, []).question is Axis.FREE


def test_where_only_their_ties_would_tell_the_question_is_about_those() -> None:
    unhappy = [event(Stream.SECURE, row, 0.2) for row in range(10)]
    wavering = [signal(Sign.INVITED), signal(Sign.QUESTIONED_FEE)]
    assert judged(unhappy, wavering, locks=None).question is Axis.LOCK
    assert judged(unhappy, wavering, locks=[]).question is not Axis.LOCK


def test_answers_weigh_one_and_lose_half_in_180_days() -> None:
    found = judged([event(Stream.SECURE, 1, 0.9, weight=2, age=180, half_life=10)], [])
    assert (found.felt.alpha, found.felt.beta) == pytest.approx((6 + 0.45, 2 + 0.05))


def test_what_is_no_feeling_says_nothing_of_how_it_feels() -> None:
    assert judged([event(Stream.PROMISE, 1, 0)], []) == judged([], [])


@pytest.mark.parametrize(
    ("sign", "good", "bad"),
    [
        (Sign.SENT_OTHERS, 2, 0),
        (Sign.VOUCHED, 2, 0),
        (Sign.RENEWED_EARLY, 2, 0),
        (Sign.INVITED, 1, 0),
        (Sign.PRAISED, 0.5, 0),
        (Sign.GOT_IN_TOUCH, 0.25, 0),
        (Sign.RENEWED_WITHOUT_CHOICE, 0, 0),
        (Sign.PITCHED, 0, 2),
        (Sign.ASKED_FOR_HANDOVER, 0, 2),
        (Sign.QUESTIONED_FEE, 0, 1),
        (Sign.CUT_SCOPE, 0, 1),
        (Sign.IGNORED_NUDGES, 0, 0.5),
        (Sign.SENIOR_LEFT, 0, 0.5),
        (Sign.GONE_QUIET, 0, 0.5),
    ],
)
def test_each_sign_weighs_as_it_should(sign: Sign, good: float, bad: float) -> None:
    free = judged([], [signal(sign)]).free
    assert (free.alpha, free.beta) == (3 + good, 2 + bad)


def test_contact_counts_once_a_week() -> None:
    week = [signal(Sign.GOT_IN_TOUCH, age=age, row=row) for row, age in enumerate((0, 0.5, 1, 8))]
    assert judged([], week).free.weight == pytest.approx(0.25 * (2 ** (-1 / 180) + 2 ** (-8 / 180)))


def test_a_referral_of_more_than_a_year_ago_sends_no_others() -> None:
    happy = [event(Stream.SECURE, row, 1) for row in range(20)]
    known = [signal(Sign.INVITED, row=row) for row in range(9)]
    assert judged(happy, [*known, signal(Sign.SENT_OTHERS, age=364)]).sends_others
    assert not judged(happy, [*known, signal(Sign.SENT_OTHERS, age=366)]).sends_others


def test_a_later_sign_is_not_known_yet() -> None:
    assert judged([], [signal(Sign.PITCHED, age=-1)]) == judged([], [])


def test_staying_alone_is_no_loyalty() -> None:
    renewals = [signal(Sign.RENEWED_WITHOUT_CHOICE, age=365 * year) for year in range(5)]
    assert judged([], renewals) == judged([], [])


# --- gone quiet --------------------------------------------------------------


def test_the_worked_quiet_client() -> None:
    found = quiet(3, 27)
    assert (found.expected, found.chance) == pytest.approx((7.5, 0.037), abs=5.1e-4)
    assert found.gone


@pytest.mark.parametrize(("lately", "before"), [(0, 0), (0, 5), (10, 30), (1000, 3000), (300, 0)])
def test_chance_alone_is_not_quiet(lately: int, before: int) -> None:
    assert not quiet(lately, before).gone


def test_many_contacts_are_counted_as_well_as_few() -> None:
    assert quiet(600, 2400).gone
