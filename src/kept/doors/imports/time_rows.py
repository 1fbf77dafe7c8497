"""The reader of one file's rows: columns found once, formats settled once, then one pass from cells to time rows."""

from collections.abc import Mapping
from decimal import Decimal
from hashlib import sha256
from operator import itemgetter

from kept.doors.imports.dates import Days
from kept.doors.imports.headings import Shape, currency_in
from kept.doors.imports.numbers import Numbers
from kept.doors.imports.questions import Unreadable
from kept.doors.imports.sheets import TORN, Cells, Sheet
from kept.doors.imports.time_columns import When, dates_in, lengths
from kept.doors.imports.words import Currencies, Flags, Texts, is_total
from kept.measures.entries import TimeRow

_TEXTS = ("email", "client", "project", "task", "note", "id")
_FACTS = ("billable", "currency", "rate")


class TimeRows:
    """Reads rows of `sheet`; `people` are the columns that together name the person, `places` one column a field."""

    def __init__(
        self, sheet: Sheet, places: Mapping[str, int], *, people: tuple[int, ...], shape: Shape, day_first: bool | None
    ) -> None:
        self._source = shape.name
        self._width = absent = len(sheet.headings)
        self._people = people
        self._texts = itemgetter(*(places.get(name, absent) for name in _TEXTS))
        self._facts = itemgetter(*(places.get(name, absent) for name in _FACTS))
        self._when = When(places, days=Days(lambda: dates_in(sheet, places), day_first=day_first), absent=absent)
        self._lengths = lengths(sheet, places, shape=shape, when=self._when)
        self._tidy, self._flags, self._currencies = Texts(), Flags(), Currencies()
        self._rates = Numbers(lambda: _column(sheet, places, "rate"), otherwise="." if sheet.delimiter == "," else ",")
        self._currency = currency_in(sheet.headings)
        self._twins: dict[str, int] = {}

    def read(self, line: int, cells: Cells) -> TimeRow:
        """Return the row; raises Unreadable for a row that is none, Question where the file must be explained first."""
        self.widen(cells)
        day, started_at = self._when.began(cells)
        seconds = self._lengths.seconds(cells, started=started_at is not None)
        email, client, project, task, note, given = map(self._tidy.__getitem__, self._texts(cells))
        billable, currency, rate = self._facts(cells)
        person = self._person(cells)
        if not given:
            moment = started_at.isoformat() if started_at else ""
            given = self._known_by(
                f"{day.isoformat()}\x1f{moment}\x1f{seconds}\x1f{email or person}\x1f"
                f"{client}\x1f{project}\x1f{task}\x1f{note}"
            )
        return TimeRow(
            line, self._source, given, person, email, client, project, task, note, day, started_at, seconds,
            self._flags[billable] if billable else None,
            self._currencies[currency] if currency else self._currency,
            self._rate(rate),
        )  # fmt: skip

    def widen(self, cells: Cells) -> None:
        """Give a row one empty cell past the headings, for fields the file has not; raises Unreadable if wider."""
        missing = self._width - len(cells)
        if missing >= 0:
            cells.extend([""] * (missing + 1))
            if cells[0] == TORN:
                raise Unreadable(
                    "a quotation mark opens on this line and never closes",
                    "Close it or take it out, then import the file again.",
                )
            return
        if any(cell.strip() for cell in cells[self._width :]):
            raise Unreadable(
                f"it has {len(cells)} cells under {self._width} headings",
                "A text with the delimiter in it needs quotation marks around it.",
            )
        cells[self._width :] = [""]

    def _person(self, cells: Cells) -> str:
        if len(self._people) == 1:
            return self._tidy[cells[self._people[0]]]
        return self._tidy[" ".join(filter(None, (cells[place].strip() for place in self._people)))]

    def _known_by(self, facts: str) -> str:
        digest = sha256(facts.encode("utf-8", "replace"))
        name = digest.hexdigest()
        if name not in self._twins:
            self._twins[name] = 1
            return name
        digest.update(f"\x1f{self._twins[name]}".encode())
        self._twins[name] += 1
        return digest.hexdigest()

    def _rate(self, text: str) -> Decimal | None:
        if not text:
            return None
        try:
            return self._rates[text]
        except Unreadable:  # the hours are what counts: an unclear rate is left out, never the row
            return None

    def is_summary(self, cells: Cells) -> bool:
        """Say whether a row that could not be read is a sum of others: labelled so, or a length and nothing else."""
        label = next((cell for cell in cells if cell.strip()), "")
        told = (*self._texts(cells), *self._when.texts(cells), *(cells[place] for place in self._people))
        return is_total(label) or not any(text.strip() for text in told)


def _column(sheet: Sheet, places: Mapping[str, int], name: str) -> tuple[str, ...]:
    return tuple(sheet.column(places[name])) if name in places else ()
