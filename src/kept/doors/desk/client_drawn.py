"""The three plain lines of a client's page, with the labels that have room."""

from collections.abc import Sequence
from dataclasses import dataclass

from kept.doors.desk.client_words import Fact
from kept.doors.desk.inbox_opening import Piece
from kept.kit.charts import Axis, Label, RangeLine, Tick, place, range_line, ticks
from kept.readings.budgets import Running
from kept.readings.client_promises import Kept
from kept.readings.client_team import Person

NARROW = 250.0  # px: the least a line of three beside each other has for its labels


@dataclass(frozen=True)
class Text:
    """A label beside a line: x in percent, its class, whether it stands below."""

    x: str
    anchor: str
    words: str
    kind: str
    below: bool


@dataclass(frozen=True)
class Line:
    """A range with its marks, ticks and labels."""

    marks: RangeLine
    ticks: tuple[Tick, ...] = ()
    texts: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Column:
    """One question: the plain answer, the number it rests on, its line, and three facts."""

    ask: str
    answer: str
    small: list[Piece]
    line: Line | None
    facts: list[Fact]
    strong: tuple[str, str] = ("", "")  # the number in bold before the rest, and where it leads


def kept_line(kept: Kept) -> Line | None:
    """The share of promises kept, 0 to 100, with its range; None where nothing was settled."""
    if kept.interval is None:
        return None
    axis, n = Axis(0.0, 100.0), len(kept.settled)
    share = 100 * kept.kept / n
    marks = range_line(axis, span=(100 * kept.interval.low, 100 * kept.interval.high), mark=share, thin=n < 5)
    above = _texts(axis, [(share, f"{share:.0f} now", "strong")], below=False)
    return Line(marks, ticks(axis, [(float(x), str(x)) for x in range(0, 101, 20)]), above)


def people_line(one: Person) -> Line:
    """The share of the hours one person worked, and the tick of what was sold, 0 to 100 %."""
    axis, share = Axis(0.0, 100.0), 100 * one.share
    sold = 100 * (one.sold or 0.0)
    above = _texts(axis, [(sold, f"sold at {sold:.0f}", "")], below=False)
    below = [(share, f"{one.first_name} {share:.0f}%", "strong"), (0.0, "0", ""), (100.0, "100", "")]
    return Line(range_line(axis, used=share, ghost=sold), texts=above + _texts(axis, below, below=True))


def hours_line(one: Running) -> Line | None:
    """Worked, likely and the line; None where there is no forecast."""
    cast = one.forecast
    if cast is None or not one.budget:
        return None
    axis = Axis(0.0, max(cast.high, 1.25 * one.budget, 1.05 * one.worked))
    marks = range_line(
        axis, span=(cast.low, cast.high), used=one.worked, limit=one.budget, mark=cast.likely,
        thin=cast.method == "rough",
    )  # fmt: skip
    crossed = "t-late" if cast.likely > one.budget else "inkt"
    below = [
        (one.budget, f"{one.budget:.0f} paid", crossed), (one.worked, f"{one.worked:.0f}", "inkt"),
        (0.0, "0 h", ""), (axis.high, f"{axis.high:.0f}", ""),
    ]  # fmt: skip
    above = _texts(axis, [(cast.likely, f"{cast.likely:.0f} likely", "strong")], below=False)
    return Line(marks, texts=above + _texts(axis, below, below=True))


def _texts(axis: Axis[float], wanted: Sequence[tuple[float, str, str]], *, below: bool) -> tuple[Text, ...]:
    """Those of (value, words, class) that have room, the first before the others."""
    labels = [Label(axis.share(value), said, rank) for rank, (value, said, _) in enumerate(wanted)]
    return tuple(
        Text(axis.at(wanted[one.label.urgency][0]), one.anchor, one.label.words, wanted[one.label.urgency][2], below)
        for one in place(labels, width=NARROW, rows=1)
    )
