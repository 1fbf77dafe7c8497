"""The sums that are kept for speed: which differ from the facts, and counting those afresh."""

from collections.abc import Callable, Iterator
from itertools import batched

from django.db import transaction

from kept.kit.clock import now
from kept.ledgers.conversations import settling as conversations
from kept.ledgers.hours import verbs as hours
from kept.ledgers.journal.models import Batch
from kept.ledgers.journal.verbs import write
from kept.ledgers.promises import settling as promises
from kept.ledgers.promises import verbs as promise_verbs


def sums() -> Iterator[tuple[str, int, Callable[[], None]]]:
    """Of what, how many differ, and what counts these afresh."""
    # hours are counted afresh for whole clients
    for what, wrong, recount in (
        ("conversations", conversations.untrue(), conversations.recount),
        ("hours", list({client for client, _, _ in hours.untrue()}), hours.recount),
        ("promises", promise_verbs.untrue(), promises.recount),
    ):
        yield what, len(wrong), _afresh(recount, wrong, what)


def _afresh(recount: Callable[[list[int]], None], wrong: list[int], what: str) -> Callable[[], None]:
    def mend() -> None:
        for some in batched(wrong, 500, strict=False):
            with transaction.atomic():
                recount(list(some))
                # processes that keep what they counted learn of it by the journal
                write("sums.mend", Batch(), by=None, at=now(), of=what, many=len(some))

    return mend
