"""Bars above and below one line: two amounts for each of a row of periods."""

from collections.abc import Sequence
from dataclasses import dataclass

from kept.kit.charts.axis import number, percent

BASE, ABOVE, BELOW, FOOT = 64, 44, 130, 42  # px: the line, the longest bar above and below it, room for words under all
HALF_BAR = 0.6  # percent of the width


@dataclass(frozen=True, slots=True)
class Stroke:
    """One period: the middle x and the bar's left edge in percent; heights and the y of the words in px."""

    x: str
    left: str
    up: str
    up_top: str
    down: str
    up_words: str
    up_words_y: str
    down_words: str
    down_words_y: str
    words: str
    open: bool


@dataclass(frozen=True, slots=True)
class StrokeChart:
    """What parts/chart_strokes.html draws."""

    height: int
    base: int
    foot: int
    bar: str
    strokes: tuple[Stroke, ...]


def strokes(periods: Sequence[tuple[str, float, float]], *, last_is_open: bool = False) -> StrokeChart:
    """Bars for (words, above, below), both amounts 0 or more and in one unit, on one scale.

    Words of four letters still fit on a phone. The last bar is pale where its period still runs.
    Raises ValueError for a negative amount or for no period.
    """
    if not periods or any(min(above, below) < 0 for _, above, below in periods):
        raise ValueError("bars need one period or more, and amounts that are not negative")
    high, deep = max(p[1] for p in periods), max(p[2] for p in periods)
    scale = min(ABOVE / high if high else 1e9, BELOW / deep if deep else 1e9) if high or deep else 0.0
    lowest = BASE + deep * scale
    each = 100 / len(periods)
    drawn = tuple(
        _stroke(period, each * (k + 0.35), scale, is_open=last_is_open and k == len(periods) - 1)
        for k, period in enumerate(periods)
    )
    height = int(lowest) + FOOT
    return StrokeChart(height=height, base=BASE, foot=height - 4, bar=percent(2 * HALF_BAR), strokes=drawn)


def _stroke(period: tuple[str, float, float], middle: float, scale: float, *, is_open: bool) -> Stroke:
    words, above, below = period
    return Stroke(
        x=percent(middle),
        left=percent(max(0.0, middle - HALF_BAR)),
        up=number(above * scale),
        up_top=number(BASE - above * scale),
        down=number(below * scale),
        up_words=number(round(above, 1)) if above else "",
        up_words_y=number(BASE - above * scale - 6),
        down_words=number(round(below, 1)) if below else "",
        down_words_y=number(BASE + below * scale + 15),
        words=words,
        open=is_open,
    )
