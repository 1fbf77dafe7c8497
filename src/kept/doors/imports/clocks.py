"""Times of day and lengths of time as exports write them: 10:23 AM, 22h10, 1:30, 01:00:01, 1h 30m, 90 min, 0,01."""

import re
from collections.abc import Callable
from datetime import time
from decimal import Decimal

from kept.doors.imports.numbers import Numbers
from kept.doors.imports.questions import Unreadable

HOUR, MINUTE, DAY = 3600, 60, 86400
_CLOCK = re.compile(r"(\d{1,2})[:.h](\d{2})?(?::(\d{2})(?:[.,]\d+)?)?\s*([aApP])?\.?(?:[mM]\.?)?(?:\s*Uhr)?")
_COLONS = re.compile(r"([-−]?)(\d{1,6}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d+))?)?")
_WORDS = re.compile(
    r"([-−]?)(?:(\d{1,6}(?:[.,]\d+)?)\s*(?:h|hrs?|hours?|std\.?|stunden?|heures?|horas?|uur|u)\.?)?[\s,]*"
    r"(?:(\d{1,6})\s*(?:(?:m|mins?|minutes?|minuten?|minutos?|')\.?|$))?[\s,]*(?:(\d{1,6})\s*(?:s|secs?|seconds?|sek\.?)\.?)?",
    re.IGNORECASE,
)


def time_of_day(text: str) -> time | None:
    """Read a time of day with or without seconds, on a 12 or 24 hour clock; None if it is none."""
    parts = _CLOCK.fullmatch(text.strip())
    if not parts:
        return None
    hour, minute, second = int(parts[1]), int(parts[2] or 0), int(parts[3] or 0)
    if parts[4]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if parts[4] in "pP" else 0)
    try:
        return time(hour % 24 if (hour, minute, second) == (24, 0, 0) else hour, minute, second)
    except ValueError:
        return None


class Times(dict[str, time]):
    """Reads each different time of day once; raises Unreadable for a text that is none."""

    def __missing__(self, text: str) -> time:
        try:
            value: time | None = time.fromisoformat(text) if len(text) == len("10:23:52") else time_of_day(text)
        except ValueError:
            value = time_of_day(text)
        if value is None:
            raise Unreadable(
                f"“{text}” is not a time of day", "Write it as hours and minutes, such as 14:05 or 2:05 PM."
            )
        self[text] = value
        return value


class Spans(dict[str, int]):
    """Reads each different length of time once, into whole seconds; a plain number is `unit()` seconds each."""

    def __init__(self, numbers: Numbers, *, unit: Callable[[], int]) -> None:
        super().__init__()
        self._numbers = numbers
        self._unit = unit

    def __missing__(self, text: str) -> int:
        self[text] = value = self._read(text.strip())
        return value

    def _read(self, text: str) -> int:
        if parts := _COLONS.fullmatch(text):
            return _colons(text, parts)
        parts = _WORDS.fullmatch(text)
        if parts and any(letter.isalpha() for letter in text):
            hours = Decimal((parts[2] or "0").replace(",", "."))
            return _signed(parts[1], whole(hours * HOUR) + int(parts[3] or 0) * MINUTE + int(parts[4] or 0))
        return whole(self._numbers[text] * self._unit())


def _colons(text: str, parts: re.Match[str]) -> int:
    minutes, seconds = int(parts[3]), int(parts[4] or 0)
    if minutes >= 60 or seconds >= 60:
        raise Unreadable(f"“{text}” is not a length of time", "Minutes and seconds go up to 59, as in 1:30 or 1:30:00.")
    part = Decimal(f"0.{parts[5] or 0}")
    return _signed(parts[1], int(parts[2]) * HOUR + minutes * MINUTE + whole(seconds + part))


def _signed(sign: str, seconds: int) -> int:
    return -seconds if sign else seconds


def whole(seconds: Decimal) -> int:
    """Return the nearest whole second: exports give hundredths of an hour (36 s) or seconds, so nothing is lost."""
    return int(seconds.to_integral_value())
