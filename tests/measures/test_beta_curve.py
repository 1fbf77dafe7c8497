"""Our own Beta curve agrees with scipy's over all shapes that beliefs take."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import betainc, betaincinv, polygamma
from scipy.special import psi as digamma

from kept.measures.beta_curve import beta_area, beta_quantile, psi, psi1

SHAPES = st.sampled_from([0.05, 0.3, 0.5, 1.0, 1.7, 3.0, 8.5536, 40.0, 300.0, 4000.0])


@given(SHAPES, SHAPES, st.floats(0.001, 0.999))
def test_areas_agree(alpha: float, beta: float, x: float) -> None:
    assert beta_area(x, alpha, beta) == pytest.approx(float(betainc(alpha, beta, x)), rel=1e-9, abs=1e-12)


@given(SHAPES, SHAPES, st.sampled_from([0.001, 0.05, 0.1, 0.5, 0.9, 0.975, 0.999]))
def test_quantiles_agree(alpha: float, beta: float, probability: float) -> None:
    expected = float(betaincinv(alpha, beta, probability))
    assert beta_quantile(probability, alpha, beta) == pytest.approx(expected, rel=1e-8, abs=1e-12)


@given(st.floats(0.01, 1e5))
def test_the_moments_of_the_logarithm_agree(x: float) -> None:
    assert psi(x) == pytest.approx(float(digamma(x)), rel=1e-12, abs=1e-12)
    assert psi1(x) == pytest.approx(float(polygamma(1, x)), rel=1e-12)


def test_the_ends_are_ends() -> None:
    assert (beta_area(0, 2, 3), beta_area(1, 2, 3)) == (0, 1)


@pytest.mark.parametrize("wrong", [(0.5, 0.0, 1.0), (0.5, 1.0, -1.0), (0.0, 1.0, 1.0), (1.0, 1.0, 1.0)])
def test_what_is_no_curve_is_refused(wrong: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="quantile"):
        beta_quantile(*wrong)
