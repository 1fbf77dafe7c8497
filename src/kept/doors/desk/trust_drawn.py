"""Trust drawn: its range on a line from 40 to 100, and the points of rows as bars about zero."""

from collections.abc import Sequence
from dataclasses import dataclass

from kept.doors.desk.client_drawn import NARROW, Line, Text
from kept.kit import words
from kept.kit.charts import Axis, Label, RangeLine, place, range_line, ticks
from kept.kit.charts.axis import percent
from kept.readings.snapshots.counted import Counted, Then

LINE = Axis(40.0, 100.0)
MINUS = "−"
ROOM = 0.08  # of the widest bar, left free at either end


@dataclass(frozen=True)
class Bar:
    """Points as a bar from zero: its left end and its width in percent, and its class."""

    zero: str
    x: str
    width: str
    kind: str


def trust_line(one: Counted) -> Line:
    """The range with where it stands and stood; thin evidence is a pale range without a number."""
    before = one.before if one.before and not one.before.thin and not one.thin else None
    marks = range_line(
        LINE,
        span=(one.low, one.high),
        mark=None if one.thin else one.value,
        ghost=before.value if before else None,
        thin=one.thin,
    )
    return Line(marks, ticks(LINE, [(float(x), str(x)) for x in range(40, 101, 10)]), _labels(one, before))


def _labels(one: Counted, before: Then | None) -> tuple[Text, ...]:
    """ "78 now" and "83 in July", away from each other."""
    if one.thin:
        return ()
    wanted = [(one.value, f"{one.value:.0f} now", "strong")]
    if before:
        wanted.append((before.value, f"{before.value:.0f} in {words.MONTHS[before.day.month - 1]}", ""))
    labels = [Label(LINE.share(value), said, rank) for rank, (value, said, _) in enumerate(wanted)]
    placed = place(labels, width=NARROW, rows=1)
    return tuple(
        Text(
            LINE.at(wanted[each.label.urgency][0]), each.anchor, each.label.words, wanted[each.label.urgency][2], False
        )
        for each in placed
    )


def pillar_line(value: float, span: tuple[float, float], *, before: float | None, thin: bool) -> RangeLine:
    """One pillar, with a dashed tick where it stood a quarter ago."""
    return range_line(LINE, span=span, mark=None if thin else value, ghost=before, thin=thin)


def bars(points: Sequence[tuple[float, bool]]) -> list[Bar]:
    """A bar for each (points, whether something was broken), all about one zero."""
    low, high = min(0.0, *(each for each, _ in points), 0.0), max(0.0, *(each for each, _ in points), 0.0)
    room = ROOM * max(high - low, 0.1)
    axis = Axis(low - room, high + room)
    zero = axis.share(0.0)
    found = []
    for each, broken in points:
        at = axis.share(each)
        kind = "up" if each >= 0 else "dn-red" if broken else "dn"
        found.append(Bar(percent(zero), percent(min(zero, at)), percent(abs(at - zero)), kind))
    return found


def signed(points: float) -> str:
    """ "+1.2", "−3.9", "0.0"."""
    said = f"{abs(points):.1f}"
    return said if said == "0.0" else f"{'+' if points > 0 else MINUS}{said}"
