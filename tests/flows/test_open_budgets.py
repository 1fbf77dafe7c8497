"""Opening budgets: engagements and figures once, hours gathered, nothing overwritten."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from kept.flows.undo_import import undo_import
from kept.ledgers.engagements.models import Budget, Engagement
from kept.ledgers.hours import verbs as hours
from kept.ledgers.hours.models import Entry, MonthTotal
from kept.readings.budgets import running
from kept.readings.calendars import offices
from tests.acting import sold
from tests.flows.rows import budget_row, opened, recorded, time_row, whys
from tests.ledgers.telling import everything
from tests.studio import NOW, Studio, london

CARE = {"engagement": "Care", "kind": "retainer", "starts": date(2026, 1, 1), "hours": Decimal(40), "fee": None}
MORE = {**CARE, "starts": date(2026, 7, 1), "hours": Decimal(50)}


def held() -> dict[str, list[object]]:
    """All ledgers but the batches."""
    return {name: rows for name, rows in everything().items() if name != "journal.Batch"}


def paid(studio: Studio, *, month: int) -> float | None:
    """The hours a month of Care is paid for, as the pages say it."""
    [one] = running(studio.ada, at=london(20, month=month), offices=offices())
    return one.budget


def test_a_row_opens_its_client_engagement_and_budget(studio: Studio) -> None:
    tally, batch = opened(budget_row(client="Vela", ends=date(2026, 12, 31)))
    engagement, budget = Engagement.objects.get(), Budget.objects.get()
    assert (tally.new, tally.clients, tally.engagements, tally.gathered) == (1, 1, 1, 0)
    assert (engagement.client.name, engagement.name, engagement.kind) == ("Vela", "Website", "fixed")
    assert (budget.hours, budget.fee, budget.currency, budget.ends) == (100, 10_000, "GBP", date(2026, 12, 31))
    assert (engagement.starts, engagement.ends, engagement.batch) == (date(2026, 9, 1), date(2026, 12, 31), batch)


def test_the_same_rows_again_change_nothing(studio: Studio) -> None:
    rows = [budget_row(), budget_row(**CARE), budget_row(**MORE)]
    opened(*rows)
    before = held()
    tally, _ = opened(*rows)
    assert (tally.new, tally.known, tally.rejections) == (0, 3, [])
    assert held() == before


def test_a_row_without_a_currency_is_in_the_firms(studio: Studio) -> None:
    opened(budget_row(currency=""))
    assert Budget.objects.get().currency == "GBP"


@pytest.mark.parametrize("change", [{"hours": Decimal(120)}, {"fee": None}, {"ends": date(2026, 12, 31)}])
def test_other_figures_for_what_stands_are_named_and_nothing_is_overwritten(
    studio: Studio, change: dict[str, object]
) -> None:
    _, batch = opened(budget_row())
    before = held()
    tally, _ = opened(budget_row(**change))
    [fault] = tally.rejections
    assert "100 hours and 10,000.00 GBP" in fault.why
    assert f"kept import undo {batch.pk}" in fault.remedy
    assert held() == before


def test_more_hours_from_a_later_day_are_added_to_a_fixed_job(studio: Studio) -> None:
    opened(budget_row(ends=date(2026, 12, 31)))
    opened(budget_row(starts=date(2026, 10, 1), ends=date(2026, 12, 31), hours=Decimal(20), fee=Decimal(2000)))
    [one] = running(studio.ada, at=NOW, offices=offices())
    assert (one.budget, one.fee) == (120, 12_000)


def test_a_months_hours_are_paid_once_when_new_terms_follow_in_one_file(studio: Studio) -> None:
    opened(budget_row(**MORE), budget_row(**CARE))
    assert (paid(studio, month=6), paid(studio, month=8)) == (40, 50)


def test_new_terms_end_the_stretch_that_stood_open_and_undoing_opens_it_again(studio: Studio) -> None:
    opened(budget_row(**CARE))
    tally, batch = opened(budget_row(**CARE), budget_row(**MORE))
    assert (tally.new, tally.known, tally.rejections) == (1, 1, [])
    assert (paid(studio, month=6), paid(studio, month=8)) == (40, 50)
    undo_import(batch, by=None, at=NOW)
    assert (Budget.objects.get().ends, paid(studio, month=8)) == (None, 40)


def test_the_older_file_again_after_new_terms_changes_nothing(studio: Studio) -> None:
    opened(budget_row(**CARE), budget_row(**MORE))
    tally, _ = opened(budget_row(**CARE))
    assert (tally.known, tally.rejections) == (1, [])


def test_a_month_is_never_paid_for_twice(studio: Studio) -> None:
    opened(budget_row(**{**CARE, "ends": date(2026, 9, 30)}))
    tally, _ = opened(budget_row(**MORE))
    assert "paid for twice" in whys(tally.rejections)[0]
    assert Budget.objects.count() == 1


def test_another_kind_or_an_earlier_beginning_than_stands_is_named(studio: Studio) -> None:
    sold(studio.borealis, by=studio.ada)
    tally, _ = opened(budget_row(kind="hourly"), budget_row(starts=date(2026, 8, 1)))
    assert sorted(whys(tally.rejections)) == [
        "Website stands as begun on 2026-09-01; this row begins on 2026-08-01, before it",
        "Website stands as fixed; this row says hourly",
    ]


@pytest.mark.parametrize("hours_first", [True, False])
def test_it_makes_no_difference_which_file_comes_first(studio: Studio, hours_first: bool) -> None:
    rows = [time_row(project="ÜBERSICHT"), time_row(project="Other")]
    if hours_first:
        recorded(*rows)
    tally, _ = opened(budget_row(engagement="Übersicht"))
    if not hours_first:
        recorded(*rows)
    assert tally.gathered == (1 if hours_first else 0)
    assert Entry.objects.get(project="ÜBERSICHT").engagement == Engagement.objects.get()
    assert MonthTotal.objects.get(engagement=Engagement.objects.get()).seconds == 3600
    assert hours.untrue() == []


def test_hours_gathered_for_a_job_opened_by_hand_are_loose_again_when_undone(studio: Studio) -> None:
    recorded(time_row())
    sold(studio.borealis, by=studio.ada)
    before = held()
    tally, batch = opened(budget_row(starts=date(2026, 10, 1)))
    assert (tally.gathered, Entry.objects.get().engagement_id is None) == (1, False)
    undo_import(batch, by=None, at=NOW + timedelta(hours=1))
    assert held() == before
    assert hours.untrue() == []
