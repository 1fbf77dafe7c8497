"""Looking back: what was known before somebody left or complained, and who may read of it."""

from datetime import date, timedelta
from typing import Any

import pytest

from kept.ledgers.clients import verbs as clients
from kept.ledgers.engagements import verbs as engagements
from kept.ledgers.promises import verbs as promises
from kept.ledgers.reckoning import verbs as reckoning
from kept.measures.backtest import HORIZONS, Teller, What, verdicts
from kept.readings.backtest import backtest, count, day_before, keep, quarter_starts
from kept.readings.backtest_losses import Loss
from kept.readings.backtest_said import said_on
from kept.readings.calendars import offices
from tests.acting import promised, sold, worked
from tests.cast import NOW, Studio, london
from tests.readings.looking_back import answer, broken

# ------------------------------------------------------------ what was said before


def test_days_before_are_the_monday_before(studio: Studio) -> None:
    one = Loss(1, What.LEFT, london(20), "")
    days = [day_before(one, many, offices()) for many in HORIZONS]
    assert days == [date(2026, 9, 14), date(2026, 8, 17), date(2026, 7, 20)]
    assert all((date(2026, 10, 20) - day).days >= many for day, many in zip(days, HORIZONS, strict=True))


def test_quarters_are_asked_when_what_came_of_them_is_known() -> None:
    starts = quarter_starts(date(2026, 10, 20))
    assert (starts[0], starts[-1], len(starts)) == (date(2025, 1, 1), date(2026, 7, 1), 7)


def test_naive_readings_say_what_they_knew_on_that_day_alone(studio: Studio) -> None:
    answer(studio, london(1, month=8), secure=6)
    answer(studio, london(1, month=9), secure=10)
    promised(studio.borealis, by=studio.bo, due=london(7, month=8), at=london(3, month=8))
    before = said_on(date(2026, 8, 10), offices=offices()).said[studio.borealis.pk]
    after = said_on(date(2026, 9, 10), offices=offices()).said[studio.borealis.pk]
    assert (before[Teller.ANSWER].warned, after[Teller.ANSWER].warned) == (True, False)
    assert before[Teller.KEPT].warned is True
    assert Teller.KEPT not in after  # nothing fell due in those 30 days


def test_an_answer_is_low_by_the_number_the_firm_had_on_that_day(studio: Studio) -> None:
    answer(studio, london(1, month=8), secure=7)
    reckoning.change_number("feeling.call_up_to", value=7.0, by=studio.ada, at=london(20, month=8))
    said = {
        month: said_on(date(2026, month, 10), offices=offices()).said[studio.borealis.pk][Teller.ANSWER].warned
        for month in (8, 9)
    }
    assert said == {8: False, 9: True}


def kept_on(studio: Studio, day: date) -> tuple[bool | None, float | None] | None:
    """What the share of promises kept would have said of Borealis on that day."""
    said = said_on(day, offices=offices()).said.get(studio.borealis.pk, {}).get(Teller.KEPT)
    return (said.warned, said.risk) if said else None


def test_a_promise_moved_later_does_not_change_what_was_said_before(studio: Studio) -> None:
    row = promised(studio.borealis, by=studio.bo, due=london(7, month=8), at=london(3, month=8))
    promises.move(row, to=london(30, month=9), by=studio.bo, at=london(1, month=9), agreed="Cleo")
    assert kept_on(studio, date(2026, 8, 10)) == (True, 1.0)


def test_a_promise_moved_in_time_is_not_due_before_its_new_day(studio: Studio) -> None:
    row = promised(studio.borealis, by=studio.bo, due=london(7, month=8), at=london(3, month=8))
    promises.move(row, to=london(12, month=8), by=studio.bo, at=london(5, month=8), agreed="Cleo")
    promises.keep(row, by=studio.bo, at=london(11, month=8))
    assert kept_on(studio, date(2026, 8, 10)) is None
    assert kept_on(studio, date(2026, 8, 13)) == (False, 0.0)


def test_a_promise_moved_without_a_word_from_the_client_was_due_on_its_first_day(studio: Studio) -> None:
    row = promised(studio.borealis, by=studio.bo, due=london(7, month=8), at=london(3, month=8))
    promises.move(row, to=london(12, month=8), by=studio.bo, at=london(5, month=8))
    assert kept_on(studio, date(2026, 8, 10)) == (True, 1.0)


def test_a_promise_the_client_released_us_from_is_neither_kept_nor_broken(studio: Studio) -> None:
    row = promised(studio.borealis, by=studio.bo, due=london(7, month=8), at=london(3, month=8))
    promises.release(row, by=studio.bo, at=london(4, month=8), agreed="Cleo")
    assert kept_on(studio, date(2026, 8, 10)) is None
    promised(studio.borealis, by=studio.bo, due=london(6, month=8), at=london(3, month=8))
    assert kept_on(studio, date(2026, 8, 10)) == (True, 1.0)


