"""The firm's own hit rate as a page: one honest sentence, simpler readings beside ours, the cases behind it."""

import csv
from typing import Any

import pytest
from django.test import Client as Browser
from django_tasks_db.models import DBTaskResult

from kept.doors.clock.schedule import give_out
from kept.doors.desk import backtest_words
from kept.doors.desk.backtest_tasks import count_backtest, count_once
from kept.ledgers.clients import verbs as clients
from kept.ledgers.team import walls
from kept.measures.backtest import HORIZONS, Case, Quarter, Said, Teller, What, verdicts
from kept.readings.backtest import KEY, Backtest, Past, keep
from tests.doors.desk.visiting import main, page, post, signed_in
from tests.ledgers.test_races import just_before
from tests.studio import NOW, Studio, london, set_up_studio

HERE = "/portfolio/backtest/"
YES, NO = Said(warned=True, risk=1.0), Said(warned=False, risk=0.0)


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.kit.clock.now", lambda: NOW)


def case(client: int, *said: Said, what: What = What.LEFT) -> Case:
    by_day = {days: {Teller.TRUST: one, Teller.ANSWER: NO} for days, one in zip(HORIZONS, said, strict=True)}
    return Case(client, what, london(1), "no longer a client", by_day)


def quarter(client: int, said: Said) -> Quarter:
    return Quarter(client, london(1, month=4), frozenset(), {Teller.TRUST: said, Teller.ANSWER: YES})


@pytest.fixture
def past(studio: Studio) -> Studio:
    """Borealis left, and trust had warned 60 days before; of three quiet quarters it warned in one."""
    ours = studio.borealis.pk
    quarters = tuple(quarter(studio.cassini.pk, said) for said in (YES, NO, NO))
    keep(Past(NOW, (case(ours, YES, YES, NO),), quarters, 3))
    return studio


def test_the_sentence_says_hits_and_what_was_in_vain(client: Browser, past: Studio) -> None:
    text = main(signed_in(client, past.ada), HERE)
    assert (
        "Of one client who left, trust had warned of one 60 days before; it also warned in one of 3 quiet "
        "client-quarters, in vain." in text
    )
    assert "No simpler reading foretold any of them." in text


def test_no_auc_is_printed_under_twenty_and_it_is_said_why(client: Browser, past: Studio) -> None:
    text = main(signed_in(client, past.ada), HERE)
    assert "No AUC is printed: one case of who left, and below 20 it could not tell skill from chance." in text


def test_each_case_says_what_was_said_before_it(client: Browser, past: Studio) -> None:
    text = main(signed_in(client, past.ada), HERE)
    assert f'href="/clients/{past.borealis.pk}/"' in text
    assert text.count("<span>warned</span>") == 2
    assert text.count("<span>was silent</span>") == 1
    assert text.count("<span>knew nothing</span>") == 6


def test_who_is_kept_from_a_client_reads_no_sum_with_it(client: Browser, past: Studio) -> None:
    walls.keep_out_of(past.wall, member=past.fin, by=past.ada, at=NOW)
    text = main(signed_in(client, past.fin), HERE)
    assert "Of one client who left, trust had warned of one 60 days before." in text
    assert "of 3" not in text
    assert "Cassini" not in text


def test_members_read_that_it_is_not_theirs(client: Browser, past: Studio) -> None:
    assert signed_in(client, past.kit).get(HERE).status_code == 403


def test_before_it_was_counted_one_may_have_it_counted(client: Browser, studio: Studio) -> None:
    ada = signed_in(client, studio.ada)
    assert "Nobody has looked back yet; it is done by night, or now if you like." in main(ada, HERE)
    assert post(ada, HERE).status_code == 303
    assert DBTaskResult.objects.filter(task_path__endswith="count_backtest").count() == 1
    clients.part(studio.borealis, by=studio.bo, at=london(14, month=8))
    assert count_backtest.call() == 1
    assert "Of one client who left nothing was known 60 days before." in main(ada, HERE)


