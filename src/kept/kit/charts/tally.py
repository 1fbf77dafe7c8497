"""What came one after another, a stroke for each; and a share on a line with its range and what was said beforehand."""

from collections.abc import Sequence
from dataclasses import dataclass

from kept.kit.charts.axis import Anchor, Axis, percent

MOST, SHOWN = 60, 34  # more strokes than that are not told apart; then the last of them are drawn
EDGE = 1.0  # per cent at both ends
NEAR_END = 88.0  # from there on words stand to the left of their mark, else they would leave the line


@dataclass(frozen=True, slots=True)
class Tally:
    """Strokes as (x, kept), oldest first; `cut` says that there were more before."""

    strokes: tuple[tuple[str, bool], ...]
    cut: bool


@dataclass(frozen=True, slots=True)
class ShareLine:
    """A share in per cent on a line from `begins` to 100; `said` is where the target's words stand, and how."""

    begins: str
    low: str
    high: str
    mark: str
    target: str
    anchor: Anchor
    short: bool
    thin: bool


def tally(kept: Sequence[bool]) -> Tally:
    """The strokes of all, or of the last ones where there are too many to be told apart."""
    shown = kept if len(kept) <= MOST else kept[-SHOWN:]
    step = (100 - 2 * EDGE) / max(SHOWN - 1, len(shown) - 1)
    drawn = tuple((percent(EDGE + step * number), one) for number, one in enumerate(shown))
    return Tally(drawn, len(shown) < len(kept))


def share_line(share: float, *, span: tuple[float, float], target: float, thin: bool, short: bool) -> ShareLine:
    """All of 0..1; the line begins at a half, or at nothing where the range or the target reaches below it."""
    axis = Axis(0.0 if min(span[0], share, target) < 0.5 else 50.0, 100.0)
    place = axis.share(100 * target)
    return ShareLine(
        begins=f"{axis.low:g}",
        low=axis.at(100 * span[0]),
        high=axis.at(100 * span[1]),
        mark=axis.at(100 * share),
        target=percent(place),
        anchor="end" if place > NEAR_END else "start" if place < 100 - NEAR_END else "middle",
        short=short,
        thin=thin,
    )
