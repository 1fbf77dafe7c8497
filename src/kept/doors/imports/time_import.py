"""Bringing a time export in: read, then recorded, all or nothing."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from kept.doors.imports import time_files
from kept.doors.imports.headings import fold
from kept.doors.imports.importing import Progress, Report, one_batch, silent
from kept.doors.imports.time_files import TimeReading
from kept.flows.name_book import NameBook
from kept.flows.record_hours import UNNAMED, Tally, Terms, record
from kept.readings.calendars import offices

HOUR = 3600


@dataclass(frozen=True)
class Asked:
    """How the owner wants the file read; `unnamed` is the client of rows that name none, `origin` the tool it is of."""

    format: str = "auto"
    columns: Mapping[str, str] = field(default_factory=dict)
    person_column: str | None = None
    day_first: bool | None = None
    unnamed: str = UNNAMED
    origin: str = ""


@dataclass
class TimeReport(Report):
    """What a time export brought.

    `known` counts rows recorded before and rows whose number stood further up in the file. `hours` are those of every
    row of the file that stands afterwards, new or not, each once; `hours_known` of these the ones recorded before.
    `without_engagement`, `without_member`: new rows whose project, or person, Kept does not know.
    `without_client`: rows that name none. `sums`: rows of totals, which are no work and not among the rows read.
    """

    format: str = ""
    hours: float = 0.0
    hours_known: float = 0.0
    clients: int = 0
    without_client: int = 0
    without_engagement: int = 0
    without_member: int = 0
    sums: int = 0


def bring_in(
    path: Path,
    *,
    asked: Asked,
    at: datetime,
    dry_run: bool = False,
    on_progress: Progress = silent,
) -> TimeReport:
    """Import the export at `path`.

    Raises Unknown when the file or its columns cannot be recognised, Question when it can be read in two ways.
    """
    began = time.monotonic()
    reading = time_files.read(
        path, format=asked.format, columns=asked.columns, person_column=asked.person_column, day_first=asked.day_first
    )
    report = TimeReport(format=reading.format, read=reading.total, sums=len(reading.summaries))
    terms = Terms(zone=offices().zone, unnamed=asked.unnamed, numbered_by=_numbered_by(reading, asked.origin))
    with one_batch("time", path, report, at=at, dry_run=dry_run) as batch:
        book = NameBook.load(batch=batch, at=at)
        tally = record(
            reading.rows, book=book, terms=terms, on_progress=lambda done: on_progress(done, len(reading.rows))
        )
        _tell(report, reading, tally)
    report.seconds = round(time.monotonic() - began, 2)
    return report


def _numbered_by(reading: TimeReading, origin: str) -> str:
    return f"{fold(origin)} {reading.numbered_by}".strip() if reading.numbered_by else ""


def _tell(report: TimeReport, reading: TimeReading, tally: Tally) -> None:
    report.new = tally.new
    report.known = tally.known + reading.repeated
    report.reject(reading.rejections, tally.rejections)
    report.hours = round(tally.seconds / HOUR, 4)
    report.hours_known = round((tally.seconds - tally.seconds_new) / HOUR, 4)
    report.clients = tally.clients
    report.without_client = tally.without_client
    report.without_engagement = tally.loose
    report.without_member = tally.strangers
