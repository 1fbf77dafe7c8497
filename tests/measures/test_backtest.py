"""Hits, misses and false alarms of warnings, and an AUC that is not printed before it means something."""

from datetime import UTC, datetime, timedelta

import pytest

from kept.measures.backtest import (
    HORIZONS,
    OURS,
    Case,
    Quarter,
    Said,
    Share,
    Teller,
    What,
    ranking,
    ranking_error,
    verdicts,
)

AT = datetime(2026, 10, 20, tzinfo=UTC)
YES, NO, SILENT = Said(warned=True, risk=1.0), Said(warned=False, risk=0.0), Said()


def left(*said: Said, what: What = What.LEFT, client: int = 1) -> Case:
    """A client who left; trust said this 30, 60 and 90 days before."""
    return Case(client, what, AT, "left", {days: {Teller.TRUST: one} for days, one in zip(HORIZONS, said, strict=True)})


def quarter(said: Said, *came: What, client: int = 2) -> Quarter:
    return Quarter(client, AT - timedelta(days=200), frozenset(came), {Teller.TRUST: said})


def of_trust(cases: list[Case], quarters: list[Quarter], of: What = What.LEFT) -> dict[str, object]:
    found = next(one for one in verdicts(cases, quarters, of=of) if one.teller is Teller.TRUST)
    return {"hits": dict(found.hits), "false": found.false_alarms, "unknown": found.unknown}


def test_hits_are_counted_by_how_long_before() -> None:
    found = of_trust([left(YES, YES, NO), left(YES, NO, NO), left(NO, NO, NO)], [])
    assert found["hits"] == {30: Share(2, 3), 60: Share(1, 3), 90: Share(0, 3)}


def test_who_knew_nothing_neither_hit_nor_missed() -> None:
    found = of_trust([left(YES, SILENT, SILENT), left(NO, NO, SILENT)], [])
    assert found["hits"] == {30: Share(1, 2), 60: Share(0, 1), 90: Share(0, 0)}
    assert found["unknown"] == 2


def test_nothing_known_has_no_range_and_few_a_wide_one() -> None:
    assert Share(0, 0).interval is None
    some = Share(28, 31).interval
    assert some is not None
    assert (round(some.low, 2), round(some.high, 2)) == (0.82, 0.95)


def test_a_warning_in_a_quarter_in_which_nothing_came_is_a_false_alarm() -> None:
    quarters = [quarter(YES), quarter(NO), quarter(NO), quarter(SILENT), quarter(YES, What.LEFT)]
    assert of_trust([], quarters)["false"] == Share(1, 3)


def test_a_warning_before_a_complaint_is_no_false_alarm_of_leaving() -> None:
    assert of_trust([], [quarter(YES, What.COMPLAINED)])["false"] == Share(0, 0)


def test_leaving_and_complaining_are_judged_apart() -> None:
    cases = [left(YES, YES, YES), left(NO, NO, NO, what=What.COMPLAINED)]
    assert of_trust(cases, [])["hits"] == dict.fromkeys(HORIZONS, Share(1, 1))
    assert of_trust(cases, [], of=What.COMPLAINED)["hits"] == dict.fromkeys(HORIZONS, Share(0, 1))


def test_all_tellers_are_judged_ours_first() -> None:
    found = verdicts([], [], of=What.LEFT)
    assert [one.teller for one in found][: len(OURS)] == list(OURS)
    assert len(found) == 6


def test_under_twenty_losses_no_auc_is_printed() -> None:
    assert ranking([1.0] * 19, [0.0] * 100) is None
    assert ranking([1.0] * 20, []) is None
    assert ranking([1.0] * 20, [0.0] * 100) is not None


def test_auc_is_the_chance_to_be_ranked_above_and_ties_count_half() -> None:
    found = ranking([1.0] * 10 + [0.5] * 10, [0.5] * 10 + [0.0] * 10)
    assert found is not None
    assert found.auc == pytest.approx(0.875)


@pytest.mark.parametrize(("losses", "others", "error"), [(7, 43, 0.112), (15, 85, 0.077), (30, 170, 0.054)])
def test_the_worked_errors_of_an_auc_of_three_quarters(losses: int, others: int, error: float) -> None:
    assert ranking_error(0.75, losses=losses, others=others) == pytest.approx(error, abs=1e-3)


def test_the_range_of_an_auc_stays_between_nothing_and_certainty() -> None:
    found = ranking([1.0] * 20, [0.0] * 20)
    assert found is not None
    assert (found.interval.low, found.interval.high) == (1.0, 1.0)
