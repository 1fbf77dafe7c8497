"""Working windows as people write them, read into seconds of a local day and checked."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise

type Windows = Mapping[str, Sequence[tuple[str, str]]]  # {"mon": [("09:00", "17:30")], ...}
type Dated = Mapping[date, Sequence[tuple[str, str]]]
type Span = tuple[int, int]  # seconds after local midnight, from and until
type Spans = tuple[Span, ...]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK = re.compile(r"(\d\d):(\d\d)")
_DAY_ENDS = 24 * 3600


def weekly_spans(windows: Windows) -> tuple[Spans, ...]:
    """Seven days from Monday, each its open spans in order; ValueError on a wrong day, time or overlap."""
    unknown = [day for day in windows if day not in WEEKDAYS]
    if unknown:
        raise ValueError(f"“{unknown[0]}” is no weekday; write mon, tue, wed, thu, fri, sat or sun.")
    return tuple(read_spans(windows.get(day, ()), of=day) for day in WEEKDAYS)


def read_spans(pairs: Iterable[tuple[str, str]], *, of: str) -> Spans:
    """Spans of one day in order; `of` names the day in what a ValueError says."""
    spans = sorted(_span(pair, of) for pair in pairs)
    for earlier, later in pairwise(spans):
        if later[0] < earlier[1]:
            raise ValueError(f"The windows of {of} overlap: one begins before the one before it has ended.")
    return tuple(spans)


def without(spans: Spans, breaks: Spans) -> Spans:
    """What stays open of `spans` once every break has closed its part."""
    for begins, ends in breaks:
        pieces = [((a, min(b, begins)), (max(a, ends), b)) for a, b in spans]
        spans = tuple(piece for pair in pieces for piece in pair if piece[0] < piece[1])
    return spans


def plain_date(day: date) -> int:
    """The ordinal of a calendar date; ValueError when it is a moment or no date at all."""
    if isinstance(day, datetime) or not isinstance(day, date):
        raise ValueError(f"{day!r} is no plain date; give a date such as date(2025, 4, 18).")
    return day.toordinal()


def _span(pair: Sequence[str], of: str) -> Span:
    if isinstance(pair, str) or len(pair) != 2:
        raise ValueError(f"A window of {of} is a pair such as (“09:00”, “17:30”), not {pair!r}.")
    opens, closes = _seconds(pair[0], of), _seconds(pair[1], of)
    if closes <= opens:
        raise ValueError(
            f"A window of {of} ends at {pair[1]}, not after its start at {pair[0]}; "
            "one that runs past midnight is two, the first until 24:00."
        )
    return opens, closes


def _seconds(clock: str, of: str) -> int:
    match = _CLOCK.fullmatch(clock) if isinstance(clock, str) else None
    seconds = int(match[1]) * 3600 + int(match[2]) * 60 if match else -1
    if match is None or int(match[2]) > 59 or not 0 <= seconds <= _DAY_ENDS:
        raise ValueError(f"{clock!r} on {of} is no time of day; write 00:00 to 24:00.")
    return seconds
