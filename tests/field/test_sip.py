"""The job forecast on ten years of one software firm's tasks gives the figures published in MEASURES 3.6.

Where its recipe leaves a choice, readings were tried until one gave every published figure, so the match checks the
arithmetic and is no second evidence. That reading:
- Accuracy is relative to the estimate, |actual - estimate| / estimate; standard deviations divide by n.
- A bundle needs 30 tasks the firm finished before its first one: two bundles of 2004 have no such past (any
  number from 10 to 60 means the same two). A bundle already complete when it reaches the share has nothing
  left to forecast and is left out of that line. So the lines stand on 116, 116, 113 and 105 of 118 bundles.
- The firm's past (m) is the sum of actual over the sum of estimated hours of all tasks completed on an
  earlier day, those of the bundle itself left out.
- Probabilities are cross-fitted: bundles in the order of project (as text), year and quarter take the error
  scales 1.42 and 1.78 in turn. How those two were fitted is not told and was not reproduced. An alarm counts
  once for a bundle, if any of its forecasts at 10, 25 or 50 % reaches the limit.
- Tasks completed on one day have no order of their own; the published figures took an unstable quicksort's.
  That is luck, so the last test takes the file's order instead and says by how much the figures move.

Not published, measured here: how often the 80 % range holds, and red alarms with the one error scale the product ships.
"""

import math
from statistics import fmean, linear_regression, median, pstdev

import pytest

from kept.measures.burn import RED_PROBABILITY
from kept.measures.burn_fixed import ERROR_SCALE
from tests.field import sip

pytestmark = [
    pytest.mark.field,
    pytest.mark.skipif(not sip.EFFORT.is_dir(), reason="shared/data/effort is not beside this checkout"),
]

SHARES = (0.10, 0.25, 0.50, 0.75)
THOUSANDTH, HUNDREDTH = 5.1e-4, 5.1e-3  # half of the last published digit


@pytest.fixture(scope="module")
def tasks() -> list[sip.Task]:
    return sip.tasks()


@pytest.fixture(scope="module")
def published(tasks: list[sip.Task]) -> dict[float, list[sip.Moment]]:
    return {share: sip.replay(tasks, share, order=sip.as_published) for share in SHARES}


def near(value: float | list[float], within: float = THOUSANDTH) -> object:
    return pytest.approx(value, abs=within)


def mape(moments: list[sip.Moment], kind: str) -> float:
    ends = {
        "plan": [moment.plan for moment in moments],
        "cpi": [moment.cpi for moment in moments],
        "shrunk": [moment.forecast.likely for moment in moments],
    }[kind]
    return fmean(abs(end - moment.final) / moment.final for end, moment in zip(ends, moments, strict=True))


def odds(moments: list[sip.Moment]) -> list[float]:
    return [moment.forecast.probability_over() for moment in moments]


def brier(moments: list[sip.Moment]) -> float:
    return fmean((p - moment.ended_over) ** 2 for p, moment in zip(odds(moments), moments, strict=True))


def truths(moments: list[sip.Moment]) -> list[bool]:
    return [moment.ended_over for moment in moments]


def alarms_by_half(replays: dict[float, list[sip.Moment]], limit: float) -> list[bool]:
    """For each bundle of the first replay: did any forecast up to half of the work reach the limit?"""
    loud = {m.bundle for share in SHARES[:3] for m in replays[share] if m.forecast.probability_over() >= limit}
    return [moment.bundle in loud for moment in replays[0.10]]


def test_single_tasks_end_as_published(tasks: list[sip.Task]) -> None:
    ratios = [task.actual / task.estimate for task in tasks]
    misses = [abs(ratio - 1) for ratio in ratios]
    assert len(tasks) == 7916
    assert sum(task.actual for task in tasks) / sum(task.estimate for task in tasks) == near(1.009)
    assert median(ratios) == 1
    shares = [ratios.count(1.0)] + [sum(r > line for r in ratios) for line in (1, 1.1, 1.25, 2)]
    assert [share / 7916 for share in shares] == near([0.374, 0.300, 0.281, 0.227, 0.095])
    assert fmean(r < 1 for r in ratios) == near(0.326)
    assert fmean(0.5 <= r <= 2 for r in ratios) == near(0.800)
    assert [fmean(misses), median(misses), fmean(m <= 0.25 for m in misses)] == near([0.583, 0.2325, 0.555])


def test_small_tasks_are_under_and_large_ones_overestimated(tasks: list[sip.Task]) -> None:
    slope, intercept = linear_regression(
        [math.log(task.estimate) for task in tasks], [math.log(task.actual) for task in tasks]
    )
    assert (slope, intercept) == (near(0.877), near(0.062))
    assert pstdev(math.log(task.actual / task.estimate) for task in tasks) == near(0.752)


def test_hours_used_up_say_little_about_one_task(tasks: list[sip.Task]) -> None:
    ratios = [task.actual / task.estimate for task in tasks]
    ended = [fmean(r > 1.1 for r in ratios if r >= burnt) for burnt in (0.5, 0.8, 0.9)]
    assert ended == near([0.31, 0.38, 0.40], HUNDREDTH)
    past = [r for r in ratios if r > 1]
    assert (len(past), fmean(r > 1.1 for r in past), median(past)) == (2377, near(0.935), near(1.67, HUNDREDTH))


