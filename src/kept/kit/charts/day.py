"""A day on a line: moments that fall due, stretches that are taken, and now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kept.kit.charts.axis import Anchor, Axis, Tick, number, percent, ticks
from kept.kit.charts.labels import LINE_WIDTH, Label, Placed, place

URGENCY = {"now": -1, "late": 0, "soon": 1, "calm": 2, "unknown": 2, "span": 3}
RADIUS = {"late": "4.5", "soon": "4", "unknown": "4", "calm": "3.5"}


@dataclass(frozen=True, slots=True)
class Moment:
    """Something due at a moment; s is its state: late, soon, calm or unknown."""

    at: datetime
    words: str
    s: str


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the day that is taken, such as a call."""

    starts: datetime
    ends: datetime
    words: str


@dataclass(frozen=True, slots=True)
class DrawnLabel:
    """Words with their place: x in percent, y in px, how they are anchored, and dx, px to the side."""

    x: str
    y: int
    anchor: Anchor
    words: str
    dx: str


@dataclass(frozen=True, slots=True)
class DrawnMoment:
    """A dot at x; the label is None where there is no room for it."""

    x: str
    r: str
    s: str
    label: DrawnLabel | None


@dataclass(frozen=True, slots=True)
class DrawnSpan:
    """A thick stretch from x1 to x2 with its label, if it has room."""

    x1: str
    x2: str
    label: DrawnLabel | None


@dataclass(frozen=True, slots=True)
class DayLine:
    """What parts/chart_day.html draws. The y values are px; now is None when it is not on the line."""

    height: int
    y: int
    ticks: tuple[Tick, ...]
    moments: tuple[DrawnMoment, ...]
    spans: tuple[DrawnSpan, ...]
    now: str | None
    now_label: DrawnLabel | None
    late_from: str | None

    @property
    def tick_foot(self) -> int:
        return self.y + 4

    @property
    def tick_words(self) -> int:
        return self.y + 18

    @property
    def now_top(self) -> int:
        return self.y - 20

    @property
    def now_foot(self) -> int:
        return self.y + 5


def hours(axis: Axis[datetime]) -> list[tuple[datetime, str]]:
    """Every full hour on the axis with its words, "9:00"."""
    first = axis.low.replace(minute=0, second=0, microsecond=0)
    count = int((axis.high - first) / timedelta(hours=1)) + 1
    full = [first + timedelta(hours=k) for k in range(count)]
    return [(hour, f"{hour.hour}:{hour.minute:02}") for hour in full]


def day_line(
    axis: Axis[datetime],
    *,
    now: datetime,
    moments: Sequence[Moment],
    spans: Sequence[Span] = (),
    width: float = LINE_WIDTH,
) -> DayLine:
    """The day on a line of at least `width` px.

    What was due before it stands at its start; what comes after it is left out.
    """
    due = [one for one in moments if one.at <= axis.high]
    taken = [one for one in spans if one.starts < axis.high and one.ends > axis.low]
    here = [Label(axis.share(now), "now", URGENCY["now"], hung=True, offset=5)] if axis.holds(now) else []
    over = [Label(axis.share(one.at), one.words, URGENCY.get(one.s, 2)) for one in due]
    beside = [Label(axis.share(one.starts), one.words, URGENCY["span"], hung=True) for one in taken]
    placed = place([*here, *over, *beside], width=width)
    y = 34 + 14 * max((one.row for one in placed), default=0)
    late = [one.at for one in due if one.s == "late"]
    return DayLine(
        height=y + 24,
        y=y,
        ticks=ticks(axis, hours(axis)),
        moments=tuple(_moment(axis, one, _drawn(placed, label, y)) for one, label in zip(due, over, strict=True)),
        spans=tuple(
            DrawnSpan(axis.at(one.starts), axis.at(one.ends), _drawn(placed, label, y))
            for one, label in zip(taken, beside, strict=True)
        ),
        now=axis.at(now) if here else None,
        now_label=_drawn(placed, here[0], y) if here else None,
        late_from=axis.at(min(late)) if late and here else None,
    )


def _moment(axis: Axis[datetime], one: Moment, label: DrawnLabel | None) -> DrawnMoment:
    return DrawnMoment(axis.at(one.at), RADIUS.get(one.s, "3.5"), one.s, label)


def _drawn(placed: Sequence[Placed], label: Label, y: int) -> DrawnLabel | None:
    """The label with its place above a line at y, or None where it found no room."""
    found = next((one for one in placed if one.label is label), None)
    if found is None:
        return None
    side = -label.offset if found.anchor == "end" else label.offset
    return DrawnLabel(percent(label.share), y - 12 - 16 * found.row, found.anchor, label.words, number(side))
