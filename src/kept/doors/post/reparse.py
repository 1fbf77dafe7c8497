"""Reading every kept original again: in small chunks, each kept whole or not at all, so that it may be cut off."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from kept.doors.post.parsing import parse
from kept.doors.post.raw import Raw
from kept.doors.post.reading import read_arrivals
from kept.flows.keep_sentences import rebuild
from kept.flows.notice import notice_again
from kept.flows.read_again import Again, read_again
from kept.ledgers.conversations.models import Message
from kept.ledgers.conversations.originals import unpacked
from kept.ledgers.journal.models import Batch
from kept.ledgers.journal.verbs import write
from kept.measures.text.letter import Letter
from kept.measures.text.likeness import REMEMBERED

MOST, MOST_BYTES = 200, 8_000_000  # messages, and their bytes, that are read again at once


@dataclass
class Report:
    """What came of it: messages read, changed (in what) and not readable, and arrivals that were placed after all."""

    read: int = 0
    changed: int = 0
    unreadable: int = 0
    placed: int = 0
    still_apart: int = 0
    seconds: float = 0.0
    fields: dict[str, int] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        return dict(vars(self))


def reparse(
    *,
    at: datetime,
    since: datetime | None = None,
    dry_run: bool = False,
    on_progress: Callable[[int], None] = lambda done: None,
) -> Report:
    """Read all originals (of messages from `since` on) again, and what could not be read before; count what changed.

    `on_progress` hears how many messages were done since it last heard. Cut off anywhere, what was done stands, and
    running it again finds that nothing is to be done there.
    """
    began, report = time.monotonic(), Report()
    if not dry_run:
        again = read_arrivals(at=at, again=True)
        report.placed, report.still_apart = again["new"], again["troubled"]
    for numbers in _chunks(since):
        some = list(_parsed(numbers, report, at=at))
        counts = read_again(some, at=at, keep=False) if dry_run else _put_right(some, numbers, at=at)
        report.read += len(some)
        report.changed += counts.pop("messages", 0)
        for name, many in counts.items():
            report.fields[name] = report.fields.get(name, 0) + many
        on_progress(len(numbers))
    if not dry_run:
        # what reads the same may be cut into other sentences today, or belong to a client by now
        rebuild(since=max(since or at - REMEMBERED, at - REMEMBERED))
    report.seconds = round(time.monotonic() - began, 2)
    return report


@transaction.atomic
def _put_right(some: Again, numbers: list[int], *, at: datetime) -> Counter[str]:
    """One chunk, kept whole with its line in the journal: what a process keeps until that moves must not miss it."""
    counts = read_again(some, at=at)
    facts: dict[str, Any] = {**counts, "noticed": notice_again(numbers, at=at)}
    if any(facts.values()):
        # of everybody, as an import is: whose messages these are would be a line for each client
        write("mail.read_again", Batch(), by=None, at=at, **facts)
    return counts


def how_many(since: datetime | None) -> int:
    """How many messages there are to read again."""
    return _kept(since).count()


def _kept(since: datetime | None) -> QuerySet[Message]:
    rows = Message.objects.filter(original__isnull=False)
    return rows.filter(at__gte=since) if since else rows


def _chunks(since: datetime | None) -> Iterator[list[int]]:
    last = 0
    while some := list(_kept(since).filter(pk__gt=last).order_by("pk").values_list("pk", "size")[:MOST]):
        chunk, weight = [some[0][0]], some[0][1]
        for number, size in some[1:]:
            if weight + size > MOST_BYTES:
                break
            chunk.append(number)
            weight += size
        last = chunk[-1]
        yield chunk


def _parsed(numbers: list[int], report: Report, *, at: datetime) -> Iterator[tuple[Message, Letter, bytes]]:
    rows = Message.objects.filter(pk__in=numbers).select_related("body", "original").order_by("pk")
    for row in rows:
        try:
            original = unpacked(bytes(row.original.zipped), fingerprint=row.fingerprint)
            letter = parse(Raw(source=row.message_id, content=original), not_after=at)
        except Exception:
            # whatever it is, it stays as it was read before
            report.unreadable += 1
        else:
            yield row, letter, original
