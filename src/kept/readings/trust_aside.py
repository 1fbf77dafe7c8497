"""What does not count towards trust, and which alarms were seen: rows set aside, rows deleted since, by client."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from kept.ledgers.journal.models import Line
from kept.ledgers.reckoning.models import AlarmSeen, RowSetAside
from kept.measures.trust_excluded import Excluded
from kept.measures.trust_streams import Part, Stream
from kept.readings.trust_tombstones import tombstones


def excluded(*, at: datetime, clients: Collection[int] | None = None) -> dict[int, list[Excluded]]:
    """By client, what does not count at `at`: set aside by a person until a day, or removed. Three queries."""
    rows = _of(RowSetAside.objects.filter(since__lte=at, until__gt=at), clients)
    found: dict[int, list[Excluded]] = defaultdict(list)
    for client, stream, row, *rest in rows.values_list(
        "client_id", "stream", "row", "by__name", "reason", "since", "until"
    ):
        if stream in set(Stream):
            found[client].append(Excluded(Stream(stream), row, *rest))
    for was in _taken_back("reckoning.let_count", at, clients):
        since, until = _moment(was["since"]), _moment(was["until"])
        if since <= at < until and was["stream"] in set(Stream):
            aside = Excluded(Stream(was["stream"]), was["row"], was["by"], was["reason"], since, until)
            found[was["client_id"]].append(aside)
    for client, stone in tombstones(at=at, clients=clients):
        found[client].append(stone)
    return found


def acknowledged(*, at: datetime, clients: Collection[int] | None = None) -> dict[int, dict[Part, datetime]]:
    """By client and pillar, when its alarm was last seen by `at`. Two queries."""
    seen = list(_of(AlarmSeen.objects.filter(at__lte=at), clients).values_list("client_id", "part", "at"))
    for was in _taken_back("reckoning.take_back_seeing", at, clients):
        seen.append((was["client_id"], was["part"], _moment(was["at"])))
    found: dict[int, dict[Part, datetime]] = defaultdict(dict)
    for client, part, when in sorted(seen):
        if part in set(Part) and when <= at:
            found[client][Part(part)] = when
    return found


def _of(rows: QuerySet[Any], clients: Collection[int] | None) -> QuerySet[Any]:
    return rows if clients is None else rows.filter(client__in=clients)


def _lines(verbs: list[str], clients: Collection[int] | None) -> QuerySet[Line]:
    rows = Line.objects.filter(verb__in=verbs, client_id__isnull=False, row_id__isnull=False)
    return rows if clients is None else rows.filter(client_id__in=clients)


def _taken_back(verb: str, at: datetime, clients: Collection[int] | None) -> list[dict[str, Any]]:
    """The facts of rows that were taken back after `at`."""
    return list(_lines([verb], clients).filter(at__gt=at).values_list("facts__was", flat=True))


def _moment(said: str) -> datetime:
    return datetime.fromisoformat(said)
