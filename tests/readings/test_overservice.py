"""Hours beyond what was paid for: month by month, gift or leak, worth and why."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Client
from kept.ledgers.engagements import verbs as engagements
from kept.ledgers.engagements.models import Engagement, Kind, OverReason
from kept.ledgers.team.models import Member
from kept.readings import overservice
from kept.readings.calendars import offices
from kept.readings.overservice import Month, Year, year
from tests.acting import sold, worked
from tests.studio import NOW, Studio


@pytest.fixture(autouse=True)
def forget_the_year() -> None:
    """Rows of the test before are gone, so what the process keeps of them must go too."""
    overservice._kept.cache_clear()


def this_year(viewer: Member, *, mine: bool = False) -> Year:
    return year(viewer, at=NOW, offices=offices(), mine=mine)


def retainer(studio: Studio, client: Client | None = None, **more: Any) -> Engagement:
    """Ten hours a month for 1,000 since January."""
    terms = {"name": "Care", "kind": Kind.RETAINER, "hours": 10, "fee": 1000, "starts": date(2026, 1, 1)}
    return sold(client or studio.borealis, by=studio.ada, **{**terms, **more})


def work(studio: Studio, engagement: Engagement, **months: float) -> None:
    for name, hours in months.items():
        month = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct"].index(name) + 1
        for part in range(2):
            day = date(2026, month, 5 + part)
            worked(engagement.client, engagement=engagement, member=studio.kit, day=day, hours=hours / 2)


def by_month(found: Year) -> dict[int, tuple[float, float]]:
    return {one.month.month: (one.gift, one.leak) for one in found.months if one.gift or one.leak}


def test_of_a_retainer_each_month_stands_for_itself(studio: Studio) -> None:
    work(studio, retainer(studio), jan=14, feb=4, sep=11)
    found = this_year(studio.ada)
    assert by_month(found) == {1: (0, 4), 9: (0, 1)}
    assert [one.month.month for one in found.months] == list(range(1, 11))
    assert (found.total, found.gift, found.leak) == (5, 0, 5)
    assert found.worth == (("GBP", 500),)
    assert found.reasons == (("not yet said", 5),)


def test_of_a_fixed_job_only_what_lies_beyond_the_whole(studio: Studio) -> None:
    job = sold(studio.borealis, by=studio.ada, hours=20, fee=2000, starts=date(2026, 1, 1))
    work(studio, job, mar=12, apr=12, may=6)
    assert by_month(this_year(studio.ada)) == {4: (0, 4), 5: (0, 6)}


def test_a_change_order_pays_for_more(studio: Studio) -> None:
    job = sold(studio.borealis, by=studio.ada, hours=20, fee=2000, starts=date(2026, 1, 1))
    engagements.budget(
        job, starts=date(2026, 4, 1), hours=Decimal(4), fee=Decimal(400), currency="GBP", by=studio.ada, at=NOW,
        reason="Two more pages",
    )  # fmt: skip
    work(studio, job, mar=12, apr=12, may=6)
    assert by_month(this_year(studio.ada)) == {5: (0, 6)}


def test_what_was_chosen_is_a_gift_and_no_more_than_was_worked(studio: Studio) -> None:
    care = retainer(studio)
    engagements.give(care, month=date(2026, 1, 1), hours=Decimal(3), purpose="Thanks", by=studio.ada, at=NOW)
    engagements.give(care, month=date(2026, 9, 1), hours=Decimal(30), purpose="Thanks", by=studio.ada, at=NOW)
    work(studio, care, jan=15, sep=12)
    found = this_year(studio.ada)
    assert by_month(found) == {1: (3, 2), 9: (2, 0)}
    assert found.reasons == (("not yet said", 2), ("gift", 5))


def test_reasons_are_said_largest_first_and_the_rest_is_not_yet_said(studio: Studio) -> None:
    care = retainer(studio)
    work(studio, care, jan=30)
    for hours, reason in [(2, OverReason.REWORK), (11, OverReason.ASKED)]:
        engagements.explain(
            care, month=date(2026, 1, 1), hours=Decimal(hours), reason=reason, by=studio.ada, at=NOW
        )  # fmt: skip
    assert this_year(studio.ada).reasons == (("asked extra", 11), ("not yet said", 7), ("rework, ours", 2))


def test_work_by_the_hour_and_work_nobody_sold_hours_for_go_beyond_nothing(studio: Studio) -> None:
    hourly = sold(
        studio.borealis, by=studio.ada, name="Help", kind=Kind.HOURLY, hours=None, fee=None, starts=date(2026, 1, 1)
    )
    work(studio, hourly, jan=30)
    worked(studio.borealis, member=studio.kit, day=date(2026, 1, 5), hours=8)
    found = this_year(studio.ada)
    assert (found.total, found.worth, found.reasons) == (0, (), ())


def test_last_years_hours_fill_a_job_but_are_not_this_years(studio: Studio) -> None:
    job = sold(studio.borealis, by=studio.ada, hours=10, fee=1000, starts=date(2025, 10, 1))
    for hours in (7, 7):
        worked(studio.borealis, engagement=job, member=studio.kit, day=date(2025, 12, 1), hours=hours)
    work(studio, job, jan=2)
    assert by_month(this_year(studio.ada)) == {1: (0, 2)}


def test_money_of_two_currencies_is_two_sums(studio: Studio) -> None:
    delos = clients.welcome(name="Delos", by=studio.ada, at=NOW)
    care = engagements.start(
        delos, name="Care", kind=Kind.RETAINER, starts=date(2026, 1, 1), by=studio.ada, at=NOW
    )  # fmt: skip
    engagements.budget(
        care, starts=date(2026, 1, 1), hours=Decimal(10), fee=Decimal(3000), currency="EUR", by=studio.ada, at=NOW
    )
    work(studio, care, jan=12)
    work(studio, retainer(studio), jan=12)
    assert this_year(studio.ada).worth == (("EUR", 600), ("GBP", 200))


def test_ones_own_are_those_of_clients_one_leads(studio: Studio) -> None:
    work(studio, retainer(studio), jan=12)
    work(studio, retainer(studio, studio.cassini), jan=15)
    assert this_year(studio.ada).total == 7
    assert this_year(studio.ada, mine=True).total == 5
    assert this_year(studio.bo, mine=True).total == 2


def test_behind_a_wall_nothing_is_summed(studio: Studio) -> None:
    care = retainer(studio, studio.cassini)
    work(studio, care, jan=15)
    engagements.give(care, month=date(2026, 1, 1), hours=Decimal(1), purpose="Thanks", by=studio.ada, at=NOW)
    found = this_year(studio.kit)
    assert (found.total, found.worth, found.reasons) == (0, (), ())
    assert this_year(studio.bo).total == 5


def test_what_is_kept_of_it_is_reckoned_anew_when_hours_come(studio: Studio) -> None:
    care = retainer(studio)
    assert this_year(studio.ada).total == 0
    work(studio, care, jan=12)
    found = this_year(studio.ada)
    assert found.months[0] == Month(date(2026, 1, 1), 0, 2)


@pytest.mark.parametrize("engaged", [1, 12])
def test_three_queries_when_nothing_moved(studio: Studio, engaged: int, django_assert_num_queries: Any) -> None:
    for number in range(engaged):
        work(studio, retainer(studio, name=f"Care {number}"), jan=12, sep=12)
    house = offices()
    with django_assert_num_queries(6):
        year(studio.ada, at=NOW, offices=house)
    with django_assert_num_queries(3):
        assert year(studio.bo, at=NOW, offices=house).total == 4 * engaged
