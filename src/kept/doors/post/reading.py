"""Reading what came: arrivals are parsed and placed in small chunks; one that cannot be stays, and stops no other."""

import logging
import threading
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import groupby

from django.db import InterfaceError, OperationalError, models

from kept.doors.post.parsing import parse
from kept.doors.post.raw import Raw, Unreadable
from kept.flows.read_arrivals import Read, place_arrivals, set_apart
from kept.flows.receive_mail import Incoming
from kept.ledgers.mailboxes.models import Arrival, Mailbox

MOST, MOST_BYTES = 100, 8_000_000  # mails, and their bytes, that are read and placed at once
AWAY = (OperationalError, InterfaceError)  # the database, not the mail
_turn = threading.Lock()  # of two threads here, one reads at a time: the other would read the same
log = logging.getLogger("kept.post")


def read_arrivals(*, at: datetime, again: bool = False, stopped: Callable[[], bool] = lambda: False) -> dict[str, int]:
    """Make messages of all that waits; `again`: of what could not be read before too. Answers counts.

    {"new": messages made, "known": had by another way already, "troubled": could not be read}
    """
    counts = {"new": 0, "known": 0, "troubled": 0}
    waiting = Arrival.objects.exclude(size=0) if again else Arrival.objects.filter(trouble="")
    last = 0
    while not stopped() and waiting.exists():
        with _turn:
            some = _chunk(waiting.filter(pk__gt=last))
            for _, group in groupby(some, key=lambda one: one.mailbox_id):
                _read(list(group), counts, at=at)
        if not some:
            break
        last = some[-1].pk
    return counts


def _chunk(waiting: models.QuerySet[Arrival]) -> list[Arrival]:
    """The next in order, no more than fit into memory at once."""
    taken: list[int] = []
    weight = 0
    for number, size in waiting.order_by("pk").values_list("pk", "size")[:MOST]:
        if taken and weight + size > MOST_BYTES:
            break
        taken.append(number)
        weight += size
    return list(Arrival.objects.filter(pk__in=taken).select_related("mailbox").order_by("pk"))


def _read(some: list[Arrival], counts: dict[str, int], *, at: datetime) -> None:
    read = list(_parsed(some, counts, at=at))
    # placed all at once if possible; else one by one, so that only the one at fault stays
    if read and not _placed(read, some[0].mailbox, counts, at=at) and len(read) > 1:
        for one in read:
            _placed([one], some[0].mailbox, counts, at=at)


def _placed(read: list[Read], mailbox: Mailbox, counts: dict[str, int], *, at: datetime) -> bool:
    try:
        tally = place_arrivals(read, mailbox=mailbox, at=at)
    except AWAY:
        raise
    except Exception as fault:
        if len(read) == 1:
            _apart(read[0].arrival, f"It could not be placed ({type(fault).__name__}).", counts, fault)
        return False
    counts["new"] += tally.new
    counts["known"] += tally.known
    return True


def _parsed(some: list[Arrival], counts: dict[str, int], *, at: datetime) -> Iterator[Read]:
    for arrival in some:
        try:
            content = zlib.decompress(bytes(arrival.zipped))
            raw = Raw(source=f"{arrival.folder}:{arrival.uid}", content=content, envelope_at=arrival.arrived_at)
            letter = parse(raw, not_after=at)
        except Unreadable as trouble:
            _apart(arrival.pk, f"{trouble.reason} {trouble.remedy}", counts, trouble)
        except Exception as fault:
            _apart(arrival.pk, f"It could not be read ({type(fault).__name__}).", counts, fault)
        else:
            yield Read(arrival.pk, Incoming(letter, content))


def _apart(arrival: int, why: str, counts: dict[str, int], fault: Exception) -> None:
    set_apart(arrival, why=why)
    counts["troubled"] += 1
    log.warning("Mail %s was set apart: %s", arrival, why)
    log.debug("How mail %s could not be read", arrival, exc_info=fault)
