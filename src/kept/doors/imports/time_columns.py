"""From the cells of one row to its day, its beginning and its length, by the columns this file has."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache, partial

from kept.doors.imports.clocks import DAY, HOUR, MINUTE, Spans, Times, time_of_day
from kept.doors.imports.dates import Days, moment
from kept.doors.imports.headings import Shape, fold
from kept.doors.imports.numbers import Numbers, plain_mark, tidy
from kept.doors.imports.questions import Question, Unreadable
from kept.doors.imports.sheets import Cells, Sheet

LONGEST_TASK = 100_000 * HOUR  # fifty people for a year: beyond it a figure is a slip
LENGTHS = ("hours", "decimal", "minutes", "seconds", "duration")
_UNITS = {"hours": HOUR, "decimal": HOUR, "minutes": MINUTE, "seconds": 1}


class When:
    """Reads a row's day and beginning. Cells must be as wide as the headings and one empty cell more."""

    def __init__(self, places: Mapping[str, int], *, days: Days, absent: int) -> None:
        self._days = days
        self._times = Times()
        self._day = places.get("day", absent)
        self._start = places.get("start", absent)
        self._end_day = places.get("end_day", absent)
        self._end = places.get("end", absent)

    def began(self, cells: Cells) -> tuple[date, datetime | None]:
        """Return the row's day, and its beginning where the file tells it; raises Unreadable without a day."""
        day_text, start_text = cells[self._day], cells[self._start]
        if not day_text:
            start = moment(start_text.strip(), self._days)
            return (start.date(), start) if start else (self._days[start_text], None)
        day = self._days[day_text]
        if not start_text:
            return day, moment(day_text.strip(), self._days)
        return day, self._at(start_text, day)

    def _at(self, text: str, day: date) -> datetime:
        known = self._times.get(text)
        if known is not None:
            return datetime.combine(day, known)
        return moment(text.strip(), self._days) or datetime.combine(day, self._times[text])

    def texts(self, cells: Cells) -> tuple[str, str]:
        """Return what the row says of its day and beginning, as written."""
        return cells[self._day], cells[self._start]

    def elapsed(self, cells: Cells) -> int | None:
        """Return the seconds from beginning to end, or None where the row does not give both."""
        _, start = self.began(cells)
        end_text, end_day = cells[self._end], cells[self._end_day]
        if start is None or not end_text.strip():
            return None
        end = self._at(end_text, self._days[end_day] if end_day else start.date())
        if (end.tzinfo is None) != (start.tzinfo is None):
            end = end.replace(tzinfo=start.tzinfo)
        if end < start and not end_day and time_of_day(end_text):
            end += timedelta(days=1)  # past midnight
        return round((end - start).total_seconds())


class Lengths:
    """Reads how long a row's work took: from its own column where there is one, else from beginning to end."""

    def __init__(self, columns: list[tuple[int, Spans]], *, when: When, longest: int) -> None:
        self._columns = columns
        self._when = when
        self._longest = longest

    def seconds(self, cells: Cells, *, started: bool) -> int:
        """Return the whole seconds worked; raises Unreadable when there are none, or they cannot be."""
        for index, spans in self._columns:
            if text := cells[index]:
                seconds = spans[text]
                break
        else:
            seconds = self._elapsed(cells, started=started)
        if seconds < 0:
            raise Unreadable(
                "the time is less than nothing: its end lies before its beginning", "Correct the times in the file."
            )
        if seconds > self._longest:
            raise _too_long(seconds, per_task=self._longest > DAY)
        return seconds

    def _elapsed(self, cells: Cells, *, started: bool) -> int:
        seconds = self._when.elapsed(cells)
        if seconds is not None:
            return seconds
        if started:
            raise Unreadable(
                "its timer was still running: it has a beginning and no end",
                "Stop it, export again, and import that file.",
            )
        raise Unreadable("it does not say how long the work took", "Fill in the hours, then import the file again.")


def _too_long(seconds: int, *, per_task: bool) -> Unreadable:
    if per_task:
        return Unreadable(f"{seconds // HOUR} hours for one task are a slip", "Correct the hours in the file.")
    return Unreadable(
        f"{seconds // HOUR}:{seconds // MINUTE % MINUTE:02} hours in one row are more than a day has",
        "Correct it; or, where each row is a whole task, name the column of its number with --map COLUMN=id.",
    )


def lengths(sheet: Sheet, places: Mapping[str, int], *, shape: Shape, when: When) -> Lengths:
    """Build the reader of lengths for the columns a file has; with an id, rows may be whole tasks of any length."""
    per_task = "id" in places and shape.name == "csv"
    mark = "." if sheet.delimiter == "," else ","
    columns = []
    for name in (name for name in LENGTHS if name in places):
        place, fixed = places[name], _UNITS.get(name)
        numbers = Numbers(partial(sheet.column, place), otherwise=mark, thousands=per_task or fixed != HOUR)
        unit = cache(partial(settle_unit, sheet, place, shape=shape, when=when))
        columns.append((place, Spans(numbers, unit=unit if fixed is None else partial(int, fixed))))
    return Lengths(columns, when=when, longest=LONGEST_TASK if per_task else DAY)


def settle_unit(sheet: Sheet, place: int, *, shape: Shape, when: When) -> int:
    """Return the seconds one unit of a plain duration stands for: by its decimals, the tool, or the rows' own times.

    Raises Question when nothing tells whether 90 is seconds, minutes or hours.
    """
    if any(plain_mark(text) for text in sheet.column(place)):
        return HOUR
    if shape.duration_unit:
        return shape.duration_unit
    votes = dict.fromkeys((1, MINUTE, HOUR), 0)
    for number, elapsed in _measured(sheet, place, when):
        votes[min(votes, key=lambda unit: abs(number * unit - elapsed))] += 1
    if any(votes.values()):
        return max(votes, key=lambda unit: votes[unit])
    heading = sheet.headings[place]
    raise Question(
        f"The column “{heading}” holds plain numbers, and nothing says whether they are "
        "hours, minutes or seconds. Nothing was imported.",
        f'Say which, for instance: --map "{heading}=hours"  (or minutes, or seconds).',
        tuple(f"--map {heading}={unit}" for unit in ("hours", "minutes", "seconds")),
    )


def _measured(sheet: Sheet, place: int, when: When) -> Iterator[tuple[int, int]]:
    for _, cells in sheet.rows():
        text = tidy(cells[place]) if place < len(cells) else ""
        if not text.isdecimal() or len(text) > 9 or not int(text):
            continue
        try:
            elapsed = when.elapsed([*cells, *[""] * (len(sheet.headings) + 1 - len(cells))])
        except Unreadable:
            continue
        if elapsed:
            yield int(text), elapsed


def dates_in(sheet: Sheet, places: Mapping[str, int]) -> Iterator[str]:
    """Yield every date of the file: of the columns read, and of others that say they hold dates."""
    named = {
        index for index, heading in enumerate(sheet.headings) if {"date", "datum", "fecha"} & set(fold(heading).split())
    }
    wanted = sorted(named | {places[name] for name in ("day", "start", "end_day", "end") if name in places})
    for _, cells in sheet.rows():
        for index in wanted:
            if index < len(cells):
                yield cells[index]
