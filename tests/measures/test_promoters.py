"""The promoter score comes with its range, and is not coloured for chance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.measures.promoters import Counts, answers_needed, changed, counted, promoters, score


def test_the_worked_twenty() -> None:
    found = promoters(Counts(detractors=4, passives=6, promoters=10))
    assert (found.raw, found.raw_error) == pytest.approx((30, 17.46), abs=5.1e-3)
    assert (found.value, found.error) == pytest.approx((26.1, 16.23), abs=0.051)
    assert found.error == pytest.approx(16.23, abs=5.1e-3)
    assert (found.interval.low, found.interval.high) == pytest.approx((-5.7, 57.9), abs=0.051)


def test_the_worked_eight() -> None:
    found = promoters(Counts(detractors=1, passives=2, promoters=5))
    assert (found.raw, found.value) == pytest.approx((50, 36.4), abs=0.051)
    assert (found.interval.low, found.interval.high) == pytest.approx((-7.4, 80.2), abs=0.051)


def test_how_many_answers_a_range_needs() -> None:
    assert (answers_needed(10), answers_needed(20)) == (230, 58)


def test_marks_promote_from_nine_and_detract_up_to_six() -> None:
    assert counted([0, 6, 6.5, 7, 8, 8.9, 9, 10]) == Counts(2, 4, 2)
    with pytest.raises(ValueError, match="between 0 and 10"):
        counted([11])


def test_without_answers_there_is_no_score_but_a_wide_range() -> None:
    with pytest.raises(ValueError, match="Nobody"):
        score(Counts(0, 0, 0))
    found = promoters(Counts(0, 0, 0))
    assert (found.raw, found.raw_error, found.value) == (None, None, 0)
    assert found.interval.width > 150


def test_thirty_points_among_twenty_clients_are_no_change() -> None:
    before, after = promoters(Counts(4, 6, 10)), promoters(Counts(1, 6, 13))
    assert after.raw == pytest.approx(60)
    assert not changed(before, after)
    assert changed(promoters(Counts(40, 60, 100)), promoters(Counts(10, 60, 130)))


@given(*[st.integers(0, 200)] * 3)
def test_the_range_holds_the_value_and_stays_on_the_scale(d: int, n: int, p: int) -> None:
    found = promoters(Counts(d, n, p))
    assert -100 <= found.interval.low <= found.value <= found.interval.high <= 100
