"""What was said of hours beyond what was paid for: gifts chosen beforehand, and reasons given after."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet, Value

from kept.kit.written_once import written_once
from kept.ledgers.clients.models import Client
from kept.ledgers.engagements.models import Explanation, Gift

GIFT = "gift"


@dataclass(frozen=True, slots=True)
class Word:
    """Hours of a month that somebody chose to give (`reason` is "gift") or explained, with their words."""

    engagement_id: int
    row: int
    month: date
    hours: float
    reason: str
    words: str


def words_of(client: Client, *, since: date) -> list[Word]:
    """Gifts and explanations in one query, newest month first."""
    found = [Word(one[0], one[1], one[2], float(one[3]), one[4], one[5]) for one in _said(client, since)]
    return sorted(found, key=lambda word: (word.month, word.row), reverse=True)


@written_once
def _said(client: Client, since: date) -> QuerySet[Gift, tuple[Any, ...]]:
    columns = ("engagement_id", "pk", "month", "hours", "said", "text")
    gifts = Gift.objects.filter(engagement__client=client, month__gte=since)
    explained = Explanation.objects.filter(engagement__client=client, month__gte=since)
    return (
        gifts.annotate(said=Value("gift"), text=F("purpose"))
        .order_by()
        .values_list(*columns)
        .union(explained.annotate(said=F("reason"), text=F("words")).order_by().values_list(*columns), all=True)
    )


def gifts(words: Iterable[Word]) -> dict[tuple[int, date], float]:
    found: dict[tuple[int, date], float] = defaultdict(float)
    for word in words:
        if word.reason == GIFT:
            found[word.engagement_id, word.month] += word.hours
    return found
