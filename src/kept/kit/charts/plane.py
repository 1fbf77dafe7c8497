"""A map of two quantities: dots with names that stand over nothing, or heaps where there are too many to name."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kept.kit.charts.axis import Anchor, number, percent
from kept.kit.charts.labels import LETTER

LEFT, TOP, FOOT, HEIGHT = 7.0, 8.0, 360.0, 400  # left in per cent of the width, the others in px
WIDE, NARROW = 480.0, 330.0  # px: the least that a map has in a desk's window, and on a phone
RADIUS, GAP, LINE = 4.0, 3.0, 13.0  # px: of a dot, between a name and all else, the height of a name
FAR = 24.0  # px to the side of a name that a line leads to
# beside the dot, above and below it on either side, then farther off with a line to it: px to the right, px down
PLACES: tuple[tuple[float, float], ...] = (
    (9, 4), (-9, 4), (7, -6), (-7, -6), (7, 14), (-7, 14),
    *((side * FAR, 4 + turn * LINE * step) for step in range(1, 9) for turn in (1, -1) for side in (-1, 1)),
)  # fmt: skip

Box = tuple[float, float, float, float]  # left, top, right, bottom in px


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map: shares 0..100 from the left and from below. Lower urgency is named first.

    `s` is how it is drawn: calm, late, soon or unknown; `tall` the ends of its range from below, if it is shown.
    """

    x: float
    y: float
    words: str
    s: str = "calm"
    urgency: int = 0
    tall: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """A spot's words: px to the right of it, the y, how they are anchored; and a line to them if they are far.

    `to` is its end in px from the spot, right and down.
    """

    dx: str
    y: str
    anchor: Anchor
    to: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class DrawnSpot:
    """A dot with its name as a wide map shows it, and a narrow one; None where there is no room."""

    x: str
    y: str
    s: str
    words: str
    wide: Name | None
    narrow: Name | None
    top: str | None = None
    foot: str | None = None


@dataclass(frozen=True, slots=True)
class Heap:
    """So many spots near each other: a disc of that radius."""

    x: str
    y: str
    r: str
    count: int


def across(share: float) -> str:
    """Where a share from the left stands, in per cent of the whole width."""
    return percent(_left(share))


def down(share: float) -> str:
    """Where a share from below stands, in px from above."""
    return number(_down(share))


def plane(spots: Sequence[Spot], *, corners: Sequence[str] = ("", "", "", "")) -> tuple[DrawnSpot, ...]:
    """The spots with their names; `corners` are the words in the corners, left and right above, left and right below.

    A name stands over no other, over no dot and no corner; those least urgent are left out where it is too full. Dots
    that would cover each other stand side by side, to the left.
    """
    beside = _side_by_side(spots)
    wide, narrow = _named(beside, WIDE, corners), _named(beside, NARROW, corners)
    return tuple(
        DrawnSpot(
            x=across(one.x),
            y=down(one.y),
            s=one.s,
            words=one.words,
            wide=wide[k],
            narrow=narrow[k],
            top=down(one.tall[1]) if one.tall else None,
            foot=down(one.tall[0]) if one.tall else None,
        )
        for k, one in enumerate(beside)
    )


def heaps(spots: Iterable[Spot], *, columns: int = 12, rows: int = 9) -> tuple[Heap, ...]:
    """Spots of one cell as one disc in their middle, its area by how many they are."""
    cells: dict[tuple[int, int], list[Spot]] = defaultdict(list)
    for one in spots:
        cells[min(columns - 1, int(one.x / 100 * columns)), min(rows - 1, int(one.y / 100 * rows))].append(one)
    most = max((len(own) for own in cells.values()), default=1)
    return tuple(
        Heap(
            across(sum(one.x for one in own) / len(own)),
            down(sum(one.y for one in own) / len(own)),
            number(RADIUS + 12 * (len(own) / most) ** 0.5 if len(own) > 1 else RADIUS),
            len(own),
        )
        for _, own in sorted(cells.items())
    )


def _left(share: float) -> float:
    return LEFT + share * (100 - LEFT) / 100


def _down(share: float) -> float:
    return FOOT - share * (FOOT - TOP) / 100


def _side_by_side(spots: Sequence[Spot]) -> list[Spot]:
    """The spots, each moved to the left until it covers none that is more urgent, as far as there is room."""
    step, found = 100 * (2 * RADIUS + 1) / (WIDE * (100 - LEFT) / 100), dict[int, Spot]()
    for k in sorted(range(len(spots)), key=lambda k: (spots[k].urgency, k)):
        one, x = spots[k], spots[k].x
        near = [other.x for other in found.values() if abs(_down(other.y) - _down(one.y)) < 2 * RADIUS]
        while x >= 0 and any(abs(other - x) < step for other in near):
            x -= step
        found[k] = replace(one, x=x) if x >= 0 else one
    return [found[k] for k in range(len(spots))]


def _named(spots: Sequence[Spot], width: float, corners: Sequence[str]) -> list[Name | None]:
    """The name of each spot on a map of that width."""
    at = [(_left(one.x) / 100 * width, _down(one.y)) for one in spots]
    dots = [_box(x - RADIUS, y + RADIUS, 2 * RADIUS, 2 * RADIUS) for x, y in at]
    taken: list[Box] = _corners(corners, width)
    found: list[Name | None] = [None] * len(spots)
    for k in sorted(range(len(spots)), key=lambda k: (spots[k].urgency, -spots[k].y, k)):
        long = LETTER * len(spots[k].words)
        for dx, dy in PLACES:
            x, y = at[k][0] + dx, at[k][1] + dy
            box = _box(x if dx > 0 else x - long, y + 2, long, LINE)
            others = (dots[other] for other in range(len(spots)) if other != k)
            inside = box[0] > LEFT / 100 * width + GAP and box[2] <= width and box[1] >= 0 and box[3] <= FOOT
            if inside and not any(_meet(box, other) for other in (*taken, *others)):
                taken.append(box)
                far = (number(dx - (2 if dx > 0 else -2)), number(dy - 4)) if abs(dx) == FAR else None
                found[k] = Name(number(dx), number(y), "start" if dx > 0 else "end", far)
                break
    return found


def _box(left: float, bottom: float, long: float, high: float) -> Box:
    return left, bottom - high, left + long, bottom


def _corners(words: Sequence[str], width: float) -> list[Box]:
    """The room the four corners take, in the larger letters they have."""
    left, high = LEFT / 100 * width, 24.0
    return [
        _box(left if k % 2 == 0 else width - 1.15 * LETTER * len(said), bottom, 1.15 * LETTER * len(said), high)
        for k, (said, bottom) in enumerate(zip(words, (TOP + 24, TOP + 24, FOOT, FOOT), strict=True))
        if said
    ]


def _meet(one: Box, other: Box) -> bool:
    apart = one[2] + GAP <= other[0] or other[2] + GAP <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    return not apart
