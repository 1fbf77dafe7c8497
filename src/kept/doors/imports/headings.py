"""Which column of a table holds which of our fields: known headings, and what its owner maps by hand."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kept.doors.imports.questions import Unknown

_CURRENCY = re.compile(r"\s*\(\s*([A-Z]{3}|[€$£¥])?\s*\)\s*$")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SIGNS = {"€": "EUR", "£": "GBP"}  # $ and ¥ name several currencies

type Headings = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Shape:
    """How one tool lays out its export: recognised when every group of `marks` has a heading in the file.

    `headings` names, per field of ours, the folded headings that hold it, best first. A plain number under `duration`
    is `duration_unit` seconds each, or None where the file must tell.
    """

    name: str
    marks: tuple[frozenset[str], ...] = ()
    headings: Headings = field(default_factory=dict)
    duration_unit: int | None = None

    def fits(self, folded: Iterable[str]) -> bool:
        """Say whether the folded headings are this tool's."""
        present = set(folded)
        return bool(self.marks) and all(mark & present for mark in self.marks)


def fold(heading: str) -> str:
    """Return the heading as the lists write it, without case, accents or currency: “Start_Date ” is “start date”."""
    plain = unicodedata.normalize("NFKD", _CAMEL.sub(" ", _CURRENCY.sub("", heading)).casefold())
    letters = "".join(" " if letter in "_-/" else letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(letters.split())


def currency_in(headings: Iterable[str]) -> str:
    """Return the currency a heading names in brackets, as in “Amount (EUR)”, or ""."""
    for heading in headings:
        named = _CURRENCY.search(heading)
        if named and named[1]:
            return _SIGNS.get(named[1], named[1] if len(named[1]) == 3 else "")
    return ""


def resolve(headings: Sequence[str], known: Headings, *, chosen: Mapping[str, str]) -> dict[str, tuple[int, ...]]:
    """Return the column numbers of each field found: what is `chosen` (column to field) first, then known headings.

    Two columns chosen for one field are both given, in that order. Raises Unknown when one is not there.
    """
    places: dict[str, tuple[int, ...]] = {}
    for column, field_name in chosen.items():
        places[field_name] = (*places.get(field_name, ()), _place(column, headings))
    taken = {place for several in places.values() for place in several}
    folded = [fold(heading) for heading in headings]
    for field_name, names in known.items():
        free = [folded.index(name) for name in names if name in folded and folded.index(name) not in taken]
        if free and field_name not in places:
            places[field_name] = (free[0],)
            taken.add(free[0])
    return places


def _place(column: str, headings: Sequence[str]) -> int:
    if column in headings:
        return headings.index(column)
    folded = [fold(heading) for heading in headings]
    if fold(column) in folded:
        return folded.index(fold(column))
    raise Unknown(
        f"There is no column “{column}” in the file. Its columns are: {listed(headings)}.",
        "Take one of these names, written exactly so.",
    )


def listed(headings: Iterable[str]) -> str:
    """Return the headings as a reader would list them."""
    return ", ".join(f"“{heading}”" for heading in headings if heading) or "none"


def as_columns(pairs: Iterable[str]) -> dict[str, str]:
    """Return {column: field} from texts such as HoursActual=hours; raises Unknown for a text without “=”."""
    columns: dict[str, str] = {}
    for pair in pairs:
        column, equals, field_name = pair.rpartition("=")
        if not (equals and column.strip() and field_name.strip()):
            raise Unknown(f"“{pair}” does not say which column is which field.", "Write it as --map COLUMN=FIELD.")
        columns[column.strip()] = field_name.strip()
    return columns


def straighten(columns: Mapping[str, str], headings: Sequence[str], *, fields: frozenset[str]) -> dict[str, str]:
    """Return {column: field}, turning round a pair plainly written field=column; raises Unknown for no field."""
    straight: dict[str, str] = {}
    folded = {fold(heading) for heading in headings}
    for column, field_name in columns.items():
        turned = field_name not in fields and column in fields and fold(field_name) in folded
        column, field_name = (field_name, column) if turned else (column, field_name)
        if field_name not in fields:
            raise Unknown(
                f"“{field_name}” is not a field Kept knows.",
                f"The fields are: {', '.join(sorted(fields))}; column first, as in --map Hours=hours.",
            )
        straight[column] = field_name
    return straight
