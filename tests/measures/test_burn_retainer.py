"""How a retainer's period ends: the worked example, its edges, hours carried over."""

from typing import Any

import pytest

from kept.measures.burn import Forecast, chance_over
from kept.measures.burn_retainer import carry_over, retainer, run_out_day

EXAMPLE = {"period_days": 21, "elapsed_days": 12, "budget": 80, "worked": 66, "usual_daily": 4}


def about(value: float, *, within: float = 1e-3) -> Any:
    return pytest.approx(value, abs=within)


def amounts(forecast: Forecast) -> dict[str, float]:
    return {reason.code: reason.amount for reason in forecast.reasons}


def test_the_worked_retainer_example_holds() -> None:
    forecast = retainer(**EXAMPLE)
    assert forecast.rate == about(5.0588)
    assert forecast.likely == about(111.5294)
    assert forecast.run_out_day == about(14.7674)
    assert forecast.spread == about(11.8011)
    assert forecast.probability_over() == about(0.977)
    assert amounts(forecast)["straight_line"] == about(115.5)


def test_the_80_percent_range_lies_around_the_likely_end() -> None:
    forecast = retainer(**EXAMPLE)
    assert (forecast.low, forecast.high) == (about(96.4056), about(126.6533))
    assert chance_over(forecast.high, likely=forecast.likely, spread=forecast.spread) == about(0.1)


def test_other_lines_and_bands_can_be_asked_for() -> None:
    forecast = retainer(**EXAMPLE)
    assert forecast.probability_over(1.0) > forecast.probability_over(1.1) > forecast.probability_over(1.5)
    assert forecast.within(0.31).width < forecast.within(0.6).width < forecast.within(0.8).width


def test_the_first_day_leans_wholly_on_the_usual_pace() -> None:
    forecast = retainer(period_days=20, elapsed_days=0, budget=80, worked=0, usual_daily=4.5)
    assert (forecast.rate, forecast.likely, forecast.evidence) == (4.5, 90, 0)
    assert "thin_evidence" in amounts(forecast)
    assert "straight_line" not in amounts(forecast)


def test_without_history_the_budget_spread_evenly_is_the_usual_pace() -> None:
    forecast = retainer(period_days=20, elapsed_days=0, budget=80, worked=0)
    assert (forecast.likely, amounts(forecast)["budget_pace"]) == (80, 4)
    assert "usual_pace" not in amounts(forecast)


def test_a_history_of_no_work_is_not_the_same_as_no_history() -> None:
    assert retainer(period_days=20, elapsed_days=0, budget=80, worked=0, usual_daily=0).likely == 0


def test_a_period_that_is_over_has_no_uncertainty_left() -> None:
    forecast = retainer(period_days=20, elapsed_days=25, budget=80, worked=84, usual_daily=4)
    assert (forecast.likely, forecast.low, forecast.high, forecast.spread) == (84, 84, 84, 0)
    assert forecast.probability_over() == 0
    assert forecast.probability_over(1.0) == 1


def test_a_budget_already_gone_ran_out_on_a_day_in_the_past() -> None:
    forecast = retainer(period_days=20, elapsed_days=10, budget=40, worked=60, usual_daily=4)
    assert forecast.run_out_day == about(10 - 20 / (80 / 15))
    assert forecast.probability_over() == 1


def test_hours_that_last_have_no_run_out_day() -> None:
    assert retainer(period_days=20, elapsed_days=10, budget=80, worked=20, usual_daily=2).run_out_day is None


def test_a_period_before_its_start_counts_as_its_first_morning() -> None:
    early = retainer(period_days=20, elapsed_days=-3, budget=80, worked=0)
    assert early == retainer(period_days=20, elapsed_days=0, budget=80, worked=0)


def test_an_hour_without_any_budget_is_over_at_once() -> None:
    forecast = retainer(period_days=20, elapsed_days=5, budget=0, worked=1)
    assert forecast.probability_over() == 1
    assert forecast.run_out_day == 0


def test_nothing_worked_on_no_budget_is_nothing_over() -> None:
    forecast = retainer(period_days=20, elapsed_days=5, budget=0, worked=0)
    assert (forecast.likely, forecast.probability_over(), forecast.run_out_day) == (0, 0, None)


def test_a_period_without_a_working_day_ends_where_it_stands() -> None:
    assert retainer(period_days=0, elapsed_days=0, budget=10, worked=3).likely == 3


@pytest.mark.parametrize("name", ["budget", "worked", "period_days", "usual_daily"])
def test_amounts_below_zero_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="must be a number of 0 or more"):
        retainer(**(EXAMPLE | {name: -1}))


def test_without_pace_no_day_is_named() -> None:
    assert run_out_day(elapsed_days=3, budget=10, worked=5, daily=0) is None


@pytest.mark.parametrize(
    ("worked", "carried_in", "cap", "carried"),
    [
        (70, 0, None, 10),
        (70, 0, 8, 8),
        (70, 5, None, 15),
        (80, 0, 8, 0),
        (95, 0, 8, 0),
        (85, 10, 8, 5),
        (70, 0, 0, 0),
    ],
)
def test_unused_hours_are_carried_up_to_the_cap(
    worked: float, carried_in: float, cap: float | None, carried: float
) -> None:
    assert carry_over(budget=80, worked=worked, carried_in=carried_in, cap=cap) == carried
