"""Looking back: who left or complained and when, what was known then, and who may read of it."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from kept.ledgers.choices import verbs as choices
from kept.ledgers.choices.models import SignKind
from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Client, Stage
from kept.ledgers.engagements import verbs as engagements
from kept.ledgers.engagements.models import Kind
from kept.ledgers.promises import verbs as promises
from kept.ledgers.promises.models import Size
from kept.ledgers.pulses.models import Answer
from kept.measures.backtest import HORIZONS, Teller, What
from kept.readings.backtest import backtest, count, day_before, keep, quarter_starts
from kept.readings.backtest_losses import Loss, losses, told_once
from kept.readings.backtest_said import said_on
from kept.readings.calendars import offices
from tests.acting import promised, sold, worked
from tests.cast import NOW, Studio, london


def lost() -> list[tuple[str, What, str]]:
    names = dict(Client.objects.values_list("pk", "name"))
    return [(names[one.client], one.what, one.how) for one in losses(at=NOW, offices=offices())]


def answer(studio: Studio, at: datetime, **marks: int) -> Answer:
    return Answer.objects.create(client=studio.borealis, contact=studio.cleo, at=at, **marks)


def broken(studio: Studio, *, due: datetime, size: Size = Size.MAJOR) -> None:
    promises.promise(
        studio.borealis, words="New navigation live", due=due, by=studio.bo, at=due - timedelta(days=20), size=size
    )


# ------------------------------------------------------------ who left, who complained


def test_a_client_left_on_the_day_somebody_said_so(studio: Studio) -> None:
    clients.part(studio.borealis, by=studio.bo, at=london(1))
    (one,) = losses(at=NOW, offices=offices())
    assert (one.client, one.what, one.at, one.how) == (
        studio.borealis.pk, What.LEFT, london(1), "no longer a client",
    )  # fmt: skip


def test_one_who_came_back_has_not_left(studio: Studio) -> None:
    clients.part(studio.borealis, by=studio.bo, at=london(1))
    clients.change(studio.borealis, stage=Stage.ACTIVE, by=studio.bo, at=london(5))
    assert lost() == []


def test_asking_for_a_handover_is_leaving_and_being_cross_about_a_fee_is_not(studio: Studio) -> None:
    choices.note(studio.borealis, kind=SignKind.ASKED_FOR_HANDOVER, seen_at=london(2), by=studio.bo, at=london(2))
    choices.note(studio.cassini, kind=SignKind.QUESTIONED_FEE, seen_at=london(2), by=studio.ada, at=london(2))
    assert lost() == [("Borealis", What.LEFT, "asked for their data, rights or a handover")]


def test_a_retainer_that_ended_for_nothing_is_leaving_and_one_renewed_is_not(studio: Studio) -> None:
    for client in (studio.borealis, studio.cassini):
        row = sold(client, by=studio.ada, name="Care", kind=Kind.RETAINER, starts=date(2026, 1, 1))
        engagements.close(row, on=date(2026, 8, 31), by=studio.ada, at=london(1))
    sold(studio.cassini, by=studio.ada, name="More care", kind=Kind.RETAINER, starts=date(2026, 9, 20))
    assert lost() == [("Borealis", What.LEFT, "Care ended and was not renewed")]


def test_a_fixed_job_that_is_done_is_no_departure(studio: Studio) -> None:
    row = sold(studio.borealis, by=studio.ada, starts=date(2026, 1, 1))
    engagements.close(row, on=date(2026, 8, 31), by=studio.ada, at=london(1))
    assert lost() == []


def test_a_low_feeling_and_a_major_promise_broken_are_complaints(studio: Studio) -> None:
    answer(studio, london(1, month=3), secure=4, dazzled=9)
    answer(studio, london(1, month=5), secure=5, mark=2)  # the mark for the work is no feeling
    broken(studio, due=london(1, month=7))
    broken(studio, due=london(1, month=2), size=Size.NORMAL)
    assert lost() == [
        ("Borealis", What.COMPLAINED, "a low answer"), ("Borealis", What.COMPLAINED, "a major promise broken"),
    ]  # fmt: skip


def test_what_follows_within_ninety_days_is_the_same_story(studio: Studio) -> None:
    days = (0, 40, 100, 300)
    found = [Loss(1, What.COMPLAINED, NOW - timedelta(days=500 - day), "a low answer") for day in days]
    assert [(NOW - one.at).days for one in told_once(found)] == [500, 200]
    assert len(told_once([*found, Loss(2, What.COMPLAINED, NOW, ""), Loss(1, What.LEFT, NOW, "")])) == 4


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
