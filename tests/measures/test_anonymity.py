"""No average that is shown, and none that can be computed from those, speaks of fewer than five people."""

from itertools import combinations, product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.measures.anonymity import (
    HIDING,
    Hiding,
    Round,
    Shown,
    Why,
    change_may_be_shown,
    shown,
    shown_teams,
    words_to_show,
)


def of(answers: int, asked: int = 40, *, closed: bool = True, shown_by: str = "", **groups: int) -> Shown:
    return shown(Round(asked, answers, "office", groups, closed=closed, shown_by=shown_by))


def test_the_worked_department_of_eight_hides_its_subteam_of_five() -> None:
    found = of(8, subteam=5)
    assert found.whole
    assert found.groups == ()
    assert found.why_hidden("subteam") is Why.BY_SUBTRACTION


def test_groups_of_five_are_shown() -> None:
    assert of(11, north=6, south=5).groups == ("north", "south")


def test_a_group_of_four_hides_the_smallest_other_too() -> None:
    found = of(24, north=12, south=8, west=4)
    assert found.groups == ("north",)
    assert found.why_hidden("west") is Why.TOO_FEW
    assert found.why_hidden("south") is Why.BY_SUBTRACTION


def test_two_groups_too_small_may_hide_each_other() -> None:
    assert of(22, north=9, south=7, west=3, east=3).groups == ("north", "south")


def test_answers_of_no_group_are_what_could_be_computed() -> None:
    assert of(12, north=10).groups == ()
    assert of(15, north=10).groups == ("north",)
    assert of(10, north=10).groups == ("north",)


def test_below_five_answers_nothing_is_shown() -> None:
    assert of(4, north=4).why_hidden("north") is Why.TOO_FEW
    assert not of(4).whole
    assert of(5).whole


def test_below_ten_people_the_team_is_not_asked() -> None:
    assert of(9, asked=9).why is Why.FIRM_TOO_SMALL
    assert of(9, asked=10).whole


def test_why_the_team_is_not_asked_says_the_number_that_holds() -> None:
    assert Why.FIRM_TOO_SMALL.told() == "The team is asked from 10 people on; fewer could be told apart."
    assert Why.FIRM_TOO_SMALL.told(hiding=Hiding(firm=14.0)).startswith("The team is asked from 14 people on;")
    assert all("{" not in why.told() for why in Why)


def test_nothing_is_shown_before_the_round_closes() -> None:
    assert of(20, closed=False).why is Why.STILL_OPEN


def test_one_round_is_shown_by_one_grouping() -> None:
    found = of(20, north=10, south=10, shown_by="craft")
    assert found.whole
    assert found.groups == ()
    assert found.why_hidden("north") is Why.ANOTHER_CUT
    assert of(20, north=10, south=10, shown_by="office").groups == ("north", "south")


def test_groups_with_more_answers_than_came_are_refused() -> None:
    with pytest.raises(ValueError, match="more answers"):
        of(8, north=5, south=5)


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 14)), st.integers(0, 9))
def test_subtracting_any_shown_groups_from_the_whole_never_leaves_a_few(groups: dict[str, int], others: int) -> None:
    answers = sum(groups.values()) + others
    found = of(answers, asked=max(10, answers), **groups)
    for many in range(len(found.groups) + 1):
        for taken in combinations(found.groups, many):
            left = answers - sum(groups[name] for name in taken)
            assert left == 0 or left >= 5 or not found.whole
    assert all(groups[name] >= 5 for name in found.groups)


PEOPLE = range(14)


@given(st.dictionaries(st.sampled_from("abcd"), st.frozensets(st.sampled_from(PEOPLE)), max_size=4))
def test_no_sum_or_difference_of_overlapping_teams_points_at_a_few(teams: dict[str, frozenset[int]]) -> None:
    known = [set(PEOPLE), *(teams[name] for name in shown_teams(teams, PEOPLE))]
    for signs in product((-1, 0, 1), repeat=len(known)):
        counted = [sum(sign for sign, team in zip(signs, known, strict=True) if who in team) for who in PEOPLE]
        apart = {value: counted.count(value) for value in set(counted)}
        assert min(apart.values()) >= 5


def test_teams_far_enough_apart_are_shown() -> None:
    teams = {"Borealis": range(7), "Cassini": range(7, 14), "both": range(1, 8)}
    assert shown_teams(teams, PEOPLE) == ("Borealis", "Cassini")


def test_a_team_one_person_larger_than_another_is_not_shown_beside_it() -> None:
    assert shown_teams({"six": range(6), "seven": range(7)}, range(30)) == ("seven",)


def test_a_firm_of_four_shows_no_team() -> None:
    assert shown_teams({"all": range(4)}, range(4)) == ()


def test_a_change_by_one_newcomer_is_not_shown() -> None:
    assert change_may_be_shown(range(12), range(12))
    assert not change_may_be_shown(range(12), range(13))
    assert not change_may_be_shown(range(12), range(2, 14))
    assert change_may_be_shown(range(12), range(17))


def test_words_come_from_ten_people_on_and_in_no_order() -> None:
    written = [f"word {number}" for number in range(10)]
    assert words_to_show(written, people=9, chance=Random(1)) == ()
    mixed = words_to_show(written, people=10, chance=Random(1))
    assert sorted(mixed) == written
    assert list(mixed) != written


def test_few_words_of_many_people_are_shown() -> None:
    assert words_to_show(["less haste"], people=10, chance=Random(1)) == ("less haste",)
    assert HIDING.words_people == 10
