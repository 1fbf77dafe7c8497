"""When a forecast deserves a warning, and what the warning says."""

import pytest

from kept.measures.burn import (
    AMBER_PROBABILITY,
    OVER_LINE,
    RED_PROBABILITY,
    Forecast,
    asks_hours_left,
    warning,
)
from kept.measures.burn_fixed import by_calendar
from kept.measures.burn_retainer import retainer


def ending(*, likely: float, spread: float = 10, worked: float = 50, budget: float = 100) -> Forecast:
    return Forecast(method="retainer", budget=budget, worked=worked, likely=likely, spread=spread, rate=1, evidence=9)


def test_the_line_itself_is_not_over() -> None:
    assert ending(likely=110, spread=0, worked=110).probability_over() == 0


def test_the_range_never_falls_below_what_is_worked() -> None:
    assert ending(likely=55, spread=20, worked=50).low == 50


@pytest.mark.parametrize(
    ("likely", "level", "code"),
    [(105, None, None), (109.9, None, None), (110.1, "amber", "maybe_over"), (112.5, "amber", "maybe_over"),
     (112.6, "red", "likely_over")],
)  # fmt: skip
def test_a_warning_rises_with_the_probability(likely: float, level: str | None, code: str | None) -> None:
    alarm = warning(ending(likely=likely))
    assert alarm.level == level
    assert [reason.code for reason in alarm.reasons] == ([code] if code else [])


def test_the_policy_is_the_measured_one() -> None:
    assert (RED_PROBABILITY, AMBER_PROBABILITY, OVER_LINE) == (0.6, 0.5, 1.10)


def test_a_passed_line_is_red_as_a_fact_and_never_called_thin() -> None:
    alarm = warning(retainer(period_days=20, elapsed_days=2, budget=10, worked=12, usual_daily=0))
    assert (alarm.level, alarm.probability) == ("red", 1)
    assert [(reason.code, reason.amount) for reason in alarm.reasons] == [("already_over", 12)]


def test_a_warning_says_when_the_budget_is_gone_though_the_line_is_not() -> None:
    alarm = warning(ending(likely=130, worked=105))
    assert [reason.code for reason in alarm.reasons] == ["likely_over", "budget_used_up"]


def test_a_warning_carries_how_rough_its_ground_is() -> None:
    rough = warning(by_calendar(100, worked=60, time_share=0.25))
    thin = warning(retainer(period_days=20, elapsed_days=2, budget=60, worked=20, usual_daily=4))
    assert [reason.code for reason in rough.reasons] == ["likely_over", "rough"]
    assert [reason.code for reason in thin.reasons] == ["likely_over", "thin_evidence"]


def test_hours_without_any_budget_are_named_so() -> None:
    alarm = warning(retainer(period_days=20, elapsed_days=5, budget=0, worked=1))
    assert [reason.code for reason in alarm.reasons] == ["already_over", "no_budget"]


def test_hours_left_are_asked_at_six_tenths() -> None:
    assert not asks_hours_left(budget=100, worked=59)
    assert asks_hours_left(budget=100, worked=60)
    assert not asks_hours_left(budget=0, worked=0)
