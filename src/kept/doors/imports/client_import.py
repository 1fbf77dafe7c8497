"""Bringing a list of clients and people in: read, then met, all or nothing."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from kept.doors.imports import client_lists
from kept.doors.imports.importing import Progress, Report, one_batch, silent
from kept.flows.meet_clients import meet_clients
from kept.flows.name_book import NameBook
from kept.measures.entries import Rejection


@dataclass
class ClientReport(Report):
    """What a list brought: `clients`, `contacts`, `domains` are the new ones, `conversations` those of strangers that
    turned out to be a client's. `remarks` are parts of rows left out, such as a broken address.
    """

    clients: int = 0
    contacts: int = 0
    domains: int = 0
    conversations: int = 0
    remarks: list[Rejection] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether anything is different now: strangers may be claimed though every row was known."""
        return bool(self.new or self.conversations)


def bring_in(
    path: Path,
    *,
    columns: Mapping[str, str],
    at: datetime,
    dry_run: bool = False,
    on_progress: Progress = silent,
) -> ClientReport:
    """Import the list or the vCards at `path`; `columns` as for `client_lists.read`.

    Raises Unknown when the file names neither clients nor people.
    """
    began = time.monotonic()
    reading = client_lists.read(path, columns=columns)
    report = ClientReport(read=len(reading.rows) + len(reading.rejections))
    with one_batch("clients", path, report, at=at, dry_run=dry_run) as batch:
        tally = meet_clients(
            reading.rows,
            book=NameBook.load(batch=batch, at=at),
            on_progress=lambda done: on_progress(done, len(reading.rows)),
        )
        report.new, report.known = tally.new, tally.known
        report.reject(reading.rejections, tally.rejections)
        report.remarks = sorted([*reading.remarks, *tally.remarks], key=lambda one: one.line)
        report.clients, report.contacts, report.domains = tally.clients, tally.contacts, tally.domains
        report.conversations = tally.conversations
    report.seconds = round(time.monotonic() - began, 2)
    return report