@pytest.mark.parametrize("status", ["READY", "RUNNING"])
def test_while_it_is_being_counted_it_is_said_and_not_queued_again(client: Browser, past: Studio, status: str) -> None:
    ada, runs = signed_in(client, past.ada), DBTaskResult.objects.filter(task_path=count_backtest.module_path)
    assert "Count it anew" in main(ada, HERE)
    post(ada, HERE)
    runs.update(status=status)
    assert "Count it anew" not in main(ada, HERE)
    post(ada, HERE)
    assert "It is being counted already; look again in a few minutes." in page(ada, HERE)
    assert runs.count() == 1
    runs.update(status="SUCCESSFUL")
    post(ada, HERE)
    assert runs.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_ask_at_once_one_has_it_counted() -> None:
    set_up_studio()
    second = just_before(count_once, count_once)
    assert second is False
    assert DBTaskResult.objects.filter(task_path=count_backtest.module_path).count() == 1


def test_what_a_complaint_is_is_said_by_the_firms_own_number(client: Browser, studio: Studio) -> None:
    keep(Past(NOW, (), (), 0, low=3.0))
    text = main(signed_in(client, studio.ada), HERE)
    assert "A complaint is a feeling up to 3, a major promise broken, or a bill that surprised them." in text


def test_by_night_it_is_not_counted_twice_at_a_time(studio: Studio) -> None:
    count_backtest.enqueue()
    assert "count_backtest" not in give_out(at=NOW)
    assert DBTaskResult.objects.filter(task_path__endswith="count_backtest").count() == 1


def test_a_year_without_losses_says_that_nothing_can_be_said(client: Browser, studio: Studio) -> None:
    keep(Past(NOW, (), (), 0))
    text = main(signed_in(client, studio.ada), HERE)
    assert "Nobody left and nobody complained in two years" in text


def test_it_can_be_taken_away_as_a_table(client: Browser, past: Studio) -> None:
    rows = list(csv.DictReader(signed_in(client, past.ada).get(f"{HERE}?as=csv").content.decode().splitlines()))
    columns = ("client", "what", "trust, 60 days before", "trust, 90 days before")
    assert [[row[name] for name in columns] for row in rows] == [["Borealis", "left", "warned", "was silent"]]


def test_what_an_older_kept_is_not_read() -> None:
    assert KEY.endswith(".2")  # raise it with the shape of what is kept


def test_with_twenty_losses_the_ranking_is_told_with_its_range(studio: Studio) -> None:
    lost = [Quarter(n, NOW, frozenset({What.LEFT}), {Teller.TRUST: YES}) for n in range(20)]
    found = verdicts([], [*lost, *(quarter(n, NO) for n in range(20, 60))], of=What.LEFT)
    assert "trust 1.00 (1.00 to 1.00)" in backtest_words.ranked(found, 20, What.LEFT)


def test_the_best_of_the_simpler_readings_is_named_with_what_it_cost(studio: Studio) -> None:
    said = {days: {Teller.TRUST: NO, Teller.ANSWER: YES, Teller.BURN: NO} for days in HORIZONS}
    cases = (Case(studio.borealis.pk, What.LEFT, london(1), "no longer a client", said),)
    judged = {what: verdicts(cases, [quarter(2, NO)], of=what) for what in What}
    one = Backtest(NOW, cases, 1, judged, {studio.borealis.pk: studio.borealis})
    assert backtest_words.second(one) == (
        "Of the simpler readings, the last answer did best: 1 of 1 foretold, 1 of 1 warned in vain."
    )


def test_complaints_are_told_where_nobody_left(studio: Studio) -> None:
    cases = tuple(case(studio.borealis.pk, NO, NO, NO, what=What.COMPLAINED) for _ in range(2))
    judged = {what: verdicts(cases, [], of=what) for what in What}
    one = Backtest(NOW, cases, 0, judged, {studio.borealis.pk: studio.borealis})
    assert backtest_words.opening(one) == "Of two complaints, trust had warned of none 60 days before."


def test_queries_stay_few_whatever_the_history(
    client: Browser, past: Studio, django_assert_max_num_queries: Any
) -> None:
    ada = signed_in(client, past.ada)
    with django_assert_max_num_queries(12):
        page(ada, HERE)
    keep(Past(NOW, tuple(case(past.borealis.pk, YES, YES, NO) for _ in range(80)), (), 3))
    with django_assert_max_num_queries(12):
        assert "And 30 earlier ones in the export." in page(ada, HERE)
