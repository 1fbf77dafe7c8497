"""The items of a brief are put into words when they are looked at, once, and otherwise read like a list."""

from datetime import timedelta
from typing import Any

from kept.measures.attention import Kind, Matter
from kept.readings.brief import brief
from kept.readings.brief_items import Item
from kept.readings.brief_list import Found, Items
from tests.acting import promised, wrote
from tests.studio import NOW, Studio, london

KINDS = [Kind.WAITING, Kind.PROMISE, Kind.WAITING, Kind.HOURS]


def item(kind: str, row: int) -> Item:
    words = dict.fromkeys(("who", "what", "why", "state", "says", "by", "act"), "")
    return Item(kind=kind, row=row, client=None, due=None, late=False, place=("desk:client", row), **words)  # type: ignore[arg-type]


def four(told: list[int]) -> Items:
    def tell(matter: Matter) -> Item:
        told.append(matter.row)
        return item(matter.kind, matter.row)

    order = [Matter(kind, row) for row, kind in enumerate(KINDS)]
    return Items(order, {matter: Found(matter, tell) for matter in order})


def test_counting_and_choosing_kinds_tells_nothing() -> None:
    told: list[int] = []
    found = four(told)
    assert (len(found), found.kinds(), len(found.of("waiting", "hours"))) == (
        4,
        {"waiting": 2, "promise": 1, "hours": 1},
        3,
    )
    assert [each.row for each in found.of("waiting").subjects()] == [0, 2]
    assert told == []


def test_what_is_looked_at_is_told_once_wherever_one_looks() -> None:
    told: list[int] = []
    found = four(told)
    assert [one.row for one in found.of("waiting")[:1]] == [0]
    assert found[0] is found.of("waiting")[0]
    assert found[-1].row == 3
    assert [one.kind for one in found] == ["waiting", "promise", "waiting", "hours"]
    assert sorted(told) == [0, 1, 2, 3]


def test_it_is_equal_to_the_list_of_its_items() -> None:
    assert four([]) == [item(kind, row) for row, kind in enumerate(KINDS)]
    assert four([]) != ()
    assert Items([], {}) == ()


def test_of_many_only_those_on_top_are_fetched(studio: Studio, django_assert_num_queries: Any) -> None:
    for number in range(40):
        wrote(studio.borealis, by=studio.cleo, at=london(19, "09:00") + timedelta(minutes=number))
        promised(studio.borealis, by=studio.bo, due=london(20, "16:00") + timedelta(minutes=number), at=london(12))
    one = brief(studio.ada, at=NOW)
    with django_assert_num_queries(0):
        assert [each.who for each in one.of("waiting")[:20]] == ["Cleo North"] * 20
        assert len({each.what for each in one.of("promise")[:20]}) == 1
    with django_assert_num_queries(2):
        assert len({(each.kind, each.row) for each in one.items if each.who}) == 80