def test_bundles_are_the_published_ones(tasks: list[sip.Task]) -> None:
    ends = [sum(t.actual for t in b) / sum(t.estimate for t in b) for b in sip.bundles(tasks).values()]
    assert len(ends) == 118
    assert fmean(end > 1.1 for end in ends) == near(0.373)
    assert pstdev(math.log(end) for end in ends) == near(0.368)


@pytest.mark.parametrize(
    ("share", "n", "plan", "cpi", "shrunk"),
    [(0.10, 116, 0.261, 0.321, 0.252), (0.25, 116, 0.238, 0.247, 0.228), (0.50, 113, 0.178, 0.182, 0.173),
     (0.75, 105, 0.110, 0.111, 0.109)],
)  # fmt: skip
def test_sizes_are_forecast_as_well_as_published(
    published: dict[float, list[sip.Moment]], share: float, n: int, plan: float, cpi: float, shrunk: float
) -> None:
    moments = published[share]
    assert len(moments) == n
    assert [mape(moments, kind) for kind in ("plan", "cpi", "shrunk")] == near([plan, cpi, shrunk])


@pytest.mark.parametrize(
    ("share", "by_cpi", "by_odds"),
    [(0.10, [0.50, 0.47, 0.27], [0.58, 0.16, 0.07]), (0.25, [0.62, 0.65, 0.23], [0.78, 0.33, 0.05]),
     (0.50, [0.68, 0.65, 0.19], [0.82, 0.53, 0.07]), (0.75, [0.82, 0.74, 0.11], [0.94, 0.69, 0.03])],
)  # fmt: skip
def test_overruns_are_caught_as_published(
    published: dict[float, list[sip.Moment]], share: float, by_cpi: list[float], by_odds: list[float]
) -> None:
    moments = published[share]
    cpi_alarms = [moment.cpi > 1.1 * moment.budget for moment in moments]
    assert list(sip.caught(cpi_alarms, truths(moments))) == near(by_cpi, HUNDREDTH)
    assert list(sip.caught([p >= RED_PROBABILITY for p in odds(moments)], truths(moments))) == near(by_odds, HUNDREDTH)


@pytest.mark.parametrize(
    ("share", "ranking", "error", "base"),
    [(0.10, 0.675, 0.212, 0.233), (0.25, 0.783, 0.181, 0.233), (0.50, 0.835, 0.161, 0.236),
     (0.75, 0.896, 0.127, 0.240)],
)  # fmt: skip
def test_probabilities_are_as_good_as_published(
    published: dict[float, list[sip.Moment]], share: float, ranking: float, error: float, base: float
) -> None:
    moments = published[share]
    rate = fmean(truths(moments))
    assert [sip.auc(moments, odds(moments)), brier(moments), rate * (1 - rate)] == near([ranking, error, base])


@pytest.mark.parametrize(("share", "stable"), [(0.25, 0.25), (0.50, 0.29), (0.75, 0.53)])
def test_a_cost_index_is_not_stable_early(
    published: dict[float, list[sip.Moment]], share: float, stable: float
) -> None:
    assert fmean(abs(m.cpi / m.final - 1) <= 0.1 for m in published[share]) == near(stable, HUNDREDTH)


@pytest.mark.parametrize(("share", "held"), [(0.10, 0.845), (0.25, 0.819), (0.50, 0.805), (0.75, 0.657)])
def test_the_80_percent_range_holds_until_half_of_the_work_and_is_too_narrow_late(
    published: dict[float, list[sip.Moment]], share: float, held: float
) -> None:
    inside = [moment.forecast.low <= moment.final <= moment.forecast.high for moment in published[share]]
    assert fmean(inside) == near(held)


@pytest.mark.parametrize(
    ("limit", "figures"), [(0.5, [0.58, 0.77, 0.33]), (0.6, [0.73, 0.56, 0.12]), (0.7, [0.79, 0.44, 0.07])]
)
def test_alarms_by_half_of_the_work_are_as_right_as_published(
    published: dict[float, list[sip.Moment]], limit: float, figures: list[float]
) -> None:
    alarms = alarms_by_half(published, limit)
    assert list(sip.caught(alarms, truths(published[0.10]))) == near(figures, HUNDREDTH)


def test_with_the_shipped_error_scale_red_alarms_are_false_a_little_more_often(tasks: list[sip.Task]) -> None:
    moments = {s: sip.replay(tasks, s, order=sip.as_published, scales=(ERROR_SCALE,) * 2) for s in SHARES[:3]}
    alarms = alarms_by_half(moments, RED_PROBABILITY)
    assert list(sip.caught(alarms, truths(moments[0.10]))) == near([0.714, 0.581, 0.137])


@pytest.mark.parametrize("share", SHARES)
def test_another_order_within_days_moves_no_figure_far(
    tasks: list[sip.Task], published: dict[float, list[sip.Moment]], share: float
) -> None:
    listed, moments = sip.replay(tasks, share, order=sip.as_listed), published[share]
    for kind in ("plan", "cpi", "shrunk"):
        assert mape(listed, kind) == near(mape(moments, kind), 0.0065)
    assert sip.auc(listed, odds(listed)) == near(sip.auc(moments, odds(moments)), 0.0065)
    assert brier(listed) == near(brier(moments), 0.0070)
