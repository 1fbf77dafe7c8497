"""A quarter ago is one day, and the same wherever it is shown: on a client's page, its trust, and the portfolio."""

from datetime import timedelta

import pytest

from kept.ledgers.promises import verbs as promises
from kept.readings import portfolio_trust
from kept.readings.calendars import offices
from kept.readings.portfolio_trust import trusted
from kept.readings.snapshots.beside import A_QUARTER
from kept.readings.snapshots.counted import counted, days_of, opened
from kept.readings.snapshots.taking import look_back, take
from kept.readings.trust_page import trust_page
from tests.acting import promised
from tests.studio import NOW, Studio

TODAY = NOW.date()


@pytest.fixture
def years(studio: Studio) -> Studio:
    """Borealis was promised something each week for two years, and of late less was kept."""
    portfolio_trust._kept.cache_clear()
    for week in range(100, 0, -1):
        due = NOW - timedelta(weeks=week, days=1)
        row = promised(studio.borealis, by=studio.bo, due=due, at=due - timedelta(days=5))
        promises.keep(row, by=studio.bo, at=due + timedelta(days=3 if week < 9 else -1))
    return studio


def said(s: Studio) -> tuple[float | None, float | None, float | None]:
    """Where it stood a quarter ago, as a client's page, the page of its trust and the portfolio say it."""
    client = counted(next(iter(opened(s.ada, s.borealis.pk, NOW, *days_of(TODAY)))))
    trust = trust_page(s.borealis, at=NOW, now=True, offices=offices()).counted
    folio = trusted([s.borealis.pk], at=NOW, day=TODAY)[s.borealis.pk]
    assert client is not None
    first, second = ((one.before.value if one.before else None) for one in (client, trust))
    return first, second, folio.before


def test_counted_on_that_day_all_three_say_it(years: Studio) -> None:
    day = NOW - A_QUARTER
    there = take(at=day, past=True).clients[years.borealis.pk].trust.value
    take(at=NOW)
    assert said(years) == (there, there, there)
    assert there != trusted([years.borealis.pk], at=NOW, day=TODAY)[years.borealis.pk].value


@pytest.mark.parametrize("days", [90, 92, 95, 104])
def test_counted_on_a_day_near_it_none_of_them_says_it(days: int, years: Studio) -> None:
    take(at=NOW - timedelta(days=days), past=True)
    take(at=NOW)
    assert said(years) == (None, None, None)


def test_the_day_is_counted_where_it_never_was(years: Studio) -> None:
    take(at=NOW)
    assert TODAY - A_QUARTER in look_back(at=NOW)
    first, *others = said(years)
    assert first is not None
    assert others == [first, first]
