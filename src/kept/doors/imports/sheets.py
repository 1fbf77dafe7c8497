"""Open a delimited text file whatever its encoding, delimiter and quoting, and walk its rows by line."""

import codecs
import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kept.doors.imports.questions import Unknown

DELIMITERS = (",", ";", "\t", "|")
HEAD_ROWS = 12  # titles and blank lines that may stand above the headings
TORN = "\0"  # no cell holds a null once the text is read
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_NOT_TEXT = (
    (b"PK\x03\x04", "a spreadsheet workbook"),
    (b"\xd0\xcf\x11\xe0", "a spreadsheet workbook"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a packed file"),
)

type Cells = list[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text table: `headings` as written, on line `heading_line`; `rows()` walks what stands below."""

    text: str
    delimiter: str
    headings: tuple[str, ...]
    heading_line: int

    def rows(self) -> Iterator[tuple[int, Cells]]:
        """Yield (line, cells) of every row below the headings that is not blank."""
        for line, cells in walk(self.text, self.delimiter):
            if line > self.heading_line and any(cells):
                yield line, cells

    def column(self, index: int) -> Iterator[str]:
        """Yield the non-empty cells of one column."""
        for _, cells in self.rows():
            if index < len(cells) and cells[index]:
                yield cells[index]


def read_text(path: Path) -> str:
    """Return the file's text, without byte-order mark and null characters.

    Raises Unknown when there is no such file or it is not text at all.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Unknown(
            f"{path} could not be opened: {error.strerror or error}.", "Check the path, then try again."
        ) from error
    for start, what in _NOT_TEXT:
        if data.startswith(start):
            raise Unknown(f"{path.name} is {what}, not a text table.", "Open it, save it as CSV, and import that file.")
    return _decode(data).replace("\0", "")


def _decode(data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, errors="replace")
    head = data[:400]
    if head.count(0) > len(head) // 4:
        return data.decode("utf-16-be" if head[:1] == b"\0" else "utf-16-le", errors="replace")
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def walk(text: str, delimiter: str) -> Iterator[tuple[int, Cells]]:
    """Yield (line, cells) of each record, its first line counted as an editor does, also below cells of several lines.

    A record whose quotation mark never closes is given as [TORN], and reading goes on with the very next line.
    """
    buffer = io.StringIO(text, newline="")
    start = line = 0  # where the next record begins
    while start < len(text):
        buffer.seek(start)
        reader = csv.reader(buffer, delimiter=delimiter)
        base = line
        try:
            for cells in reader:
                end = base + reader.line_num
                if end - line > 1 and _torn(text[start : buffer.tell()], delimiter):
                    break
                yield line + 1, cells
                line, start = end, buffer.tell()
            else:
                return
        except csv.Error:  # a cell longer than any note: a quotation mark that swallowed the rows below
            pass
        yield line + 1, [TORN]
        buffer.seek(start)
        buffer.readline()
        line, start = line + 1, buffer.tell()


def _torn(record: str, delimiter: str) -> bool:
    try:
        list(csv.reader(io.StringIO(record, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return True
    return False


def open_sheet(text: str, fit: Callable[[Cells], int]) -> Sheet:
    """Find delimiter and heading row: those `fit` scores highest; ties go to the most columns, then the top.

    Raises Unknown when the file holds no row at all.
    """
    first_line, _, rest = text.partition("\n")
    delimiters: tuple[str, ...] = DELIMITERS
    if first_line.casefold().startswith("sep=") and len(first_line.strip()) == len("sep=") + 1:
        delimiters = (first_line.strip()[-1],)
        text = "\n" + rest
    best: tuple[tuple[int, int, int], str, int, Cells] | None = None
    for delimiter in delimiters:
        for line, cells in _head(text, delimiter):
            rank = (fit(cells), sum(map(bool, cells)), -line)
            if best is None or rank > best[0]:
                best = (rank, delimiter, line, cells)
    if best is None:
        raise Unknown("The file is empty.", "Export it again, with at least one row, and import that file.")
    _, delimiter, line, cells = best
    return Sheet(text, delimiter, tuple(cell.strip() for cell in cells), line)


def _head(text: str, delimiter: str) -> list[tuple[int, Cells]]:
    found = []
    for line, cells in walk(text, delimiter):
        if any(cell.strip() for cell in cells):
            found.append((line, cells))
        if len(found) == HEAD_ROWS:
            break
    return found
