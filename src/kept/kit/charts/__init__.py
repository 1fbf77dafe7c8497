"""Where marks stand on a line: pure positions, as text that SVG attributes can carry."""

from kept.kit.charts.axis import Axis, Tick, round_steps, ticks
from kept.kit.charts.burn import Band, BurnChart, Course, burn
from kept.kit.charts.burn_words import BurnWords
from kept.kit.charts.day import DayLine, Moment, Span, day_line
from kept.kit.charts.labels import Label, Placed, place
from kept.kit.charts.ranges import RangeLine, range_line
from kept.kit.charts.strokes import StrokeChart, strokes

__all__ = [
    "Axis",
    "Band",
    "BurnChart",
    "BurnWords",
    "Course",
    "DayLine",
    "Label",
    "Moment",
    "Placed",
    "RangeLine",
    "Span",
    "StrokeChart",
    "Tick",
    "burn",
    "day_line",
    "place",
    "range_line",
    "round_steps",
    "strokes",
    "ticks",
]
