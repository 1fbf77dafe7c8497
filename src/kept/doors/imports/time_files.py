"""Read any time export into frozen rows: what could be read, what could not and why, and what was only a sum."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kept.doors.imports import clockify, generic, harvest, kimai, toggl
from kept.doors.imports.headings import Shape, fold, listed, resolve, straighten
from kept.doors.imports.questions import Unknown, Unreadable
from kept.doors.imports.sheets import Sheet, open_sheet, read_text
from kept.doors.imports.time_columns import LENGTHS
from kept.doors.imports.time_rows import TimeRows
from kept.measures.entries import Rejection, TimeRow

SHAPES = (clockify.SHAPE, toggl.SHAPE, harvest.SHAPE, kimai.SHAPE, generic.SHAPE)
FORMATS = ("auto", *sorted(shape.name for shape in SHAPES))
FIELDS = frozenset(
    {"id", "person", "email", "client", "project", "task", "note", "day", "start", "end", "hours", "minutes", "seconds",
     "billable", "rate", "currency"}
)  # fmt: skip
_LIKELY = {
    "day": ("date", "day", "completed", "on", "datum", "fecha"),
    "hours": ("actual", "hours", "tracked", "time", "spent", "duration", "stunden", "heures", "horas", "uren"),
}
_LENGTH_FIELDS = frozenset({"hours", "minutes", "seconds"})


@dataclass(frozen=True, slots=True)
class TimeReading:
    """What a file held. `total` counts its rows, sums aside: rows + rejections + repeated.

    `repeated` counts rows whose id stood further up already; `summaries` lists sum rows, which are not work.
    `numbered_by` is the folded heading of the column that gave the ids, "" where rows are known by their facts.
    """

    format: str
    rows: list[TimeRow]
    rejections: list[Rejection]
    summaries: list[Rejection]
    repeated: int
    numbered_by: str = ""

    @property
    def total(self) -> int:
        """Return how many rows of work the file holds."""
        return len(self.rows) + len(self.rejections) + self.repeated

    @property
    def seconds(self) -> int:
        """Return the seconds of all rows read."""
        return sum(row.seconds for row in self.rows)


def read(
    path: Path, *, format: str = "auto", columns: Mapping[str, str] | None = None,
    person_column: str | None = None, day_first: bool | None = None,
) -> TimeReading:  # fmt: skip
    """Read the export at `path`; `columns` maps its headings to FIELDS, `day_first` answers the question of 03/04/2024.

    Raises Unknown when the file or its columns cannot be recognised, and Question when it can be read in two ways.
    """
    chosen = dict(columns or {}) | ({person_column: "person"} if person_column else {})
    asked = {fold(name) for pair in chosen.items() for name in pair}
    sheet = open_sheet(read_text(path), lambda cells: _fit(cells, asked))
    shape = _shape(sheet, format)
    chosen = straighten(chosen, sheet.headings, fields=FIELDS)
    found = _places(sheet, shape, chosen)
    people = found.get("person") or (*found.get("first", ()), *found.get("last", ()))
    reader = TimeRows(
        sheet, {name: several[0] for name, several in found.items()}, people=people, shape=shape, day_first=day_first
    )
    return _walk(sheet, reader, shape=shape, numbered_by=fold(sheet.headings[found["id"][0]]) if "id" in found else "")


def _walk(sheet: Sheet, reader: TimeRows, *, shape: Shape, numbered_by: str) -> TimeReading:
    rows: list[TimeRow] = []
    rejections: list[Rejection] = []
    summaries: list[Rejection] = []
    seen: set[str] = set()
    repeated = 0
    for line, cells in sheet.rows():
        try:
            row = reader.read(line, cells)
        except Unreadable as error:
            if not any(map(str.strip, cells)):
                continue
            if reader.is_summary(cells):
                summaries.append(Rejection(line, "it is a sum of other rows", "Nothing to do: it was left out."))
            else:
                rejections.append(Rejection(line, error.why, error.remedy))
            continue
        if numbered_by and row.external_id in seen:
            repeated += 1
            continue
        if numbered_by:
            seen.add(row.external_id)
        rows.append(row)
    return TimeReading(shape.name, rows, rejections, summaries, repeated, numbered_by)


def _fit(cells: list[str], asked: set[str]) -> int:
    folded = {fold(cell) for cell in cells}
    known = sum(1 for names in generic.HEADINGS.values() if folded.intersection(names))
    return known + 2 * len(folded & asked)


def _shape(sheet: Sheet, name: str) -> Shape:
    if name not in FORMATS:
        raise Unknown(f"Kept knows no format “{name}”.", f"Take one of: {', '.join(FORMATS)}.")
    folded = [fold(heading) for heading in sheet.headings]
    if name == "auto":
        return next((shape for shape in SHAPES if shape.fits(folded)), generic.SHAPE)
    return next(shape for shape in SHAPES if shape.name == name)


def _places(sheet: Sheet, shape: Shape, chosen: Mapping[str, str]) -> dict[str, tuple[int, ...]]:
    known = {**generic.HEADINGS, **shape.headings}
    if _LENGTH_FIELDS & set(chosen.values()):
        known = {name: names for name, names in known.items() if name not in LENGTHS}
    found = resolve(sheet.headings, known, chosen=chosen)
    has_length = any(name in found for name in LENGTHS) or {"start", "end"} <= found.keys()
    if has_length and ("day" in found or "start" in found):
        return found
    missing = "how long the work took" if "day" in found or "start" in found else "the day of the work"
    if not has_length and missing.startswith("the day"):
        missing = "the day of the work, nor how long it took"
    raise Unknown(
        f"Kept could not tell which column holds {missing}. The columns are: {listed(sheet.headings)}. "
        "Nothing was imported.",
        f"Name them, for instance: {_example(sheet, has_length=has_length)}",
    )


def _example(sheet: Sheet, *, has_length: bool) -> str:
    taken = {
        name for field_name in ("client", "project", "task", "note", "person") for name in generic.HEADINGS[field_name]
    }
    free = [heading for heading in sheet.headings if heading and fold(heading) not in taken]
    parts = []
    for field_name in ("day",) if has_length else ("day", "hours"):
        guesses = (h for word in _LIKELY[field_name] for h in free if word in fold(h).split())
        parts.append(f'--map "{next(guesses, "COLUMN")}={field_name}"')
    return " ".join(parts)
