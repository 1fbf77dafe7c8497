"""The Money page's facts and words: what will likely be crossed, what it costs, and the year."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Client
from kept.ledgers.engagements import verbs as engagements
from kept.ledgers.engagements.models import Engagement, Kind
from kept.ledgers.team.models import Member
from kept.readings import budgets, overservice
from kept.readings.budgets import Running
from kept.readings.money import Money, money
from kept.readings.money_words import beyond, likely, opening, stands, year_says
from kept.readings.overservice import Month, Year
from tests.acting import sold, worked
from tests.studio import NOW, Studio, london

TODAY = date(2026, 10, 20)


@pytest.fixture(autouse=True)
def forget_what_was_kept() -> None:
    """Rows of the test before are gone, so what the process keeps of them must go too."""
    budgets._kept.cache_clear()
    overservice._kept.cache_clear()


def retainer(studio: Studio, client: Client | None = None, *, october: float, name: str = "Care") -> Engagement:
    """Forty hours a month for 4,000 since July, worked as paid for until October."""
    row = sold(
        client or studio.borealis, by=studio.ada, name=name, kind=Kind.RETAINER, hours=40, fee=4000,
        starts=date(2026, 7, 1),
    )  # fmt: skip
    for month in (7, 8, 9):
        for day in (7, 14, 21, 28):
            work(studio, row, day=date(2026, month, day), hours=10)
    for day in (2, 9, 16, 19):
        work(studio, row, day=date(2026, 10, day), hours=october / 4)
    return row


def job(
    studio: Studio, *, done: float, name: str = "Website", starts: date = date(2026, 9, 1), ends: date | None = None
) -> Engagement:
    """A fixed job of 100 hours for 10,000."""
    row = sold(studio.borealis, by=studio.ada, name=name, starts=starts, ends=ends)
    for part in range(5):
        work(studio, row, day=date(2026, 9, 7 + part), hours=done / 5)
    return row


def work(studio: Studio, row: Engagement, *, day: date, hours: float) -> None:
    if hours:
        worked(row.client, engagement=row, member=studio.kit, day=day, hours=hours)


def seen(viewer: Member, *, mine: bool = False) -> Money:
    return money(viewer, at=NOW, mine=mine)


def says(one: Money) -> str:
    return "".join(text for text, _ in opening(one))


def the_row(studio: Studio) -> Running:
    found = seen(studio.ada)
    (row,) = [*found.crossing, *found.within, *found.ended]
    return row


def test_nothing_sold_is_said_as_it_is(studio: Studio) -> None:
    found = seen(studio.ada)
    assert (found.crossing, found.within, found.ended, found.cost) == ([], [], [], {})
    assert says(found) == "No budget is running."


def test_every_budget_that_holds_is_within(studio: Studio) -> None:
    row = retainer(studio, october=20)
    found = seen(studio.ada)
    assert [one.engagement for one in found.within] == [row]
    assert says(found) == "Every budget will likely hold."


def test_one_that_will_be_crossed_is_named_with_its_day_and_cost(studio: Studio) -> None:
    retainer(studio, october=38)
    found = seen(studio.ada)
    (row,) = found.crossing
    assert row.run_out is not None
    assert TODAY <= row.run_out < date(2026, 11, 1)
    assert found.cost == {"GBP": row.cost}
    assert says(found).startswith("One budget will likely be crossed, Borealis on ")
    assert f": about £{row.cost:,.0f} of work nobody has agreed to pay." in says(found)


def test_two_are_both_named_and_of_three_the_first(studio: Studio) -> None:
    retainer(studio, october=38)
    retainer(studio, studio.cassini, october=60)
    two = says(seen(studio.ada))
    assert two.startswith("Two budgets will likely be crossed, Cassini and Borealis on ")
    retainer(studio, october=38, name="More care")
    assert says(seen(studio.ada)).startswith("Three budgets will likely be crossed, Cassini first: about £")


def test_names_in_the_sentence_open_their_clients(studio: Studio) -> None:
    retainer(studio, october=38)
    assert ("Borealis", studio.borealis.pk) in opening(seen(studio.ada))


def test_where_nobody_can_tell_nothing_is_reckoned(studio: Studio) -> None:
    """A job past sixty per cent of its hours, with little to foresee its end by."""
    job(studio, done=61, ends=date(2026, 11, 30))
    found = seen(studio.ada)
    (row,) = found.crossing
    assert row.asks_left
    assert found.unknown == [row]
    assert found.cost == {}
    assert says(found) == "Every budget will likely hold. Of one we don’t know."
    assert stands(row, TODAY) == ("unknown", "hours left: not known")


def test_what_costs_in_two_currencies_is_two_sums(studio: Studio) -> None:
    retainer(studio, october=60)
    delos = clients.welcome(name="Delos", by=studio.ada, at=NOW)
    care = engagements.start(delos, name="Care", kind=Kind.RETAINER, starts=date(2026, 7, 1), by=studio.ada, at=NOW)
    engagements.budget(
        care, starts=date(2026, 7, 1), hours=Decimal(10), fee=Decimal(1000), currency="EUR", by=studio.ada, at=NOW
    )
    work(studio, care, day=date(2026, 10, 19), hours=20)
    found = seen(studio.ada)
    assert set(found.cost) == {"GBP", "EUR"}
    assert " and €" in says(found)


def test_what_has_ended_stands_apart_and_says_what_was_worked(studio: Studio) -> None:
    over = job(studio, done=110, ends=date(2026, 9, 30))
    spare = job(studio, done=80, name="Logo", ends=date(2026, 9, 30))
    found = seen(studio.ada)
    rows = {row.engagement: row for row in found.ended}
    assert set(rows) == {over, spare}
    assert (found.crossing, found.within) == ([], [])
    assert stands(rows[over], TODAY) == ("late", "ended 10 h over")
    assert stands(rows[spare], TODAY) == ("calm", "ended with 20 h to spare")
    assert likely(rows[over], TODAY) == ("110", "", "worked, of 100 h")
    assert says(found) == "No budget is running."


def test_each_kind_of_row_says_how_it_stands(studio: Studio) -> None:
    retainer(studio, october=60)
    row = the_row(studio)
    assert stands(row, TODAY) == ("late", "over by 20 h")
    assert likely(row, TODAY)[2] == "of 40 h"
    hourly = replace(row, budget=None, forecast=None, engagement=Engagement(kind=Kind.HOURLY))
    assert stands(hourly, TODAY) == ("calm", "nothing to cross")
    assert likely(hourly, TODAY) == ("60", "", "worked this month, by the hour")
    nobody_said = replace(hourly, engagement=Engagement(kind=Kind.FIXED))
    assert stands(nobody_said, TODAY) == ("unknown", "nobody said what was paid for")
    endless = replace(row, forecast=None)
    assert stands(endless, TODAY) == ("unknown", "no end was agreed, so no forecast")


def test_working_days_gone_are_those_of_the_month_before_today(studio: Studio) -> None:
    found = seen(studio.ada)
    assert (found.day, found.elapsed, found.days) == (TODAY, 13, 22)
    before_dawn = money(studio.ada, at=london(1, "00:30"))
    assert (before_dawn.elapsed, before_dawn.days) == (0, 22)


def test_ones_own_are_those_of_clients_one_leads(studio: Studio) -> None:
    retainer(studio, october=60)
    retainer(studio, studio.cassini, october=60)
    assert [row.client for row in seen(studio.bo, mine=True).crossing] == [studio.borealis]
    assert [row.client for row in seen(studio.ada, mine=True).crossing] == [studio.cassini]
    assert seen(studio.bo, mine=True).year.total == 20
    assert len(seen(studio.fin).crossing) == 2


def test_behind_a_wall_there_is_no_money(studio: Studio) -> None:
    retainer(studio, studio.cassini, october=60)
    found = seen(studio.kit)
    assert (found.crossing, found.within, found.ended, found.year.total) == ([], [], [], 0)
    assert says(found) == "No budget is running."


MONTHS = tuple(Month(date(2026, month, 1), gift, leak) for month, gift, leak in [(8, 1, 0), (9, 0, 36), (10, 0, 5)])


@pytest.mark.parametrize(
    ("gift", "leak", "said"),
    [
        (0, 0, "No hours were chosen as gifts, and none leaked."),
        (1, 0, "1 hour was a gift, and none leaked."),
        (38, 41, "38 hours were gifts. 41 nobody chose, 36 of them in September."),
        (0, 41, "No hours were chosen as gifts. 41 nobody chose, 36 of them in September."),
    ],
)
def test_the_year_in_a_sentence(gift: float, leak: float, said: str) -> None:
    assert year_says(Year(MONTHS, gift, leak, (), ())) == said


def test_what_the_year_was_worth() -> None:
    assert beyond(Year(MONTHS, 0, 1, (), ())) == "1 hour beyond the budgets since January"
    worth = (("GBP", 21000.0), ("EUR", 600.4))
    assert beyond(Year(MONTHS, 38, 41, worth, ())) == (
        "79 hours beyond the budgets since January, worth £21,000 and €600 as sold"
    )


@pytest.mark.parametrize("engaged", [1, 15])
def test_its_cost_does_not_grow_with_history(
    studio: Studio, engaged: int, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    for number in range(engaged):
        retainer(studio, october=number * 5, name=f"Care {number}")
    with django_assert_max_num_queries(14):
        money(studio.ada, at=NOW)
    with django_assert_num_queries(7):
        money(studio.bo, at=NOW)
