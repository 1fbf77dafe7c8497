"""An office's week: typed as "09:00-12:30, 13:30-17:30", read, drawn on a line, and its faults said in words."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django import forms

from kept.kit import words
from kept.kit.charts import Axis, Tick, ticks
from kept.ledgers.team.keeping_hours import Week
from kept.ledgers.team.models import Office
from kept.ledgers.team.offices import WEEKDAYS, clock, minutes

NAMES = dict(zip(WEEKDAYS, words.WEEKDAYS, strict=True))
WINDOW = re.compile(r"(\S+?)\s*(?:-|–|—|\bto\b)\s*(\S+)")
BETWEEN = re.compile(r"\s*(?:[,;]|\band\b)\s*")
TIME = re.compile(r"\d{1,2}([:.]\d{2})?")
DRAWN_FROM, DRAWN_TO = 7 * 60, 19 * 60  # the line reaches further where somebody works further
Windows = list[tuple[int, int]]


class WeekForm(forms.Form):
    """One line of text a weekday; an empty one is a day on which the office is closed."""

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, **({"auto_id": f"week-{office.pk}-%s"} | kwargs))
        self.office = office
        for key in WEEKDAYS:
            self.fields[key] = forms.CharField(
                label=f"{NAMES[key]} in {office.name}", max_length=200, required=False, strip=True
            )

    def clean(self) -> dict[str, Any]:
        for key in WEEKDAYS:
            try:
                self.cleaned_data[key] = read(self.cleaned_data.get(key, ""))
            except ValueError as fault:
                self.add_error(key, str(fault))
        return self.cleaned_data

    def week(self) -> Week:
        """What was typed, as the verb takes it."""
        typed = {key: self.cleaned_data[key] for key in WEEKDAYS if self.cleaned_data[key]}
        return {key: [(clock(opens), clock(closes)) for opens, closes in windows] for key, windows in typed.items()}


def week_typed(office: Office) -> dict[str, str]:
    """The office's week as it would be typed."""
    return {key: ", ".join(f"{opens}-{closes}" for opens, closes in windows) for key, windows in office.week().items()}


def read(text: str) -> Windows:
    """The windows in minutes since midnight, in their order. Raises ValueError saying which words will not do."""
    windows = sorted(_window(part) for part in BETWEEN.split(text.strip()) if part)
    for (opens, closes), (again, until) in pairwise(windows):
        if again < closes:
            raise ValueError(
                f"{clock(again)} lies inside the window from {clock(opens)}. Start it at {clock(closes)} or later, "
                f"or make both one window, {clock(opens)}-{clock(max(closes, until))}."
            )
    return windows


def _window(part: str) -> tuple[int, int]:
    found = WINDOW.fullmatch(part)
    if not found:
        raise ValueError(f"“{part}” is not a window of time; write it like 09:00-12:30.")
    opens, closes = (_time(text) for text in found.groups())
    if closes <= opens:
        raise ValueError(f"{clock(opens)}-{clock(closes)} ends before it begins; write the earlier time first.")
    return opens, closes


def _time(text: str) -> int:
    if not TIME.fullmatch(text):
        raise ValueError(f"“{text}” is not a time of day; write it like 09:30.")
    return minutes(text.replace(".", ":") if set(text) & {":", "."} else f"{text}:00")


@dataclass(frozen=True)
class Day:
    """A weekday as the page draws it: its field, windows as (x1, x2) in per cent, and where two of them overlap."""

    name: str
    field: forms.BoundField
    windows: list[tuple[str, str]]
    overlaps: list[tuple[str, str]]


@dataclass(frozen=True)
class WeekLines:
    """The seven lines over one axis."""

    office: Office
    form: WeekForm
    ticks: tuple[Tick, ...]
    days: list[Day]


def week_lines(form: WeekForm) -> WeekLines:
    """What the template draws, from what stands in the form, be it right or wrong."""
    typed = {key: _legible(str(form[key].value() or "")) for key in WEEKDAYS}
    every = [window for windows in typed.values() for window in windows]
    low = min([DRAWN_FROM, *(opens for opens, _ in every)]) // 60 * 60
    high = -(-max([DRAWN_TO, *(closes for _, closes in every)]) // 60) * 60
    axis = Axis(float(low), float(high))
    step = 180 if high - low <= 14 * 60 else 360
    marks = ticks(axis, [(float(at), f"{at // 60}:00") for at in range(low, high + 1, step)])
    days = [
        Day(NAMES[key], form[key], _drawn(axis, windows), _drawn(axis, _overlaps(windows)))
        for key, windows in typed.items()
    ]
    return WeekLines(form.office, form, marks, days)


def _legible(text: str) -> Windows:
    """Those of the windows that can be read."""
    windows = []
    for part in BETWEEN.split(text.strip()):
        try:
            windows.append(_window(part))
        except ValueError:
            continue
    return sorted(windows)


def _overlaps(windows: Windows) -> Windows:
    return [(again, min(closes, until)) for (_, closes), (again, until) in pairwise(windows) if again < closes]


def _drawn(axis: Axis[float], windows: Windows) -> list[tuple[str, str]]:
    return [(axis.at(float(opens)), axis.at(float(closes))) for opens, closes in windows]
