"""The file of a backup: a zip with one list of rows a table, as JSON lines, and a page that says what must be in it."""

import base64
import hashlib
import json
import os
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any
from uuid import UUID

FORMAT = 1
ABOUT = "about.json"
LEVEL = 3  # of compression; the letters in it are compressed already, more costs time and saves little
LONGEST_ABOUT = 10_000_000  # bytes, a thousand times what it takes
Row = list[Any]
Table = tuple[str, list[str], Iterable[Iterable[Any]]]  # its name, its columns, its rows


# all that reading a zip may meet whose bytes are not those that were written
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OverflowError, struct.error)


class Broken(Exception):
    """The file is not a whole backup; the message says what is wrong with it."""


@dataclass(frozen=True)
class Archive:
    """A backup that was looked at: what it says about itself, and by table its number of rows and their sha256."""

    path: Path
    about: dict[str, Any]
    tables: dict[str, dict[str, Any]]

    @property
    def rows(self) -> int:
        return sum(table["rows"] for table in self.tables.values())


def write(path: Path, tables: Iterable[Table], *, about: dict[str, Any]) -> Archive:
    """Write the file, readable by its owner only; it has its name when it is whole and was read back, not before.

    Raises OSError where it cannot be written; nothing is left then.
    """
    number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
    try:
        with os.fdopen(number, "wb") as file:
            _fill(file, tables, about)
            file.flush()
            os.fsync(file.fileno())
        archive = open_archive(Path(name))
        verify(archive)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Archive(path, archive.about, archive.tables)


def open_archive(path: Path) -> Archive:
    """What the file says about itself. Raises Broken when it is no backup, OSError when it cannot be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo(ABOUT).file_size > LONGEST_ABOUT:
                raise Broken(f"{path} is not a backup of Kept: what it says about itself has no end.")
            about = json.loads(archive.read(ABOUT))
        if about["format"] != FORMAT:
            raise Broken(f"{path} is a backup of another form ({about['format']}); a newer Kept can read it.")
        return Archive(path, about | {"migrations": list(about["migrations"])}, dict(about["tables"]))
    except (*UNREADABLE, KeyError, ValueError, TypeError) as fault:
        raise Broken(f"{path} is not a backup of Kept, or not all of it is there ({fault}).") from None


def verify(archive: Archive) -> None:
    """Read everything once. Raises Broken when a table is not as it was written."""
    for name in archive.tables:
        for _ in _lines(archive, name):
            pass


def rows(archive: Archive, table: str) -> Iterator[Row]:
    """The rows of a table, its list of columns first. Raises Broken at the end when they are not what was written."""
    return map(json.loads, _lines(archive, table))


def _lines(archive: Archive, table: str) -> Iterator[bytes]:
    count, seen = -1, hashlib.sha256()
    try:
        with zipfile.ZipFile(archive.path) as file, file.open(_entry(table)) as lines:
            for line in lines:
                seen.update(line)
                count += 1
                yield line
    except (*UNREADABLE, KeyError, ValueError) as fault:
        raise Broken(f"{archive.path} is damaged: {table} cannot be read ({fault}).") from None
    said = archive.tables[table]
    if (count, seen.hexdigest()) != (said["rows"], said["sha256"]):
        raise Broken(f"{archive.path} is damaged: {table} is not as it was written.")


def _fill(file: IO[bytes], tables: Iterable[Table], about: dict[str, Any]) -> None:
    sums: dict[str, dict[str, Any]] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        for name, columns, table in tables:
            with archive.open(_entry(name), "w", force_zip64=True) as lines:
                sums[name] = _pour(lines, columns, table)
        archive.writestr(ABOUT, json.dumps({"format": FORMAT, **about, "tables": sums}, indent=1))


def _pour(lines: IO[bytes], columns: list[str], table: Iterable[Iterable[Any]]) -> dict[str, Any]:
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain).encode
    count, seen = 0, hashlib.sha256()
    held = [f"{encode(columns)}\n".encode()]
    for row in table:
        count += 1
        held.append(f"{encode(list(row))}\n".encode())
        if len(held) == 200:  # compressing many small pieces one by one costs more than the pieces
            seen.update(piece := b"".join(held))
            lines.write(piece)
            held = []
    seen.update(piece := b"".join(held))
    lines.write(piece)
    return {"rows": count, "sha256": seen.hexdigest()}


def _entry(table: str) -> str:
    return f"rows/{table}.jsonl"


def _plain(value: Any) -> str:
    """What JSON has no form for, as the table's own field reads it back."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes | bytearray | memoryview):
        return base64.b64encode(value).decode()
    if isinstance(value, Decimal | UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in a backup.")
