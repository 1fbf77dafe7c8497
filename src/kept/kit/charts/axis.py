"""A line with two ends: where a value stands on it, in percent, and which values deserve a tick."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Anchor = Literal["start", "middle", "end"]
STEPS = (1.0, 2.0, 2.5, 4.0, 5.0, 10.0)


def number(value: float) -> str:
    """At most two decimals, without idle zeros, with a point in every language: "38.25"; never "-0"."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def percent(share: float) -> str:
    """A share of 0 to 100 as SVG takes it: "38.25%"."""
    return f"{number(share)}%"


def anchor(share: float) -> Anchor:
    """How a text stands at its place so that it stays inside: from it at the left end, up to it at the right."""
    if share < 0.5:
        return "start"
    return "end" if share > 99.5 else "middle"


@dataclass(frozen=True, slots=True)
class Axis[V: (float, datetime)]:
    """A line from low to high, of numbers or of aware moments. Raises ValueError unless low < high."""

    low: V
    high: V

    def __post_init__(self) -> None:
        if not self.low < self.high:
            raise ValueError(f"an axis runs from a lower to a higher value, not from {self.low} to {self.high}")

    def share(self, value: V) -> float:
        """Where the value stands, 0 at low to 100 at high; what lies outside stands at the nearer end."""
        if value <= self.low:
            return 0.0
        return min(100.0, 100.0 * ((value - self.low) / (self.high - self.low))) if value < self.high else 100.0

    def at(self, value: V) -> str:
        """The same as SVG takes it: "38.25%"."""
        return percent(self.share(value))

    def holds(self, value: V) -> bool:
        """Whether the value lies on the line, its ends included."""
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Tick:
    """One tick: x as "38.25%", its words, and how the words are anchored to it."""

    x: str
    words: str
    anchor: Anchor


def ticks[V: (float, datetime)](axis: Axis[V], at: Iterable[tuple[V, str]]) -> tuple[Tick, ...]:
    """Ticks for those of the given (value, words) that lie on the axis."""
    return tuple(Tick(axis.at(v), words, anchor(axis.share(v))) for v, words in at if axis.holds(v))


def round_steps(high: float, *, about: int = 3) -> tuple[float, ...]:
    """Round values from 0 up to the first at or above `high`, in about `about` steps.

    A step is 1, 2, 2.5, 4 or 5 times a power of ten. Raises ValueError unless high is a positive finite number.
    """
    if not (math.isfinite(high) and high > 0):
        raise ValueError(f"nothing can be drawn up to {high}")
    rough = high / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(one * power for one in STEPS if one * power >= rough * (1 - 1e-9))
    count = max(1, math.ceil(high / step - 1e-9))
    return tuple(step * k for k in range(count + 1))
