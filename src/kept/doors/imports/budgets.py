"""Read what was agreed for each engagement: a table of client, engagement, kind, starts, ends, hours, fee, currency."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

from kept.doors.imports.dates import Days
from kept.doors.imports.generic import HEADINGS as TIME_HEADINGS
from kept.doors.imports.headings import Headings, currency_in, fold, listed, resolve, straighten
from kept.doors.imports.numbers import Numbers
from kept.doors.imports.questions import Unknown, Unreadable
from kept.doors.imports.sheets import TORN, Cells, Sheet, open_sheet, read_text
from kept.doors.imports.words import Currencies, is_total
from kept.measures.entries import BudgetRow, Rejection

HEADINGS: Headings = {
    "client": TIME_HEADINGS["client"],
    "engagement": (
        *TIME_HEADINGS["project"], "name", "title", "contract", "retainer", "vertrag", "contrat",
        "contrato",
    ),
    "kind": (
        "kind", "type", "engagement type", "billing type", "budget type", "art", "typ", "genre", "tipo",
        "soort",
    ),
    "starts": (
        "starts", "starts on", "begins", "starting", "valid from", "desde", *TIME_HEADINGS["start"],
        *TIME_HEADINGS["day"],
    ),
    "ends": ("ends", "ends on", "ending", "valid until", *TIME_HEADINGS["end"], *TIME_HEADINGS["end_day"]),
    "hours": (
        "hours", "budget hours", "hours budget", "budgeted hours", "hours estimate", "estimated hours",
        "estimated (h)", "stunden", "stundenbudget", "heures", "horas", "uren",
    ),
    "fee": (
        "fee", "budget fee", "amount", "price", "value", "budget", "budget amount", "honorar", "betrag",
        "preis", "honoraires", "montant", "importe", "honorarios", "bedrag", "prijs",
    ),
    "currency": TIME_HEADINGS["currency"],
}  # fmt: skip
FIELDS = frozenset(HEADINGS)
_NEEDED = ("client", "engagement", "kind", "starts")
_KINDS = {
    "retainer": "retainer|monthly|monthly retainer|recurring|month|abo|monatlich|mensuel|abonnement|iguala|mensual",
    "fixed": "fixed|fixed fee|fixed price|flat|flat fee|lump sum|festpreis|pauschal|forfait|precio fijo|vaste prijs",
    "hourly": "hourly|by the hour|time and materials|time & materials|t&m|nach aufwand|regie|por horas|uurbasis",
}
_KIND = {word: kind for kind, words in _KINDS.items() for word in words.split("|")}
_SIGN = {"€": "EUR", "£": "GBP"}


@dataclass(frozen=True, slots=True)
class BudgetReading:
    """The budgets of a file, and the rows that could not be read."""

    rows: list[BudgetRow]
    rejections: list[Rejection]


def read(path: Path, *, columns: Mapping[str, str] | None = None, day_first: bool | None = None) -> BudgetReading:
    """Read the table at `path`; `columns` maps its headings to FIELDS, `day_first` answers the question of 03/04/2024.

    Raises Unknown when a needed column is missing, Question when dates can be read in two ways.
    """
    asked = {fold(name) for pair in (columns or {}).items() for name in pair}
    sheet = open_sheet(read_text(path), lambda cells: sum(fold(cell) in asked | _KNOWN for cell in cells))
    chosen = straighten(columns or {}, sheet.headings, fields=FIELDS)
    places = {name: several[0] for name, several in resolve(sheet.headings, HEADINGS, chosen=chosen).items()}
    missing = [name for name in _NEEDED if name not in places]
    if missing:
        raise Unknown(
            f"There is no column for {', '.join(missing)}. The columns are: {listed(sheet.headings)}. "
            "Nothing was imported.",
            f"Head the columns client, engagement, kind, starts, ends, hours, fee, currency; "
            f'or name them, for instance: --map "COLUMN={missing[0]}"',
        )
    return _walk(sheet, _Budgets(sheet, places, day_first=day_first))


_KNOWN = frozenset(name for names in HEADINGS.values() for name in names)


def _walk(sheet: Sheet, budgets: "_Budgets") -> BudgetReading:
    rows: list[BudgetRow] = []
    rejections: list[Rejection] = []
    first_line: dict[tuple[str, str, date], int] = {}
    for line, cells in sheet.rows():
        if not any(map(str.strip, cells)) or is_total(next(cell for cell in cells if cell.strip())):
            continue
        try:
            row = budgets.read(line, cells)
            before = first_line.setdefault((row.client, row.engagement, row.starts), line)
            if before != line:
                raise Unreadable(
                    f"the same engagement with the same beginning stands on line {before}", "Keep one of the two."
                )
        except Unreadable as error:
            rejections.append(Rejection(line, error.why, error.remedy))
        else:
            rows.append(row)
    return BudgetReading(rows, rejections)


class _Budgets:
    def __init__(self, sheet: Sheet, places: Mapping[str, int], *, day_first: bool | None) -> None:
        self._places = places
        self._heading_currency = currency_in(sheet.headings)
        self._currencies = Currencies()
        numbers = [places[name] for name in ("hours", "fee") if name in places]
        dates = [places[name] for name in ("starts", "ends") if name in places]
        self._numbers = Numbers(partial(_cells, sheet, numbers))
        self._days = Days(partial(_cells, sheet, dates), day_first=day_first)

    def read(self, line: int, cells: Cells) -> BudgetRow:
        if cells[0] == TORN:
            raise Unreadable("a quotation mark opens on this line and never closes", "Close it or take it out.")
        text = {name: cells[place].strip() if place < len(cells) else "" for name, place in self._places.items()}
        for name in _NEEDED:
            if not text[name]:
                raise Unreadable(f"it names no {_CALLED[name]}", "Fill it in, then import the file again.")
        starts, ends = self._days[text["starts"]], self._days[text["ends"]] if text.get("ends") else None
        hours, fee = self._amount(text.get("hours", "")), self._amount(text.get("fee", ""))
        kind = _kind(text["kind"])
        _check(kind, starts=starts, ends=ends, agreed=(hours, fee))
        return BudgetRow(line, text["client"], text["engagement"], kind, starts, ends, hours, fee, self._currency(text))

    def _amount(self, text: str) -> Decimal | None:
        if text.casefold() in ("", "-", "n/a", "na"):
            return None
        value = self._numbers[text]
        if value < 0:
            raise Unreadable(f"“{text}” is less than nothing", "Write what was agreed, as a positive number.")
        return value

    def _currency(self, text: Mapping[str, str]) -> str:
        fee = text.get("fee", "")
        in_fee = self._currencies[re.sub(r"[\d.,'\s]+", "", fee)] or next(
            (_SIGN[sign] for sign in _SIGN if sign in fee), ""
        )
        return self._currencies[text.get("currency", "").upper()] or in_fee or self._heading_currency


_CALLED = {"client": "client", "engagement": "engagement", "kind": "kind", "starts": "beginning"}


def _cells(sheet: Sheet, places: list[int]) -> list[str]:
    return [text for place in places for text in sheet.column(place)]


def _kind(text: str) -> str:
    kind = _KIND.get(" ".join(text.casefold().replace("-", " ").replace("_", " ").split()))
    if kind is None:
        raise Unreadable(f"“{text}” is no kind of engagement Kept knows", "Write retainer, fixed or hourly.")
    return kind


def _check(kind: str, *, starts: date, ends: date | None, agreed: tuple[Decimal | None, Decimal | None]) -> None:
    if ends is not None and ends < starts:
        raise Unreadable(f"it ends on {ends}, before it starts on {starts}", "Correct one of the two dates.")
    if kind != "hourly" and agreed == (None, None):
        raise Unreadable(f"a {kind} engagement needs hours or a fee", "Fill in the hours, the fee or both.")
