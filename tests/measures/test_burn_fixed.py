"""How a fixed-fee job ends: from tasks, from the calendar, from an answer."""

from typing import Any

import pytest

from kept.measures.burn import Forecast
from kept.measures.burn_fixed import Finished, Firm, OpenTask, by_answer, by_calendar, by_tasks, usual_answer


def about(value: float, *, within: float = 1e-3) -> Any:
    return pytest.approx(value, abs=within)


def amounts(forecast: Forecast) -> dict[str, float]:
    return {reason.code: reason.amount for reason in forecast.reasons}


def test_the_worked_task_example_holds() -> None:
    finished = Finished(estimated=60, actual=78)
    forecast = by_tasks(200, finished=finished, firm=Firm(cost_of_estimate=1.08))
    assert forecast.rate == about(1.1625)
    assert forecast.likely == about(240.75)
    assert forecast.spread == about(72.9, within=0.05)
    assert forecast.probability_over() == about(0.612)
    assert forecast.run_out_day is None


def test_an_open_task_within_its_estimate_changes_nothing_but_the_worked_hours() -> None:
    finished, firm = Finished(60, 78), Firm(1.08)
    plain = by_tasks(200, finished=finished, firm=firm)
    burning = by_tasks(200, finished=finished, still_open=[OpenTask("T7", estimate=40, burnt=20)], firm=firm)
    assert burning.likely == about(plain.likely)
    assert (plain.worked, burning.worked) == (78, 98)


def test_an_open_task_past_its_estimate_moves_the_end_and_is_named() -> None:
    forecast = by_tasks(
        200, finished=Finished(60, 78), still_open=[OpenTask("T7", estimate=40, burnt=60)], firm=Firm(1.08)
    )
    assert forecast.likely == about(78 + 70 + 100 * 1.1625)
    named = [(reason.row, reason.amount) for reason in forecast.reasons if reason.code == "open_task"]
    assert named == [("T7", 70)]


def test_tasks_beyond_the_budget_make_the_job_larger_than_planned() -> None:
    tasks = [OpenTask("T1", estimate=90), OpenTask("T2", estimate=60)]
    forecast = by_tasks(100, finished=Finished(), still_open=tasks)
    assert forecast.likely == 150
    assert "not_in_tasks" not in amounts(forecast)


def test_a_job_that_is_done_has_no_uncertainty_left() -> None:
    forecast = by_tasks(100, finished=Finished(100, 115))
    assert (forecast.likely, forecast.spread, forecast.probability_over()) == (115, 0, 1)


def test_before_the_first_task_the_firm_s_past_decides() -> None:
    forecast = by_tasks(100, finished=Finished(), firm=Firm(1.2))
    assert forecast.likely == about(120)
    assert "thin_evidence" in amounts(forecast)


def test_a_firm_s_own_error_widens_the_range() -> None:
    wide, narrow = (by_tasks(100, finished=Finished(50, 50), firm=Firm(1, scale)) for scale in (2.0, 1.0))
    assert wide.spread == about(2 * narrow.spread)


def test_the_worked_calendar_example_holds_and_says_it_is_rough() -> None:
    forecast = by_calendar(200, worked=50, time_share=0.25, firm=Firm(1.08))
    assert forecast.evidence == about(0.15625)
    assert forecast.rate == about(1.2405)
    assert forecast.likely == about(259.3, within=0.05)
    assert forecast.method == "rough"
    assert "rough" in amounts(forecast)


def test_the_calendar_at_its_end_leaves_what_was_worked() -> None:
    assert by_calendar(200, worked=190, time_share=1.3).likely == 190


def test_a_job_without_budget_ends_where_it_stands_by_the_calendar() -> None:
    assert by_calendar(0, worked=7, time_share=0.5).likely == 7


def test_the_first_answer_is_believed_as_it_is() -> None:
    forecast = by_answer(100, worked=60, said_left=30)
    assert (forecast.likely, forecast.rate, forecast.evidence) == (90, 1, 0)
    assert "thin_evidence" in amounts(forecast)


def test_a_firm_that_always_needs_twice_as_long_is_half_believed_after_twenty_answers() -> None:
    past = [(10, 20)] * 20
    assert usual_answer(past) == 1.5
    assert by_answer(100, worked=60, said_left=30, past=past).likely == 105


def test_answers_of_nothing_left_teach_no_ratio() -> None:
    assert usual_answer([(0, 5), (10, 31)]) == about((20 + 3.1) / 21)


def test_nothing_left_is_the_end() -> None:
    forecast = by_answer(100, worked=60, said_left=0)
    assert (forecast.likely, forecast.low, forecast.high) == (60, 60, 60)
