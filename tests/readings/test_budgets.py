"""Hours against what was paid for: which budgets run, where they are going, and who may know."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kept.ledgers.engagements import verbs as engagements
from kept.ledgers.engagements.models import Kind
from kept.readings.budgets import Running, running
from kept.readings.calendars import offices
from tests.acting import sold, worked
from tests.cast import NOW, Studio, london

# October 2026 has 22 working days; by the evening of Monday the 19th 13 of them are over
WORKED_DAYS = [1, 2, 5, 6, 7, 8, 9, 12, 13, 14, 15, 16, 19]


def retainer(studio: Studio, **other: Any) -> Any:
    facts = {"name": "Retainer", "kind": Kind.RETAINER, "hours": 80, "fee": 9600, "starts": date(2026, 10, 1)} | other
    return sold(other.pop("client", studio.borealis), by=studio.ada, **facts)


def work(studio: Studio, engagement: Any, days: list[int], hours: float = 4) -> None:
    for day in days:
        worked(engagement.client, engagement=engagement, member=studio.kit, day=date(2026, 10, day), hours=hours)


def read(studio: Studio, viewer: Any = None, **other: Any) -> list[Running]:
    return running(viewer or studio.ada, at=other.pop("at", NOW), offices=offices(), **other)


def test_a_retainer_is_judged_by_its_month(studio: Studio) -> None:
    work(studio, retainer(studio), WORKED_DAYS)
    (one,) = read(studio)
    assert (one.worked, one.budget, one.elapsed, one.days) == (52, 80, 13, 22)
    # MEASURES 3.3: pace (5 * 80/22 + 52) / 18 = 3.899, and nine days to go
    assert one.forecast is not None
    assert one.forecast.likely == pytest.approx(87.091, abs=1e-3)
    assert one.run_out == date(2026, 10, 29)


def test_today_counts_as_a_day_once_hours_were_written_on_it(studio: Studio) -> None:
    engagement = retainer(studio)
    work(studio, engagement, WORKED_DAYS)
    assert read(studio)[0].elapsed == 13
    work(studio, engagement, [20])
    assert read(studio)[0].elapsed == 14


def test_the_usual_pace_is_that_of_the_three_months_before(studio: Studio) -> None:
    engagement = retainer(studio, starts=date(2026, 7, 1))
    for month in (7, 8, 9):
        worked(studio.borealis, engagement=engagement, member=studio.kit, day=date(2026, month, 3), hours=20)
    forecast = read(studio)[0].forecast
    assert forecast is not None
    usual = next(reason.amount for reason in forecast.reasons if reason.code == "usual_pace")
    assert usual == pytest.approx(60 / (23 + 21 + 22))  # working days of July, August, September


def test_hours_beyond_cost_what_an_hour_was_sold_for(studio: Studio) -> None:
    work(studio, retainer(studio), WORKED_DAYS, hours=6)
    (one,) = read(studio)
    assert one.over == pytest.approx(one.forecast.likely - 80 if one.forecast else 0)
    assert one.cost == round(Decimal(120) * Decimal(str(one.over)), 2)
    assert one.alarm is not None
    assert one.alarm.level == "red"


def test_a_change_order_counts_beside_what_stood_before(studio: Studio) -> None:
    engagement = retainer(studio)
    engagements.budget(
        engagement, starts=date(2026, 10, 1), hours=Decimal(12), fee=Decimal(1440), currency="GBP",
        by=studio.ada, at=NOW, reason="the store finder",
    )  # fmt: skip
    assert (read(studio)[0].budget, read(studio)[0].fee) == (92, Decimal(11040))


def test_a_budget_of_another_month_does_not_count(studio: Studio) -> None:
    engagement = retainer(studio)
    engagements.budget(
        engagement, starts=date(2026, 11, 1), hours=Decimal(20), fee=None, currency="GBP", by=studio.ada, at=NOW,
        reason="from November",
    )  # fmt: skip
    assert read(studio)[0].budget == 80


def test_a_fixed_job_with_an_end_is_guessed_from_the_calendar(studio: Studio) -> None:
    engagement = retainer(studio, kind=Kind.FIXED, name="Website", hours=100, ends=date(2026, 10, 30))
    work(studio, engagement, WORKED_DAYS, hours=5)
    (one,) = read(studio)
    assert one.forecast is not None
    assert (one.forecast.method, one.worked) == ("rough", 65)
    assert one.asks_left


def test_a_fixed_job_without_an_end_has_no_forecast(studio: Studio, website: Any) -> None:
    (one,) = read(studio)
    assert (one.worked, one.budget, one.forecast, one.over, one.asks_left) == (30, 100, None, 0, False)


def test_work_by_the_hour_has_nothing_to_cross(studio: Studio) -> None:
    work(studio, retainer(studio, kind=Kind.HOURLY, hours=40), [1, 2])
    (one,) = read(studio)
    assert (one.worked, one.budget, one.forecast, one.cost) == (8, None, None, None)


def test_what_is_closed_or_not_begun_does_not_run(studio: Studio) -> None:
    retainer(studio, name="Next month", starts=date(2026, 11, 1))
    closed = retainer(studio, name="Closed")
    engagements.close(closed, on=date(2026, 10, 5), by=studio.ada, at=NOW)
    assert read(studio) == []


def test_a_retainer_that_ended_in_an_earlier_month_does_not_run_but_a_fixed_job_waits_to_be_closed(
    studio: Studio,
) -> None:
    retainer(studio, name="Old retainer", starts=date(2026, 6, 1), ends=date(2026, 9, 30))
    retainer(studio, name="Old job", kind=Kind.FIXED, starts=date(2026, 6, 1), ends=date(2026, 9, 30))
    (one,) = read(studio)
    assert one.engagement.name == "Old job"
    assert one.is_over(date(2026, 10, 20))


def test_a_retainer_that_ends_within_the_month_has_only_these_days(studio: Studio) -> None:
    retainer(studio, ends=date(2026, 10, 9))
    assert (read(studio)[0].days, read(studio)[0].ends) == (7, date(2026, 10, 9))


def test_the_costliest_comes_first_and_what_is_over_last(studio: Studio) -> None:
    work(studio, retainer(studio, name="A little"), WORKED_DAYS, hours=5)
    work(studio, retainer(studio, name="Much"), WORKED_DAYS, hours=8)
    retainer(studio, name="Old job", kind=Kind.FIXED, starts=date(2026, 6, 1), ends=date(2026, 9, 30))
    assert [one.engagement.name for one in read(studio)] == ["Much", "A little", "Old job"]


def test_nobody_learns_of_a_budget_behind_their_wall(studio: Studio) -> None:
    sold(studio.cassini, by=studio.ada)
    assert read(studio, studio.kit) == []
    assert len(read(studio, studio.ada)) == 1


def test_a_replay_knows_only_the_hours_of_before(studio: Studio) -> None:
    work(studio, retainer(studio), WORKED_DAYS)
    (then,) = read(studio, at=london(9, "18:00"), replay=True)
    assert (then.worked, then.elapsed) == (28, 7)


def test_hours_written_ahead_are_not_worked_yet(studio: Studio) -> None:
    engagement = sold(studio.borealis, by=studio.ada)
    worked(studio.borealis, engagement=engagement, member=studio.kit, day=date(2026, 12, 1), hours=5)
    assert read(studio)[0].total == 0


def test_forecasts_stay_until_the_journal_moves(studio: Studio, django_assert_num_queries: Any) -> None:
    engagement = retainer(studio)
    places = offices()
    running(studio.ada, at=NOW, offices=places)
    with django_assert_num_queries(2):
        running(studio.ada, at=NOW, offices=places)
    work(studio, engagement, [1])
    assert running(studio.ada, at=NOW, offices=places)[0].worked == 4