def test_hours_are_read_as_they_stood_also_of_work_that_has_closed_since(studio: Studio) -> None:
    row = sold(studio.borealis, by=studio.ada, hours=10, starts=date(2026, 6, 1), ends=date(2026, 9, 30))
    worked(studio.borealis, member=studio.kit, day=date(2026, 7, 1), hours=8, engagement=row)
    worked(studio.borealis, member=studio.kit, day=date(2026, 8, 1), hours=8, engagement=row)
    engagements.close(row, on=date(2026, 9, 1), by=studio.ada, at=london(1))
    july = said_on(date(2026, 7, 10), offices=offices()).said[studio.borealis.pk]
    august = said_on(date(2026, 8, 10), offices=offices()).said[studio.borealis.pk]
    assert (july[Teller.BURN].warned, july[Teller.BURN].risk) == (False, 0.8)
    assert august[Teller.BURN].warned is True
    assert august[Teller.FORECAST].warned is True
    assert Teller.BURN not in said_on(date(2026, 9, 10), offices=offices()).said.get(studio.borealis.pk, {})


def test_trust_warns_after_something_hurt_and_no_longer_after_a_month(studio: Studio) -> None:
    broken(studio, due=london(1, month=7))
    said = {
        day: said_on(day, offices=offices()).said[studio.borealis.pk][Teller.TRUST].warned
        for day in (date(2026, 7, 20), date(2026, 9, 20))
    }
    assert list(said.values()) == [True, False]


def test_who_gave_no_sign_of_life_is_not_known_and_no_quarter(studio: Studio) -> None:
    day = said_on(date(2026, 7, 1), offices=offices())
    assert day.known == frozenset()
    assert day.said[studio.borealis.pk][Teller.TRUST].warned is None
    assert day.said[studio.borealis.pk][Teller.STANDING].warned is None


# ------------------------------------------------------------ all of it


@pytest.fixture
def past(studio: Studio) -> Studio:
    """Borealis is let down in June and leaves in September; Cassini is kept its word all year."""
    for month in range(2, 10):
        row = promised(studio.cassini, by=studio.ada, due=london(5, month=month), at=london(1, month=month))
        promises.keep(row, by=studio.ada, at=london(4, month=month))
    broken(studio, due=london(10, month=6))
    clients.part(studio.borealis, by=studio.bo, at=london(14, month=8))
    keep(count(at=NOW, offices=offices()))
    return studio


def test_a_loss_that_was_foretold_is_a_hit_and_a_quiet_client_no_false_alarm(past: Studio) -> None:
    one = backtest(past.ada)
    assert one is not None
    trust = one.verdicts[What.LEFT][0]
    assert trust.teller is Teller.TRUST
    # 14 August less 30 days is the Monday 13 July; the promise broke in late June
    assert {days: (share.n, share.of) for days, share in trust.hits.items()} == {30: (1, 1), 60: (0, 0), 90: (0, 0)}
    assert trust.false_alarms.n == 0
    assert trust.false_alarms.of >= 2
    assert trust.ranking is None


def test_before_it_was_counted_there_is_nothing(studio: Studio) -> None:
    assert backtest(studio.ada) is None


def test_whoever_is_kept_from_a_client_reads_of_the_others_alone(past: Studio) -> None:
    clients.part(past.cassini, by=past.ada, at=london(12))
    keep(count(at=NOW, offices=offices()))
    ada, kit = backtest(past.ada), backtest(past.kit)
    assert ada is not None
    assert kit is not None
    assert {case.client for case in ada.of(What.LEFT)} == {past.borealis.pk, past.cassini.pk}
    assert {case.client for case in kit.cases} == {past.borealis.pk}
    assert kit.quarters < ada.quarters


def test_the_same_past_gives_the_same_answer(past: Studio) -> None:
    again = count(at=NOW, offices=offices())
    assert again == count(at=NOW, offices=offices())


def test_reading_it_costs_a_few_queries_whatever_the_history(past: Studio, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(3):
        backtest(past.ada)


def test_a_quarter_in_which_a_story_went_on_is_not_quiet(studio: Studio) -> None:
    for back in range(700, 20, -80):
        answer(studio, NOW - timedelta(days=back), secure=2)
    past = count(at=NOW, offices=offices())
    came = [quarter.came for quarter in past.quarters if quarter.client == studio.borealis.pk]
    assert len(came) >= 6
    assert set(came) == {frozenset({What.COMPLAINED})}
    assert all(verdict.false_alarms.of == 0 for verdict in verdicts(past.cases, past.quarters, of=What.COMPLAINED))


def test_what_counted_as_low_is_kept_beside_what_was_counted(past: Studio) -> None:
    reckoning.change_number("hurting.feeling", value=2, by=past.ada, at=london(1))
    keep(count(at=NOW, offices=offices()))
    one = backtest(past.ada)
    assert one is not None
    assert one.low == 2
