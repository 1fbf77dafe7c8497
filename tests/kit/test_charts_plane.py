"""A map: dots stand where their two quantities are, and no name stands over another, over a dot or over a corner."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from kept.kit.charts.axis import number
from kept.kit.charts.labels import LETTER
from kept.kit.charts.plane import FOOT, LEFT, WIDE, DrawnSpot, Heap, Spot, across, down, heaps, plane

SHARES = st.floats(0, 100, allow_nan=False)
SPOTS = st.lists(st.builds(Spot, x=SHARES, y=SHARES, words=st.text("abc ", min_size=1, max_size=20)), max_size=40)


def extent(one: DrawnSpot) -> tuple[float, float, float]:
    """Left and right of a name on the wide map, and its baseline."""
    assert one.wide is not None
    x = float(one.x.rstrip("%")) / 100 * WIDE + float(one.wide.dx)
    long = LETTER * len(one.words)
    return (x, x + long, float(one.wide.y)) if one.wide.anchor == "start" else (x - long, x, float(one.wide.y))


def test_the_corners_of_the_map_are_the_ends_of_both_quantities() -> None:
    low, high = plane([Spot(0, 0, "a"), Spot(100, 100, "b")])
    assert (low.x, low.y) == (f"{LEFT:g}%", number(FOOT))
    assert (high.x, high.y) == ("100%", "8")
    assert (across(50), down(50)) == ("53.5%", "184")


def test_a_name_stands_beside_its_dot_and_to_the_left_where_the_right_end_is_near() -> None:
    free, edge = plane([Spot(20, 50, "Borealis"), Spot(99, 50, "Cassini")])
    assert free.wide is not None
    assert edge.wide is not None
    assert (free.wide.anchor, edge.wide.anchor) == ("start", "end")


def test_of_two_in_one_place_the_more_urgent_has_the_better_one() -> None:
    calm, held = plane([Spot(50, 50, "Borealis"), Spot(50, 50, "Cassini", s="late", urgency=-1)])
    assert held.wide is None or held.wide.anchor == "start"
    assert (calm.wide is None) or extent(calm) != extent(held)


def test_dots_of_one_place_stand_side_by_side_to_the_left() -> None:
    held, calm, other = plane([Spot(100, 50, "a", urgency=-1), Spot(100, 50, "b"), Spot(100, 90, "c")])
    assert (held.x, other.x) == ("100%", "100%")
    assert float(calm.x.rstrip("%")) <= 100 - 9 / WIDE * 100 + 0.01


def test_where_many_stand_in_a_column_their_names_stand_apart_with_a_line_to_each() -> None:
    drawn = plane([Spot(100, 60 + k, f"Client number {k}") for k in range(8)])
    assert all(one.wide is not None for one in drawn)
    assert any(one.wide.to is not None for one in drawn if one.wide)


def test_a_name_keeps_clear_of_the_words_in_a_corner() -> None:
    (one,) = plane([Spot(90, 98, "Borealis")], corners=("", "glad, and free to go", "", ""))
    assert one.wide is None or float(one.wide.y) > 32


@given(SPOTS)
def test_no_name_stands_over_another(spots: list[Spot]) -> None:
    named = [extent(one) for one in plane(spots) if one.wide is not None]
    for (left, right, y), (left2, right2, y2) in combinations(named, 2):
        assert right <= left2 or right2 <= left or abs(y - y2) >= 12.9


@given(SPOTS)
def test_every_dot_is_drawn_whether_or_not_its_name_has_room(spots: list[Spot]) -> None:
    assert [one.y for one in plane(spots)] == [down(one.y) for one in spots]
    assert all(
        float(one.x.rstrip("%")) <= float(across(spot.x).rstrip("%"))
        for one, spot in zip(plane(spots), spots, strict=True)
    )


@given(SPOTS)
def test_heaps_hold_everybody_once(spots: list[Spot]) -> None:
    assert sum(heap.count for heap in heaps(spots)) == len(spots)


def test_a_heap_of_one_is_a_dot_and_the_fullest_the_largest() -> None:
    found = heaps([Spot(10, 10, "a"), *(Spot(90, 90, "b") for _ in range(9))])
    assert found == (Heap(across(10), down(10), "4", 1), Heap(across(90), down(90), "16", 9))
