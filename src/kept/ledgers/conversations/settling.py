"""Keeping each conversation's two sums true: when they last wrote, and up to when that is settled."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Min, Q

from kept.kit.rows import hold_all
from kept.ledgers.conversations.care import AsideKind
from kept.ledgers.conversations.models import LONG_AGO, Conversation, Direction

A_PERSON = Q(messages__automatic="")
THEIRS = Q(messages__direction=Direction.IN, messages__quiet=False, messages__closing="") & A_PERSON
FROM_US = Q(messages__direction=Direction.OUT) & A_PERSON
OURS = FROM_US & Q(messages__undelivered=None)
CLOSED = Q(messages__asides__kind__in=[AsideKind.NO_REPLY, AsideKind.ELSEWHERE])


def counted(ids: Iterable[int]) -> dict[int, tuple[datetime | None, datetime]]:
    """For each conversation (their last, settled until), counted afresh from messages and asides."""
    rows = (
        Conversation.objects.filter(pk__in=list(ids))
        .values("pk")
        .annotate(
            theirs=Max("messages__at", filter=THEIRS),
            ours=Max("messages__at", filter=OURS),
            closed=Max("messages__at", filter=CLOSED),
        )
    )
    return {row["pk"]: (row["theirs"], max(row["ours"] or LONG_AGO, row["closed"] or LONG_AGO)) for row in rows}


@transaction.atomic
def recount(ids: Iterable[int]) -> None:
    """Write the sums of these conversations, and when they began and last moved; inside the verb's transaction."""
    ids = list(ids)
    # two who each add a message must not both count without the other's
    hold_all(Conversation.objects.filter(pk__in=ids))
    sums = counted(ids)
    spans = {
        row["pk"]: (row["first"], row["last"])
        for row in Conversation.objects.filter(pk__in=ids)
        .values("pk")
        .annotate(first=Min("messages__at"), last=Max("messages__at"))
    }
    rows = list(Conversation.objects.filter(pk__in=ids))
    for row in rows:
        row.their_last_at, row.settled_until = sums[row.pk]
        first, last = spans[row.pk]
        row.started_at, row.last_at = first or row.started_at, last or row.last_at
    Conversation.objects.bulk_update(rows, ["their_last_at", "settled_until", "started_at", "last_at"], batch_size=500)


def untrue() -> list[int]:
    """Conversations whose kept sums differ from the messages; empty when all is well."""
    wrong: list[int] = []
    kept = Conversation.objects.values_list("pk", "their_last_at", "settled_until").iterator(2000)
    page: list[tuple[int, datetime | None, datetime]] = []
    for row in kept:
        page.append(row)
        if len(page) == 500:
            wrong += _differing(page)
            page = []
    return wrong + _differing(page)


def _differing(page: list[tuple[int, datetime | None, datetime]]) -> list[int]:
    true = counted(pk for pk, _, _ in page)
    return [pk for pk, theirs, settled in page if true[pk] != (theirs, settled)]
