"""The direct labels of a chart of work against a limit, kept off each other."""

from dataclasses import dataclass

from kept.kit.charts.axis import Anchor, number, percent

LINE = 15.0  # px from one label to the next below it


@dataclass(frozen=True, slots=True)
class BurnWords:
    """What to write at each place; what is empty is left out. Unit stands after the topmost number."""

    worked: str = ""
    likely: str = ""
    low: str = ""
    high: str = ""
    limit: str = ""
    crossing: str = ""
    pace: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Heights:
    """Where things stand at the right end, in px from above, and the floor; None where there is none."""

    floor: float
    limit: float | None
    likely: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Words:
    """A label: x in percent, y in px, dx px to the side."""

    x: str
    y: str
    anchor: Anchor
    words: str
    dx: str = "0"


@dataclass(frozen=True, slots=True)
class DrawnWords:
    """The labels that have room."""

    worked: Words | None
    likely: Words | None
    low: Words | None
    high: Words | None
    limit: Words | None
    crossing: Words | None
    pace: Words | None


def beside(share: float, y: float, words: str) -> Words | None:
    """A label just below a point, to its right, or to its left where the right end is near."""
    if not words:
        return None
    left = share <= 70
    return Words(percent(share), number(y + 18), "start" if left else "end", words, "2" if left else "-6")


def stacked(wanted: list[float], *, top: float, bottom: float) -> list[float]:
    """Heights at least a line apart, each as near to the wanted one as that leaves; wanted ones run downwards.

    They lie between top and bottom as long as these hold so many lines.
    """
    found: list[float] = []
    for y in wanted:
        found.append(max(y, found[-1] + LINE if found else top))
    for k in range(len(found) - 1, -1, -1):
        found[k] = min(found[k], found[k + 1] - LINE if k + 1 < len(found) else bottom)
    return found


def drawn_words(words: BurnWords, at: Heights, *, here: Words | None, met: float | None) -> DrawnWords:
    """The labels with their places; `met` is the share at which the limit is crossed."""
    ends = {
        "high": (at.high, -5.0, words.high),
        "likely": (at.likely, -7.0, words.likely),
        "low": (at.low, 17.0, words.low),
    }
    there = {name: (y + shift, said) for name, (y, shift, said) in ends.items() if y is not None and said}
    heights = stacked([y for y, _ in there.values()], top=10, bottom=at.floor - 4)
    right = {name: _right(y, said) for (name, (_, said)), y in zip(there.items(), heights, strict=True)}
    return DrawnWords(
        worked=here,
        likely=right.get("likely"),
        low=right.get("low"),
        high=right.get("high"),
        limit=Words("0", number(at.limit - 6), "start", words.limit) if at.limit is not None and words.limit else None,
        crossing=_crossing(words.crossing, at, met),
        pace=_pace(words.pace, at),
    )


def _right(y: float, said: str) -> Words:
    return Words("100%", number(y), "end", said)


def _pace(words: str, at: Heights) -> Words | None:
    """Under the even pace, where the work itself seldom runs."""
    if at.limit is None or not words:
        return None
    return Words("42%", number(at.floor - 0.42 * (at.floor - at.limit) + 16), "start", words)


def _crossing(words: str, at: Heights, met: float | None) -> Words | None:
    """Above the ring; left out at the right end, where it would stand in the forecast's own words."""
    if met is None or at.limit is None or not words:
        return None
    crowded = met > 85 and at.likely is not None and abs(at.limit - at.likely) < 3 * LINE
    if crowded or met < 25:  # at the left the limit's own words stand
        return None
    return Words(percent(met), number(at.limit - 10), "end", words, "-4")
