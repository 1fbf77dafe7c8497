"""Hours paid for, given and leaked, and what an hour brought."""

from typing import Any

import pytest

from kept.measures.burn_paid import earned_per_hour, overservice, realisation


def about(value: float, *, within: float = 1e-3) -> Any:
    return pytest.approx(value, abs=within)


def test_the_worked_overservice_example_holds() -> None:
    assert overservice(worked=98, paid=80).share == about(0.225)
    assert earned_per_hour(8000, worked=98) == about(81.633)
    assert realisation(8000, card_value=98 * 100) == about(0.8163)


def test_a_gift_is_no_leak() -> None:
    given = overservice(worked=98, paid=80, gift=10)
    assert (given.extra, given.leak, given.gift_share) == (18, 8, 0.125)


def test_a_gift_not_yet_worked_counts_only_as_far_as_it_was() -> None:
    given = overservice(worked=84, paid=80, gift=10)
    assert (given.leak, given.gift_share) == (0, 0.05)


def test_fewer_hours_than_paid_for_is_below_zero_and_leaks_nothing() -> None:
    spare = overservice(worked=70, paid=80)
    assert (spare.share, spare.leak, spare.gift_share) == (-0.125, 0, 0)


def test_without_hours_paid_or_worked_there_is_no_ratio() -> None:
    assert overservice(worked=5, paid=0).share is None
    assert earned_per_hour(8000, worked=0) is None
    assert realisation(8000, card_value=0) is None
