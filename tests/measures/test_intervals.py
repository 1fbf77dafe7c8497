"""Intervals agree with the published and the worked figures."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import betaincinv

from kept.measures.intervals import Interval, beta_interval, jeffreys, normal_cdf, normal_quantile, wilson


def ends(interval: Interval) -> tuple[float, float]:
    return (interval.low, interval.high)


@pytest.mark.parametrize(
    ("successes", "n", "expected"),
    [(8, 10, (0.490, 0.943)), (14, 20, (0.481, 0.855)), (3, 3, (0.438, 1.0)), (45, 60, (0.628, 0.842))],
)
def test_wilson_at_95_percent_gives_the_worked_figures(successes: int, n: int, expected: tuple[float, float]) -> None:
    assert ends(wilson(successes, n)) == pytest.approx(expected, abs=1e-3)


def test_wilson_takes_another_level() -> None:
    assert ends(wilson(18, 20, level=0.9)) == pytest.approx((0.738, 0.966), abs=1e-3)


def test_three_of_nine_reaches_from_an_eighth_to_two_thirds() -> None:
    assert ends(wilson(3, 9)) == pytest.approx((0.121, 0.646), abs=1e-3)


def test_twenty_eight_promises_of_thirty_one_reads_82_to_95() -> None:
    interval = jeffreys(28, 31)
    assert (round(interval.low * 100), round(interval.high * 100)) == (82, 95)


def test_jeffreys_ends_at_the_edge_when_all_or_none_succeeded() -> None:
    assert jeffreys(5, 5).high == 1.0
    assert jeffreys(0, 5).low == 0.0


@pytest.mark.parametrize(
    ("alpha", "beta", "expected"),
    [
        (8.5536, 1.6536, (0.684, 0.960)),
        (9.3721, 3.2100, (0.583, 0.889)),
        (7.6, 1.9, (0.627, 0.942)),
        (8 * 0.88 + 3, 8 * 0.12, (0.800, 0.991)),
        (8 * 0.88 + 30, 8 * 0.12, (0.941, 0.997)),
    ],
)
def test_beta_gives_the_worked_80_percent_ranges(alpha: float, beta: float, expected: tuple[float, float]) -> None:
    assert ends(beta_interval(alpha, beta)) == pytest.approx(expected, abs=1e-3)


@given(st.floats(0.01, 1e5), st.floats(0.01, 1e5), st.sampled_from([0.5, 0.8, 0.95, 0.99]))
def test_a_belief_has_the_middle_that_scipy_finds(alpha: float, beta: float, level: float) -> None:
    expected = (betaincinv(alpha, beta, (1 - level) / 2), betaincinv(alpha, beta, (1 + level) / 2))
    assert ends(beta_interval(alpha, beta, level)) == pytest.approx(expected, abs=1e-8)


def test_a_page_need_not_import_scipy() -> None:
    asked = (
        "import sys; from kept.measures.intervals import jeffreys; jeffreys(8, 10); sys.exit('scipy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0


def test_without_evidence_everything_is_possible() -> None:
    assert ends(wilson(0, 0)) == (0.0, 1.0)
    assert ends(jeffreys(0, 0)) == (0.0, 1.0)


@given(st.integers(1, 500), st.data())
def test_every_interval_holds_its_own_share(n: int, data: st.DataObject) -> None:
    successes = data.draw(st.integers(0, n))
    for interval in (wilson(successes, n), jeffreys(successes, n)):
        assert 0 <= interval.low <= successes / n <= interval.high <= 1


def test_more_of_the_same_narrows_the_range() -> None:
    assert wilson(80, 100).width < wilson(8, 10).width
    assert jeffreys(80, 100).width < jeffreys(8, 10).width


def test_the_normal_curve_and_its_inverse_agree() -> None:
    assert normal_cdf(0) == 0.5
    assert normal_cdf(1.959964) == pytest.approx(0.975, abs=1e-6)
    assert normal_quantile(0.9) == pytest.approx(1.2816, abs=1e-4)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: wilson(3, 2),
        lambda: jeffreys(-1, 2),
        lambda: wilson(1, 2, level=95),
        lambda: beta_interval(0, 1),
        lambda: normal_quantile(1),
    ],
)
def test_impossible_counts_are_refused(wrong: object) -> None:
    assert callable(wrong)
    with pytest.raises(ValueError, match=r"\w"):
        wrong()
