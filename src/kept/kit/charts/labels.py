"""Which labels of a line can be read: urgent ones first, none over another, the rest left out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kept.kit.charts.axis import Anchor

LETTER = 6.5  # px, a guess at 12 px Inter that is seldom too small
GAP = 8.0  # px between two labels of one row
# the narrowest a desk line is drawn with its labels, in px: a window of 1012 px; wider windows only give more room
LINE_WIDTH = 780.0


@dataclass(frozen=True, slots=True)
class Label:
    """Words wanted at a share (0 to 100) of the line. Lower urgency comes first, then the place from the left.

    With `hung` the words begin beside the place, `offset` px away; else they stand over it, kept inside the ends.
    """

    share: float
    words: str
    urgency: int = 0
    hung: bool = False
    offset: float = 0.0


@dataclass(frozen=True, slots=True)
class Placed:
    """Words that have room: row 0 is the one next to the line, left and right are px from its start."""

    label: Label
    row: int
    anchor: Anchor
    left: float
    right: float


def place(labels: Iterable[Label], *, width: float = LINE_WIDTH, rows: int = 2) -> tuple[Placed, ...]:
    """Those of the labels that have room on a line of `width` px, in the order of their urgency."""
    found: list[Placed] = []
    for label in sorted(labels, key=lambda one: (one.urgency, one.share, one.words)):
        anchor, left, right = _extent(label, width)
        row = next((r for r in range(rows) if _free(found, r, left, right)), None)
        if row is not None and left >= 0 and right <= width:
            found.append(Placed(label, row, anchor, left, right))
    return tuple(found)


def _extent(label: Label, width: float) -> tuple[Anchor, float, float]:
    """The anchor of a label and the px it covers; beside a line the gap to it counts as covered."""
    at, long = width * label.share / 100, LETTER * len(label.words) + label.offset
    if label.hung:
        return ("start", at, at + long) if at + long <= width else ("end", at - long, at)
    if at - long / 2 < 0:
        return "start", at, at + long
    if at + long / 2 > width:
        return "end", at - long, at
    return "middle", at - long / 2, at + long / 2


def _free(found: Sequence[Placed], row: int, left: float, right: float) -> bool:
    """Whether nothing in the row stands within a gap of the stretch."""
    return all(right + GAP <= one.left or one.right + GAP <= left for one in found if one.row == row)
