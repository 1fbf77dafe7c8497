"""Bringing mail in from files: read, parse, receive in chunks, with progress; a chunk is kept whole or not at all."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from kept.doors.post import files
from kept.doors.post.parsing import parse
from kept.doors.post.raw import Raw, Unreadable
from kept.flows.address_book import AddressBook
from kept.flows.receive_mail import Incoming, Terms, receive
from kept.kit.rows import learn_sizes
from kept.ledgers.conversations.models import Conversation
from kept.ledgers.journal import verbs as journal
from kept.ledgers.journal.models import Batch
from kept.ledgers.team.verbs import claim_domains

CHUNK, CHUNK_BYTES = 400, 24_000_000  # letters, and bytes in memory: a chunk ends at whichever comes first


@dataclass
class Report:
    """What an import did, in letters; `conversations`, `clients` and `strangers` (conversations) are the new ones."""

    batch: int | None = None
    read: int = 0
    new: int = 0
    known: int = 0
    automatic: int = 0
    conversations: int = 0
    clients: int = 0
    strangers: int = 0
    seconds: float = 0.0
    unreadable: list[dict[str, str]] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        """As JSON: every count, and the list of what could not be read."""
        counts = {name: value for name, value in vars(self).items() if name != "unreadable"}
        return {**counts, "unreadable": len(self.unreadable), "unreadables": self.unreadable}


def bring_in(
    paths: Sequence[Path],
    *,
    terms: Terms,
    at: datetime,
    ours: Sequence[str] = (),
    dry_run: bool = False,
    on_progress: Callable[[int], None] = lambda taken: None,
) -> Report:
    """Import all mail under `paths`; whoever writes from the domains `ours` is one of us.

    `on_progress` is told the bytes gone through since it was last told, of the `files.count` in all. A dry run does
    everything and keeps nothing. Stopped in the middle, the chunks before stand; run again it goes on where it stopped.
    """
    began = time.monotonic()
    if dry_run:
        with transaction.atomic():
            claim_domains(ours, by=None, at=at)
            report = _run(paths, replace(terms, trial=True), at, on_progress)
            transaction.set_rollback(True)
        report.batch = None
    else:
        claim_domains(ours, by=None, at=at)
        report = _run(paths, terms, at, on_progress)
        if report.new:
            learn_sizes()
    report.seconds = round(time.monotonic() - began, 2)
    return report


def _run(paths: Sequence[Path], terms: Terms, at: datetime, on_progress: Callable[[int], None]) -> Report:
    batch = journal.open_batch("mail", ", ".join(str(path) for path in paths), by=None, at=at)
    report, book = Report(batch=batch.pk), AddressBook.load(batch=batch, at=at)
    try:
        for chunk in _chunks(_parsed(files.read(paths), report, at, on_progress)):
            tally = receive(chunk, book=book, terms=terms)
            report.new += tally.new
            report.known += tally.known
    finally:
        _close(batch, report, book)
    return report


def _parsed(
    raws: Iterable[Raw], report: Report, at: datetime, on_progress: Callable[[int], None]
) -> Iterator[Incoming]:
    """The letters that can be read; the others are listed with the reason."""
    for raw in raws:
        report.read += 1
        try:
            letter = parse(raw, not_after=at)
        except Unreadable as trouble:
            report.unreadable.append({"source": raw.source, "why": trouble.reason, "remedy": trouble.remedy})
        else:
            report.automatic += letter.automatic.automatic
            yield Incoming(letter, raw.content)
        on_progress(raw.taken)


def _chunks(letters: Iterable[Incoming]) -> Iterator[list[Incoming]]:
    chunk: list[Incoming] = []
    size = 0
    for one in letters:
        chunk.append(one)
        size += len(one.original)
        if len(chunk) == CHUNK or size > CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _close(batch: Batch, report: Report, book: AddressBook) -> None:
    """Count what stands; a batch that brought nothing is not kept, so that a second run leaves no trace."""
    report.clients = book.new_clients
    if not report.new:
        batch.delete()
        report.batch = None
        return
    found = Conversation.objects.filter(messages__batch=batch).distinct()
    report.conversations = found.count()
    report.strangers = found.filter(client=None).count()
    told = report.told()
    counts = {name: told[name] for name in told if name not in {"batch", "seconds", "unreadables"}}
    journal.close_batch(batch, counts=counts, by=None)
