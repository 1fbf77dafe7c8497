"""Promises as they stood at a moment: the rows, and what the journal knows of those withdrawn or taken back since.

The one home of what any reading of an earlier day takes of promises; trust and the look back both read them here.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from kept.kit.asked_together import Asked
from kept.ledgers.journal.models import Line
from kept.ledgers.promises.models import Outcome, Promise
from kept.measures.promises import Promised
from kept.readings.calendars import Offices
from kept.readings.promised import AS_STANDINGS, Moment, as_standings, promised_of
from kept.readings.promised_said import Came, Standing

WITHDRAWN, TAKEN_BACK = "promises.withdraw", "promises.take_back"


class Row(NamedTuple):
    """A promise under the columns of `promised.AS_STANDINGS`: as it was made, and the offices of client and lead."""

    pk: int
    made_at: datetime
    due: datetime
    size: Any  # the table's choices are the measure's sizes
    by: int | None
    client: int
    office: int | None = None
    leads: int | None = None


def asks(*, at: datetime, since: datetime, clients: Collection[int] | None) -> dict[str, QuerySet[Any, Any]]:
    """The lists that `known_at` reads, of what had not ended before `since`."""
    rows = Promise.objects.filter(Q(ended_at=None) | Q(ended_at__gte=since), made_at__lte=at)
    came = Outcome.objects.filter(Q(promise__ended_at=None) | Q(promise__ended_at__gte=since), at__lte=at)
    if clients is not None:
        rows, came = rows.filter(client__in=clients), came.filter(promise__client__in=clients)
    return {
        "promises": rows.order_by("pk").values_list(*AS_STANDINGS),
        "outcomes": _columns(came),
        "promises_gone": _gone(at, clients),
    }


def known_at(rows: Asked, *, at: datetime) -> Iterator[tuple[Row, Promised]]:
    """Each promise made by `at` that stood then, with what had come of it, as a measure takes it."""
    came = _came(rows, at=at)
    for row in _begun(rows, at=at):
        yield row, promised_of(Promised(row.pk, row.made_at, row.due, row.size), came.get(row.pk, ()))


def standings_then(promises: QuerySet[Promise], *, at: datetime, offices: Offices) -> list[Standing]:
    """As `promised.standings` judged these at `at`, and besides all of which something was taken back since.

    Those besides are whichever they are: the caller looks at the days they were due then. Three queries; one more
    where an outcome was taken back.
    """
    gone = list(_gone(at, None))
    back = {facts["was"]["promise_id"] for verb, facts in gone if verb == TAKEN_BACK}
    found = {row[0]: row for row in as_standings(promises, at=at)}
    if back - found.keys():
        found |= {row[0]: row for row in as_standings(Promise.objects.filter(pk__in=back), at=at)}
    came = _columns(Outcome.objects.filter(promise__in=list(found), at__lte=at))
    rows: Mapping[str, Any] = {"promises": found.values(), "outcomes": came, "promises_gone": gone}
    moment = Moment(at)
    return [
        Standing(
            row.pk, moment.judged(one, offices.calendar_of(row.office, row.leads)), row.by or 0, row.client, row.size
        )
        for row, one in known_at(rows, at=at)
    ]


def _columns(came: QuerySet[Outcome]) -> QuerySet[Outcome, tuple[Any, ...]]:
    return came.order_by("at", "pk").values_list("promise_id", "kind", "at", "new_due", "agreed")


def _gone(at: datetime, clients: Collection[int] | None) -> QuerySet[Line, tuple[Any, ...]]:
    """What was withdrawn or taken back after `at`."""
    lines = Line.objects.filter(verb__in=[WITHDRAWN, TAKEN_BACK], at__gt=at)
    lines = lines if clients is None else lines.filter(client_id__in=clients)
    return lines.order_by("at", "pk").values_list("verb", "facts")


def _begun(rows: Asked, *, at: datetime) -> Iterator[Row]:
    for row in rows["promises"]:
        yield Row(*row)
    for was in _was(rows, WITHDRAWN):
        made_at, due = _moment(was["made_at"]), _moment(was["first_due"])
        if made_at <= at:
            yield Row(was["id"], made_at, due, was["size"], was["by_id"], was["client_id"])


def _came(rows: Asked, *, at: datetime) -> dict[int, list[Came]]:
    """By promise, oldest first."""
    found: dict[int, list[Came]] = defaultdict(list)
    for pk, *came in rows["outcomes"]:
        found[pk].append(Came(*came))
    for was in _was(rows, TAKEN_BACK):
        one = Came(was["kind"], _moment(was["at"]), was["new_due"] and _moment(was["new_due"]), was["agreed"])
        if one.at <= at:
            found[was["promise_id"]].append(one)
            found[was["promise_id"]].sort(key=lambda each: each.at)
    return found


def _was(rows: Asked, verb: str) -> Iterator[dict[str, Any]]:
    """What was withdrawn, or taken back, as it stood."""
    return (facts["was"] for said, facts in rows["promises_gone"] if said == verb)


def _moment(said: str) -> datetime:
    return datetime.fromisoformat(said)
