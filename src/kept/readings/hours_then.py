"""Hours as they were known at a moment: what was written down by hand later is left out, what was struck out is there.

Hours from an import count from the day on which they were worked: the other tool knew them before us, and since when,
nobody wrote down. One that was taken back is gone as if it had never been.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db.models import QuerySet

from kept.ledgers.hours.models import Entries
from kept.ledgers.journal.models import Line


class Struck(NamedTuple):
    """What an entry said that was struck out."""

    engagement: int | None
    member: int | None
    day: date
    seconds: int


def known(entries: Entries, *, at: datetime) -> Entries:
    """These, but for those that were written down after `at`."""
    return entries.exclude(pk__in=_later(at))


def struck_since(at: datetime, clients: Collection[int] | None) -> QuerySet[Line, tuple[Any, ...]]:
    """The facts of what was known at `at` and struck out later."""
    lines = Line.objects.filter(verb="hours.strike", at__gt=at).exclude(row_id__in=_later(at))
    if clients is not None:
        lines = lines.filter(client_id__in=clients)
    return lines.order_by("at", "pk").values_list("facts")


def struck(rows: Iterable[tuple[dict[str, Any]]]) -> Iterator[Struck]:
    """The entries of the rows of `struck_since`."""
    for (facts,) in rows:
        was = facts["was"]
        yield Struck(was["engagement_id"], was["member_id"], date.fromisoformat(was["day"]), was["seconds"])


def ended(day: date) -> datetime:
    """When the day was over everywhere on earth."""
    return datetime.combine(day + timedelta(days=1), time(12), UTC)


def _later(at: datetime) -> QuerySet[Line, Any]:
    # by moment alone, which has an index: of most moments nothing came after
    return Line.objects.filter(verb="hours.log", at__gt=at, row_id__isnull=False).order_by().values("row_id")
