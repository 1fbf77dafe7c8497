"""Feelings stay apart, carry their range, and name who was silent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import stdtrit  # without scipy.stats, which every test process would load for a second

from kept.measures.feeling import (
    Answered,
    Felt,
    FeltService,
    by_client,
    consistency,
    felt_service,
    lower_bound,
    may_be_one_number,
    needs_a_call,
)
from kept.measures.feeling_intervals import (
    agresti_coull,
    mean_interval,
    most_unseen,
    quantile_ranks,
    student_quantile,
)
from kept.measures.intervals import Interval
from kept.measures.trust_streams import Stream


def ends(interval: Interval | None) -> tuple[float, float]:
    assert interval
    return interval.low, interval.high


def test_the_worked_mean_of_five() -> None:
    assert ends(mean_interval([9, 8, 10, 7, 9])) == pytest.approx((7.18, 10.02), abs=5.1e-3)
    assert ends(mean_interval([9, 8, 10, 7, 9], low=0, high=10)) == pytest.approx((7.18, 10), abs=5.1e-3)


def test_one_answer_has_no_range() -> None:
    assert mean_interval([9]) is None


@given(st.integers(1, 400), st.floats(0.5, 0.999))
def test_student_s_quantile_agrees(freedom: int, probability: float) -> None:
    expected = float(stdtrit(freedom, probability))
    assert student_quantile(probability, freedom) == pytest.approx(expected, rel=1e-6, abs=1e-6)


def test_the_worked_agresti_coull() -> None:
    assert ends(agresti_coull(8, 10)) == pytest.approx((0.479, 0.954), abs=1e-3)


def test_none_of_twenty_leaves_room_for_an_eighth() -> None:
    assert most_unseen(20) == pytest.approx(0.139, abs=5.1e-4)
    assert most_unseen(0) == 1


@pytest.mark.parametrize(("n", "part", "low", "high", "holds"), [(20, 0.5, 6, 15, 0.959), (30, 0.9, 24, 30, 0.932)])
def test_the_worked_ranks_of_a_median_and_a_90th(n: int, part: float, low: int, high: int, holds: float) -> None:
    found = quantile_ranks(n, part)
    assert (found.low, found.high) == (low, high)
    assert found.holds == pytest.approx(holds, abs=5.1e-4)


def test_ranks_stay_within_what_was_seen() -> None:
    found = quantile_ranks(3, 0.9)
    assert 1 <= found.low <= found.high <= 3
    with pytest.raises(ValueError, match="at least one"):
        quantile_ranks(0, 0.5)


# --- one round ---------------------------------------------------------------


def answer(client: int, **marks: float) -> Answered:
    return Answered(client, {Stream(name): mark for name, mark in marks.items()})


def of(found: FeltService, stream: Stream) -> Felt:
    return next(each for each in found.feelings if each.stream is stream)


ROUND = felt_service(
    [
        answer(1, secure=8, cherished=9),
        answer(1, secure=6),
        answer(2, secure=9),
        answer(3, secure=4),
        answer(4, secure=10),
    ],
    asked={1: 3, 2: 1, 3: 1, 4: 2, 5: 2, 6: 0},
)


def test_people_of_one_client_count_as_one_client() -> None:
    found = of(ROUND, Stream.SECURE)
    assert found.mean == pytest.approx((7 + 9 + 4 + 10) / 4)
    assert (found.clients, found.people) == (4, 5)


def test_silent_clients_are_named_and_who_was_not_asked_is_not_silent() -> None:
    assert ROUND.silent == (5,)
    assert (ROUND.asked, ROUND.answered) == (9, 5)
    assert ROUND.response == pytest.approx(5 / 9)


def test_the_silent_may_feel_as_the_lowest_quarter() -> None:
    assert of(ROUND, Stream.SECURE).lower == pytest.approx((30 + 4) / 5)
    assert lower_bound([8, 8, 8, 2, 4, 8, 8, 8], 2) == pytest.approx((54 + 2 * 3) / 10)
    assert lower_bound([9, 7], 0) == 8


def test_a_feeling_nobody_was_asked_for_says_nothing() -> None:
    found = of(ROUND, Stream.DAZZLED)
    assert (found.mean, found.interval, found.lower, found.clients) == (None, None, None, 0)


def test_the_four_feelings_and_the_mark_for_the_work_stay_apart() -> None:
    assert [each.stream for each in ROUND.feelings] == ["secure", "cherished", "delighted", "dazzled", "mark"]
    assert by_client(Stream.CHERISHED, [answer(1, cherished=9), answer(2, secure=3)]) == {1: 9}


def test_without_anybody_asked_there_is_no_share_of_answers() -> None:
    assert felt_service([], {}).response is None


def test_an_answer_of_six_asks_for_a_call() -> None:
    assert needs_a_call([9, 6])
    assert not needs_a_call([9, 7])


def test_consistency_is_one_when_all_feelings_say_the_same() -> None:
    assert consistency([[n, n, n, n] for n in range(5)]) == pytest.approx(1)


def test_consistency_agrees_with_a_worked_table() -> None:
    # three items, five people: item variances 2.5, 1, 2.5, of the sums 13.5
    table = [[1, 2, 1], [2, 2, 3], [3, 4, 2], [4, 4, 5], [5, 3, 4]]
    assert consistency(table) == pytest.approx(3 / 2 * (1 - (2.5 + 1.0 + 2.5) / 13.5))


def test_feelings_become_one_number_only_when_consistent_and_often_asked() -> None:
    alike = [[n % 10, n % 10, n % 9, n % 10] for n in range(50)]
    assert may_be_one_number(alike)
    assert not may_be_one_number(alike[:49])
    assert not may_be_one_number([[n % 7, n % 3, n % 11, n % 2] for n in range(50)])
    assert not may_be_one_number([[9, 9, 9, 9]] * 60)
