"""Beliefs agree with the worked example, and move only as evidence moves them."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.measures.belief import NEW_FIRM, Confidence, Evidence, Prior, belief, decay

NOW = datetime(2025, 6, 2, 9, tzinfo=UTC)


def events(*given_: tuple[float, float, float, float]) -> list[Evidence]:
    """Evidence from (worth, weight, age in days, half-life)."""
    return [
        Evidence(row, worth, weight, half_life, NOW - timedelta(days=age))
        for row, (worth, weight, age, half_life) in enumerate(given_)
    ]


QUALITY = events((1, 1, 0, 120), (0.5, 1, 60, 120), (0.8, 1, 120, 120))
CONSISTENCY = events(
    (1, 1, 0, 90), (1, 1, 45, 90), (0.5, 1, 90, 90), (0, 2, 0, 180), (1, 0.25, 30, 30), (1, 0.25, 0, 30)
)
MERIT = events((0.9, 1, 0, 120), (0.6, 1, 90, 90))


@pytest.mark.parametrize(
    ("evidence", "mean", "expected"),
    [
        (QUALITY, 0.85, (8.5536, 1.6536, 2.2071, 0.8380, 0.684, 0.960)),
        (CONSISTENCY, 0.88, (9.3721, 3.2100, 4.5821, 0.7449, 0.583, 0.889)),
        (MERIT, 0.80, (7.6, 1.9, 1.5, 0.8000, 0.627, 0.942)),
    ],
)
def test_each_pillar_of_the_worked_example(evidence: list[Evidence], mean: float, expected: tuple[float, ...]) -> None:
    found = belief(evidence, at=NOW, prior=Prior(mean=mean))
    got = (found.alpha, found.beta, found.weight, found.share, found.interval.low, found.interval.high)
    assert got == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize(("days", "half_life", "left"), [(45, 90, 0.7071), (90, 90, 0.5), (180, 90, 0.25)])
def test_evidence_fades_by_half_lives(days: float, half_life: float, left: float) -> None:
    assert decay(days, half_life) == pytest.approx(left, abs=1e-4)


def test_without_evidence_the_firm_s_own_average_stands_and_is_thin() -> None:
    found = belief([], at=NOW)
    assert found.share == pytest.approx(NEW_FIRM.mean)
    assert found.confidence is Confidence.THIN
    assert found.pulls == ()


def test_what_happens_later_is_not_known_yet() -> None:
    later = Evidence(1, 0.0, 2.0, 180.0, NOW + timedelta(days=1))
    assert belief([later], at=NOW) == belief([], at=NOW)


def test_the_broken_promise_is_the_first_reason() -> None:
    found = belief(CONSISTENCY, at=NOW, prior=Prior(mean=0.88))
    assert found.pulls[0].row == 3
    assert found.pulls[0].by < 0


EVENTS = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from([0.25, 0.5, 1.0, 2.0]), st.integers(0, 700), st.just(90.0)),
    max_size=20,
).map(lambda drawn: events(*drawn))


@given(EVENTS)
def test_the_pulls_add_up_to_the_whole_move(evidence: list[Evidence]) -> None:
    found = belief(evidence, at=NOW)
    assert sum(pull.by for pull in found.pulls) == pytest.approx(found.share - NEW_FIRM.mean, abs=1e-12)


@given(EVENTS, st.randoms())
def test_the_order_in_which_evidence_comes_is_irrelevant(evidence: list[Evidence], random: Random) -> None:
    shuffled = evidence.copy()
    random.shuffle(shuffled)
    assert belief(shuffled, at=NOW) == belief(evidence, at=NOW)


@given(EVENTS.filter(bool))
def test_doing_better_never_lowers_the_share(evidence: list[Evidence]) -> None:
    first, *rest = evidence
    better = Evidence(first.row, 1.0, first.weight, first.half_life, first.at)
    assert belief([better, *rest], at=NOW).share >= belief(evidence, at=NOW).share


def test_in_the_end_everything_is_forgotten() -> None:
    found = belief(CONSISTENCY, at=NOW + timedelta(days=365 * 30))
    assert found.share == pytest.approx(NEW_FIRM.mean, abs=1e-6)


def test_more_of_the_same_is_surer() -> None:
    few = belief(events(*[(1.0, 1.0, 0.0, 90.0)] * 6), at=NOW)
    many = belief(events(*[(1.0, 1.0, 0.0, 90.0)] * 60), at=NOW)
    assert many.interval.width < few.interval.width
    assert (few.confidence, many.confidence) == (Confidence.FAIR, Confidence.FIRM)
