"""Work against a limit: what was done, where it is going with bands of likelihood, and where it crosses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kept.kit.charts.axis import Axis, Tick, anchor, number, round_steps
from kept.kit.charts.burn_words import BurnWords, DrawnWords, Heights, beside, drawn_words

TOP, DEPTH, FOOT = 18, 206, 26  # px: above the drawing, the drawing, and the words below it
Point = tuple[float, float]  # x, total so far
Band = Sequence[tuple[float, float, float]]  # x, low, high


@dataclass(frozen=True, slots=True)
class Course:
    """A growing total in the caller's units: what was done, where it likely goes from there, and the limit.

    Bands come widest first.
    """

    worked: Sequence[Point]
    likely: Sequence[Point] = ()
    bands: Sequence[Band] = ()
    limit: float | None = None

    @property
    def top(self) -> float:
        """The highest value of all, above nothing."""
        line = [y for _, y in [*self.worked, *self.likely]]
        return max([1e-9, self.limit or 0.0, *line, *(high for band in self.bands for *_, high in band)])

    @property
    def crossing(self) -> Point | None:
        """Where it first rises above the limit; None where it does not."""
        points = [*self.worked, *self.likely]
        if self.limit is None:
            return None
        for (x0, y0), (x1, y1) in pairwise(points):
            if y0 <= self.limit < y1:
                return x0 + (x1 - x0) * (self.limit - y0) / (y1 - y0), self.limit
        return None


@dataclass(frozen=True, slots=True)
class GridLine:
    """A level line: y and the y of its words in px."""

    y: str
    words_y: str
    words: str


@dataclass(frozen=True, slots=True)
class BurnChart:
    """What parts/chart_burn.html draws: points of a 100 by 100 box, places as (x in percent, y in px)."""

    grid: tuple[GridLine, ...]
    ticks: tuple[Tick, ...]
    pace: str
    bands: tuple[str, ...]
    worked: str
    likely: str
    limit: str | None
    here: tuple[str, str] | None
    crossing: tuple[str, str] | None
    words: DrawnWords
    top: int = TOP
    depth: int = DEPTH
    floor: int = TOP + DEPTH
    height: int = TOP + DEPTH + FOOT


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Both axes at once."""

    across: Axis[float]
    up: Axis[float]

    def y(self, value: float) -> float:
        return TOP + DEPTH * (1 - self.up.share(value) / 100)

    def points(self, points: Iterable[Point]) -> str:
        return " ".join(f"{number(self.across.share(x))},{number(100 - self.up.share(y))}" for x, y in points)

    def polygon(self, band: Band) -> str:
        return self.points([*((x, high) for x, _, high in band), *((x, low) for x, low, _ in reversed(band))])

    def place(self, point: Point | None) -> tuple[str, str] | None:
        return (self.across.at(point[0]), number(self.y(point[1]))) if point else None


def burn(
    across: Axis[float], course: Course, *, words: BurnWords | None = None, ticks: Sequence[tuple[float, str]] = ()
) -> BurnChart:
    """The chart of a course. The vertical axis runs from 0 to the first round value at or above all that is drawn."""
    words = words or BurnWords()
    limit = course.limit
    steps = round_steps(course.top)
    sheet = _Sheet(across, Axis(0.0, steps[-1]))
    return BurnChart(
        grid=_grid(sheet, steps, limit=limit, unit=words.unit),
        ticks=tuple(Tick(across.at(x), said, anchor(across.share(x))) for x, said in ticks if across.holds(x)),
        pace=sheet.points([(across.low, 0.0), (across.high, limit)]) if limit is not None and words.pace else "",
        bands=tuple(sheet.polygon(band) for band in course.bands if band),
        worked=sheet.points(course.worked),
        likely=sheet.points([*course.worked[-1:], *course.likely]) if course.likely else "",
        limit=number(sheet.y(limit)) if limit is not None else None,
        here=sheet.place(course.worked[-1] if course.worked else None),
        crossing=sheet.place(course.crossing),
        words=_words(sheet, course, words),
    )


def _grid(sheet: _Sheet, steps: Sequence[float], *, limit: float | None, unit: str) -> tuple[GridLine, ...]:
    """Level lines at the steps, but none so near the limit that their words would touch its own."""
    lines = []
    for step in steps:
        y = sheet.y(step)
        if limit is None or step == 0 or abs(y - sheet.y(limit)) > 24:
            said = f"{number(step)} {unit}".strip() if step == steps[-1] else number(step)
            lines.append(GridLine(number(y), number(y - 5), said))
    return tuple(lines)


def _words(sheet: _Sheet, course: Course, words: BurnWords) -> DrawnWords:
    end = course.bands[0][-1] if course.bands and course.bands[0] else None
    here, met = course.worked[-1] if course.worked else None, course.crossing
    heights = Heights(
        floor=TOP + DEPTH,
        limit=sheet.y(course.limit) if course.limit is not None else None,
        likely=sheet.y(course.likely[-1][1]) if course.likely else None,
        low=sheet.y(end[1]) if end else None,
        high=sheet.y(end[2]) if end else None,
    )
    return drawn_words(
        words,
        heights,
        here=beside(sheet.across.share(here[0]), sheet.y(here[1]), words.worked) if here else None,
        met=sheet.across.share(met[0]) if met else None,
    )
