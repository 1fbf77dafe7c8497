"""Days and moments as exports write them; which of two numbers is the month is settled by the whole file, or asked."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, datetime

from kept.doors.imports.clocks import time_of_day
from kept.doors.imports.questions import Question, Unreadable

_MONTHS = (
    "jan january januar jaenner janner janvier janv enero ene januari gennaio",
    "feb february februar fevrier fevr fev febrero februari",
    "mar march marz maerz mrz mars marzo maart mrt",
    "apr april avril avr abril abr",
    "may mai mayo mei",
    "jun june juni juin junio",
    "jul july juli juillet juil julio",
    "aug august aout agosto ago augustus",
    "sep sept september septembre septiembre set",
    "oct october oktober okt octobre octubre",
    "nov november novembre noviembre",
    "dec december dezember dez decembre diciembre dic",
)
MONTH = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
YEARS = range(1970, 2200)  # work outside is a slip of the pen
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})\.?")
_DAY_NAME_YEAR = re.compile(
    r"(?:\w+\.?,?\s+)?(\d{1,2})\.?[-\s/]*(?:de\s+)?([^\W\d]+)\.?[-,\s/]*(?:de\s+)?(\d{4}|\d{2})"
)
_NAME_DAY_YEAR = re.compile(r"(?:\w+\.?,?\s+)?([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_WITH_TIME = re.compile(r"(\S.*?)(?:T|,?\s+)(\d{1,2}[:.h]\d{2}.*)")
_WRITE = "Write it as year-month-day, such as 2025-04-24."


class Days(dict[str, date]):
    """Reads each different text once. `evidence` gives every date of the file, asked when one reads both ways.

    `day_first` is the owner's answer and wins over evidence. Raises Question when neither settles the order, and
    Unreadable for a text that is no date, or an impossible one.
    """

    def __init__(self, evidence: Callable[[], Iterable[str]] = tuple, *, day_first: bool | None = None) -> None:
        super().__init__()
        self._evidence = evidence
        self._day_first = day_first

    def __missing__(self, text: str) -> date:
        self[text] = value = self._read(text.strip())
        return value

    def _read(self, text: str) -> date:
        try:
            day = date.fromisoformat(text) if len(text) == len("2025-04-24") else self._other(text)
        except ValueError:
            day = self._other(text)
        _check_year(day, text)
        return day

    def _other(self, text: str) -> date:
        if parts := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
            return _day(text, int(parts[1]), int(parts[2]), int(parts[3]))
        if parts := _YEAR_LAST.fullmatch(text):
            return self._numbered(text, parts)
        if (parts := _DAY_NAME_YEAR.fullmatch(text)) and (month := _month(parts[2])):
            return _day(text, _year(parts[3]), month, int(parts[1]))
        if (parts := _NAME_DAY_YEAR.fullmatch(text)) and (month := _month(parts[1])):
            return _day(text, _year(parts[3]), month, int(parts[2]))
        if parts := _WITH_TIME.fullmatch(text):
            return self[parts[1]]
        raise Unreadable(f"“{text}” is not a date" if text else "there is no date", _WRITE)

    def _numbered(self, text: str, parts: re.Match[str]) -> date:
        first, second, year = int(parts[1]), int(parts[3]), _year(parts[4])
        if first == second:
            return _day(text, year, first, second)
        if self._day_first is None and parts[2] == ".":
            return _day(text, year, second, first)
        if self.day_first(text):
            return _day(text, year, second, first)
        return _day(text, year, first, second)

    def day_first(self, example: str) -> bool:
        """Say whether the day stands before the month in this file; raises Question when nothing tells."""
        if self._day_first is None:
            self._day_first = settle(self._evidence(), example=example)
        return self._day_first


def settle(texts: Iterable[str], *, example: str) -> bool:
    """Say whether the day stands first, by the dates past a 12th; raises Question on none or a tie."""
    day_first = month_first = 0
    for text in map(str.strip, set(texts)):
        parts = _YEAR_LAST.match(text)
        first, second = (int(parts[1]), int(parts[3])) if parts else (0, 0)
        day_first += 12 < first <= 31 and 1 <= second <= 12
        month_first += 12 < second <= 31 and 1 <= first <= 12
    if day_first == month_first:
        raise _question(example, contradicting=bool(day_first))
    return day_first > month_first


def _question(example: str, *, contradicting: bool) -> Question:
    why = "its dates contradict each other" if contradicting else "no date in the file settles it"
    parts = _YEAR_LAST.match(example)
    readings = ""
    if parts and int(parts[1]) <= 12 and int(parts[3]) <= 12:
        one, two = (date(2000, int(parts[m]), int(parts[d])) for d, m in ((1, 3), (3, 1)))
        readings = f": {one.day} {one:%B} or {two.day} {two:%B}"
    return Question(
        f"“{example}” can be read with the day or the month first{readings}, and {why}. Nothing was imported.",
        "Say which: run the same command again with --day-first or with --month-first.",
        ("--day-first", "--month-first"),
    )


def moment(text: str, days: Days) -> datetime | None:
    """Read date and time in one cell, such as 2024-03-04T09:23:52Z or 03/04/2024 10:23 AM; else None."""
    if len(text) <= len("2025-04-24"):
        return None
    try:
        began = datetime.fromisoformat(text)
    except ValueError:
        parts = _WITH_TIME.fullmatch(text)
        at = time_of_day(parts[2]) if parts else None
        return datetime.combine(days[parts[1]], at) if parts and at is not None else None
    _check_year(began, text)
    return began


def _check_year(day: date, text: str) -> None:
    if day.year not in YEARS:
        raise Unreadable(f"“{text}” lies in the year {day.year}, which is a slip", _WRITE)


def _day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        if not 1 <= month <= 12:
            why = f"“{text}” is not a date: there is no month {month}"
        else:
            why = f"“{text}” is not a date: month {month} has no day {day}"
        raise Unreadable(
            why, "Correct the date in the file, then import it again; rows already stored are known."
        ) from None


def _year(text: str) -> int:
    year = int(text)
    if len(text) > 2:
        return year
    return year + (2000 if year < 70 else 1900)  # the pivot of POSIX strptime


def _month(name: str) -> int | None:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return MONTH.get("".join(letter for letter in plain if not unicodedata.combining(letter)))
