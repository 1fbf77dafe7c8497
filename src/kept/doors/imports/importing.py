"""The frame of every import from a table: one file, one batch, one transaction, and a report of what came of it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from kept.ledgers.journal import verbs as journal
from kept.ledgers.journal.models import Batch
from kept.measures.entries import Rejection

type Progress = Callable[[int, int], None]  # rows gone through since it was last told, and rows in all


def silent(done: int, total: int) -> None:
    """Tell nobody of the progress."""


@dataclass
class Report:
    """What an import did, in rows: `read` = `new` + `known` + `rejected`. `batch` is None when nothing was kept."""

    batch: int | None = None
    read: int = 0
    new: int = 0
    known: int = 0
    rejections: list[Rejection] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def changed(self) -> bool:
        """Whether anything is different now."""
        return bool(self.new)

    @property
    def rejected(self) -> int:
        """Return how many rows could not be taken in."""
        return len(self.rejections)

    def told(self) -> dict[str, Any]:
        """Return it as JSON has it: every count, then the rows that could not be taken in."""
        facts = asdict(self) | {"rejected": self.rejected}
        rejections = facts.pop("rejections")
        return {**facts, "rejections": rejections}

    def reject(self, *several: Sequence[Rejection]) -> None:
        """List what could not be taken in, in the order of the file."""
        self.rejections = sorted((one for each in several for one in each), key=lambda one: one.line)


@contextmanager
def one_batch(kind: str, path: Path, report: Report, *, at: datetime, dry_run: bool) -> Iterator[Batch]:
    """A batch for what the file at `path` brings, all or nothing; `report` is closed with it.

    A dry run, and an import by which nothing changed, leave no trace: not even a batch.
    """
    with transaction.atomic():
        batch = journal.open_batch(kind, str(path), by=None, at=at)
        report.batch = batch.pk
        yield batch
        if dry_run or not report.changed:
            transaction.set_rollback(True)
            report.batch = None
        else:
            told = report.told()
            counts = {name: told[name] for name in told if name not in {"batch", "rejections", "remarks", "seconds"}}
            journal.close_batch(batch, counts=counts, by=None)
