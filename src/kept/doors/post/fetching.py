"""Fetching a mailbox: folder by folder, number by number, each small load kept with how far we are, at once or not."""

import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import batched

from django.conf import settings

from kept.doors.post import glimpsing, imap_folders, imap_reading
from kept.doors.post.imap import Box
from kept.doors.post.imap_reading import Head
from kept.flows import choose_arrivals
from kept.flows.address_book import AddressBook
from kept.ledgers.mailboxes import arriving
from kept.ledgers.mailboxes.models import Arrival, Folder, Kind, Mailbox

SLICE = 200  # heads asked for at once
LOAD, LOAD_BYTES = 50, 4_000_000  # mails, and their bytes, that are fetched and kept at once
NOT_HANDED_OVER = "The server names this mail and does not hand it over. Kept asks for it again."


def loads(
    mailbox: Mailbox, box: Box, *, at: datetime, places: Sequence[str] = (), stopped: Callable[[], bool] = lambda: False
) -> Iterator[int]:
    """Fetch what is new in these folders (else the chosen ones); answers, load by load, how many mails were kept.

    After each load what was kept is kept, whatever happens next. Raises Overtaken where another fetches the same
    folder; faults of the connection are for `signed_in` to say.
    """
    for name in places or imap_folders.chosen(box, mailbox):
        numbers = imap_folders.look_into(box, name)
        folder = arriving.place_of(mailbox, name, uidvalidity=numbers.uidvalidity)
        yield from _ask_again(folder, box)
        for uids in batched(imap_reading.uids_after(box, folder.last_uid), SLICE, strict=False):
            if stopped():
                return
            yield from _slice(folder, box, list(uids), at=at)


def _slice(folder: Folder, box: Box, uids: list[int], *, at: datetime) -> Iterator[int]:
    heads = imap_reading.heads(box, uids)
    wanted = _wanted(heads, folder.mailbox, at=at)
    for load in _loads(wanted):
        arrivals = _fetched(folder, box, load, at=at)
        # what was not wanted before the last of the load is done with too
        arriving.take_in(folder, arrivals, up_to=load[-1].uid)
        yield len(arrivals)
    if folder.last_uid < uids[-1]:
        arriving.take_in(folder, [], up_to=uids[-1])


def _wanted(heads: Sequence[Head], mailbox: Mailbox, *, at: datetime) -> list[Head]:
    """The mails to fetch: none that we have; of a personal mailbox only those that are for the firm."""
    glimpses = [glimpsing.glimpse(head) for head in heads]
    take = choose_arrivals.unknown(glimpses)
    if mailbox.kind == Kind.PERSONAL:
        book = AddressBook.load(batch=None, at=at)
        ours = choose_arrivals.of_ours(glimpses, book=book)
        take = [both and new for both, new in zip(ours, take, strict=True)]
    return [head for head, taken in zip(heads, take, strict=True) if taken]


def _loads(heads: Sequence[Head]) -> Iterator[list[Head]]:
    load: list[Head] = []
    weight = 0
    for head in heads:
        if load and (len(load) == LOAD or weight + head.size > LOAD_BYTES):
            yield load
            load, weight = [], 0
        load.append(head)
        weight += head.size
    if load:
        yield load


def _fetched(folder: Folder, box: Box, load: Sequence[Head], *, at: datetime) -> list[Arrival]:
    fitting = [head.uid for head in load if head.size <= settings.LARGEST_MAIL]
    found = imap_reading.contents(box, fitting)
    missing = [uid for uid in fitting if uid not in found]
    there_still = {head.uid for head in imap_reading.heads(box, missing)}
    arrivals = []
    for head in load:
        arrival = _arrival(folder, head, at)
        if content := found.pop(head.uid, b""):
            arrival.size, arrival.zipped = len(content), zlib.compress(content)
            arrivals.append(arrival)
        elif head.uid not in fitting or head.uid in there_still:
            arrival.trouble = NOT_HANDED_OVER if head.uid in fitting else _too_large(head.size)
            arrivals.append(arrival)
    return arrivals


def _arrival(folder: Folder, head: Head, at: datetime) -> Arrival:
    return Arrival(
        mailbox=folder.mailbox,
        folder=folder.name,
        uidvalidity=folder.uidvalidity,
        uid=head.uid,
        zipped=b"",
        size=0,
        arrived_at=head.arrived_at or at,
    )


def _ask_again(folder: Folder, box: Box) -> Iterator[int]:
    """Ask once more for what the server would not hand over, and for what was too large under another limit."""
    lost = Arrival.objects.filter(
        mailbox=folder.mailbox, folder=folder.name, uidvalidity=folder.uidvalidity, size=0
    ).order_by("?")[:20]
    sizes = {head.uid: head.size for head in imap_reading.heads(box, sorted(one.uid for one in lost))}
    for arrival in lost:
        fits = sizes.get(arrival.uid, settings.LARGEST_MAIL + 1) <= settings.LARGEST_MAIL
        if fits and (content := imap_reading.contents(box, [arrival.uid]).get(arrival.uid)):
            arrival.size, arrival.zipped, arrival.trouble = len(content), zlib.compress(content), ""
            arrival.save(update_fields=["size", "zipped", "trouble"])
            yield 1


def _too_large(size: int) -> str:
    large, most = size // 1_000_000, settings.LARGEST_MAIL // 1_000_000
    return f"It is {large} MB large and was left on the server: KEPT_LARGEST_MAIL allows {most} MB."
