"""Bringing budgets in: read, then opened, all or nothing."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kept.doors.imports import budgets
from kept.doors.imports.importing import Progress, Report, one_batch, silent
from kept.flows.name_book import NameBook
from kept.flows.open_budgets import open_budgets


@dataclass
class BudgetReport(Report):
    """What a table of budgets brought; `clients` and `engagements` are the new ones.

    `gathered` counts hours recorded before (entries) that now belong to one of the engagements.
    """

    clients: int = 0
    engagements: int = 0
    gathered: int = 0

    @property
    def changed(self) -> bool:
        """Whether anything is different now: hours may be gathered though every row was known."""
        return bool(self.new or self.gathered)


def bring_in(
    path: Path,
    *,
    columns: Mapping[str, str],
    day_first: bool | None,
    at: datetime,
    dry_run: bool = False,
    on_progress: Progress = silent,
) -> BudgetReport:
    """Import the table at `path`; `columns` and `day_first` as for `budgets.read`.

    Raises Unknown when the file or its columns cannot be recognised, Question when dates can be read in two ways.
    """
    began = time.monotonic()
    reading = budgets.read(path, columns=columns, day_first=day_first)
    report = BudgetReport(read=len(reading.rows) + len(reading.rejections))
    with one_batch("budget", path, report, at=at, dry_run=dry_run) as batch:
        tally = open_budgets(
            reading.rows,
            book=NameBook.load(batch=batch, at=at),
            on_progress=lambda done: on_progress(done, len(reading.rows)),
        )
        report.new, report.known = tally.new, tally.known
        report.reject(reading.rejections, tally.rejections)
        report.clients, report.engagements, report.gathered = tally.clients, tally.engagements, tally.gathered
    report.seconds = round(time.monotonic() - began, 2)
    return report
