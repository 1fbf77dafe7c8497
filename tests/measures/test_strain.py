"""Strain agrees with the worked figures."""

import pytest

from kept.measures.strain import Strain, burnout_scale, overtime


def test_the_worked_weeks_are_amber() -> None:
    ratio, seen = overtime([46, 47, 45, 50], 40)
    assert ratio == pytest.approx(1.175)
    assert seen is Strain.AMBER


@pytest.mark.parametrize(
    ("weeks", "seen"),
    [
        ([40, 40, 40, 48], Strain.USUAL),
        ([44, 44, 44, 44], Strain.USUAL),
        ([48, 48, 48, 49], Strain.RED),
        ([30, 30, 30, 55], Strain.RED),
        ([55, 30, 30, 30, 30], Strain.USUAL),
        ([50] * 13 + [40] * 4, Strain.USUAL),
        ([51] * 13 + [40] * 4, Strain.RED),
    ],
)
def test_long_weeks_are_seen(weeks: list[float], seen: Strain) -> None:
    assert overtime(weeks, 40)[1] is seen


def test_without_hours_there_is_nothing_to_see() -> None:
    with pytest.raises(ValueError, match="contract"):
        overtime([], 40)


def test_the_worked_burnout_scale() -> None:
    items = [75, 50, 50, 75, 25, 50, 75]
    assert burnout_scale(items, frozenset({6})) == pytest.approx(50)


def test_half_of_the_items_must_be_answered() -> None:
    assert burnout_scale([75, None, 25, None]) == 50
    assert burnout_scale([75, None, None, None]) is None
    assert burnout_scale([]) is None
