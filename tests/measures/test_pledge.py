"""The kept share of a pledged sentence: counted, with its interval, and judged only where the interval allows."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.measures import pledge_says as say
from kept.measures.pledge import Case, Share, Verdict, kept_share
from kept.measures.pledge_kinds import KINDS

DAY = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)


def shared(kept: int, n: int, target: float = 0.9) -> Share:
    cases = [Case(row, DAY + timedelta(hours=row), row < kept) for row in range(n)]
    return kept_share(cases, target=target)


@pytest.mark.parametrize(
    ("kept", "n", "target", "low", "high", "verdict"),
    [
        (412, 431, 0.90, 0.94, 0.97, Verdict.HOLDS),
        (84, 92, 0.95, 0.87, 0.94, Verdict.SHORT),
        (33, 39, 0.90, 0.76, 0.91, Verdict.CLOSE),
        (58, 59, 0.98, 0.95, 1.00, Verdict.CLOSE),
        (38, 41, 0.90, 0.86, 0.96, Verdict.CLOSE),
        (28, 31, 0.95, 0.82, 0.95, Verdict.CLOSE),
        (3, 8, 0.90, 0.192, 0.598, Verdict.SHORT),
        (6, 8, 0.80, 0.526, 0.894, Verdict.THIN),
        (4, 4, 0.50, 0.73, 1.00, Verdict.THIN),
        (0, 0, 0.90, 0.00, 1.00, Verdict.NOTHING),
    ],
)
def test_a_share_is_judged_only_where_its_whole_interval_lies_on_one_side(
    kept: int, n: int, target: float, low: float, high: float, verdict: Verdict
) -> None:
    one = shared(kept, n, target)
    assert (one.kept, one.n, one.verdict) == (kept, n, verdict)
    assert (one.interval.low, one.interval.high) == pytest.approx((low, high), abs=0.006)


def test_what_would_have_done_is_said_in_whole_occasions() -> None:
    assert shared(84, 92, 0.95).needed == 88
    assert shared(9, 10, 0.9).needed == 9
    assert not shared(9, 10, 0.9).is_below
    assert shared(8, 10, 0.9).is_below


def test_misses_are_named_newest_first() -> None:
    assert shared(2, 5).misses == (4, 3, 2)


@pytest.mark.parametrize("target", [0.0, -0.1, 1.01])
def test_a_target_that_cannot_be_is_refused(target: float) -> None:
    with pytest.raises(ValueError, match="target"):
        shared(1, 2, target)


@given(st.lists(st.booleans(), max_size=200), st.integers(1, 100))
def test_whatever_happened_the_numbers_agree(outcomes: list[bool], target: int) -> None:
    one = kept_share([Case(row, DAY, kept) for row, kept in enumerate(outcomes)], target=target / 100)
    assert one.n == len(outcomes)
    assert len(one.misses) == one.missed == outcomes.count(False)
    assert (one.verdict is Verdict.NOTHING) == (not outcomes)
    if one.share is not None:
        assert one.interval.low <= one.share <= one.interval.high
        assert one.is_below == (100 * one.kept < target * one.n)
    if one.verdict is Verdict.HOLDS:
        assert not one.is_below
    if one.verdict is Verdict.SHORT:
        assert one.is_below


@given(st.permutations(range(12)))
def test_the_order_in_which_things_are_told_does_not_matter(order: list[int]) -> None:
    cases = [Case(row, DAY + timedelta(hours=row), row % 3 > 0) for row in range(12)]
    assert kept_share([cases[row] for row in order], target=0.9) == kept_share(cases, target=0.9)


def test_figures_are_said_in_hundredths() -> None:
    assert say.figures(shared(84, 92, 0.95)) == "Kept 91 in 100, likely 87 to 94; pledged 95."
    assert say.figures(shared(0, 0)) == "Pledged 90 in 100."


def test_no_rounding_hides_a_miss_or_a_side() -> None:
    assert say.in_hundred(shared(999, 1000)) == "99.9"
    assert say.in_hundred(shared(897, 1000, 0.9)) == "89.7"
    assert say.in_hundred(shared(1000, 1000)) == "100"


def test_what_was_counted_is_said_with_what_would_have_done_and_how_it_was_missed() -> None:
    promises, bills = KINDS["promises"], KINDS["bills"]
    how = ["late"] * 5 + ["broken"] * 3
    assert say.counted(shared(84, 92, 0.95), promises, since="22 July", how=how) == (
        "84 of 92 promises since 22 July; we said at least 88. Five late and three broken."
    )
    assert say.counted(shared(58, 59, 0.98), bills, since="1 July", how=["questioned"]) == (
        "58 of 59 bills since 1 July. One questioned."
    )
    assert say.counted(shared(3, 3), promises, since="1 July") == "All three promises since 1 July."
    assert say.counted(shared(1, 1), promises, since="1 July") == "The one promise since 1 July."
    assert say.counted(shared(0, 0), bills, since="1 July") == "Nothing to count yet: no bill since 1 July."


@pytest.mark.parametrize(
    ("one", "shape"),
    [
        (shared(0, 0), "unknown"),
        (shared(4, 4), "unknown"),
        (shared(412, 431), "calm"),
        (shared(38, 41), "calm"),
        (shared(33, 39), "soon"),
        (shared(84, 92, 0.95), "late"),
    ],
)
def test_only_what_surely_falls_short_is_red_and_nothing_is_green(one: Share, shape: str) -> None:
    assert say.shape(one) == shape
