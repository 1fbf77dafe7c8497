"""What does not count towards trust, and which alarms were seen: rows set aside, rows deleted since, by client."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from kept.kit.asked_together import Asked
from kept.ledgers.journal.models import Line
from kept.ledgers.reckoning.models import AlarmSeen, RowSetAside
from kept.measures.trust_excluded import Excluded
from kept.measures.trust_streams import Part, Stream
from kept.readings.trust_tombstones import asks as stones
from kept.readings.trust_tombstones import tombstones


def excluded(
    *, at: datetime, clients: Collection[int] | None = None, asked: Asked | None = None
) -> dict[int, list[Excluded]]:
    """By client, what does not count at `at`: set aside by a person until a day, or removed. Three queries."""
    rows = asked or asks_excluded(at=at, clients=clients)
    found: dict[int, list[Excluded]] = defaultdict(list)
    for client, stream, row, *rest in rows["asides"]:
        if stream in set(Stream):
            found[client].append(Excluded(Stream(stream), row, *rest))
    for was in _was(rows["let_count"]):
        since, until = _moment(was["since"]), _moment(was["until"])
        if since <= at < until and was["stream"] in set(Stream):
            aside = Excluded(Stream(was["stream"]), was["row"], was["by"], was["reason"], since, until)
            found[was["client_id"]].append(aside)
    for client, stone in tombstones(rows["stones"]):
        found[client].append(stone)
    return found


def acknowledged(
    *, at: datetime, clients: Collection[int] | None = None, asked: Asked | None = None
) -> dict[int, dict[Part, datetime]]:
    """By client and pillar, when its alarm was last seen by `at`. Two queries."""
    rows = asked or asks_acknowledged(at=at, clients=clients)
    seen = list(rows["seen"])
    for was in _was(rows["unseen"]):
        seen.append((was["client_id"], was["part"], _moment(was["at"])))
    found: dict[int, dict[Part, datetime]] = defaultdict(dict)
    for client, part, when in sorted(seen):
        if part in set(Part) and when <= at:
            found[client][Part(part)] = when
    return found


def asks_excluded(*, at: datetime, clients: Collection[int] | None) -> dict[str, QuerySet[Any, Any]]:
    """The lists that `excluded` reads."""
    asides = _of(RowSetAside.objects.filter(since__lte=at, until__gt=at), clients)
    return {
        "asides": asides.values_list("client_id", "stream", "row", "by__name", "reason", "since", "until"),
        "let_count": _taken_back("reckoning.let_count", at, clients),
        "stones": stones(at=at, clients=clients),
    }


def asks_acknowledged(*, at: datetime, clients: Collection[int] | None) -> dict[str, QuerySet[Any, Any]]:
    """The lists that `acknowledged` reads."""
    seen = _of(AlarmSeen.objects.filter(at__lte=at), clients)
    return {
        "seen": seen.values_list("client_id", "part", "at"),
        "unseen": _taken_back("reckoning.take_back_seeing", at, clients),
    }


def _of(rows: QuerySet[Any], clients: Collection[int] | None) -> QuerySet[Any]:
    return rows if clients is None else rows.filter(client__in=clients)


def _taken_back(verb: str, at: datetime, clients: Collection[int] | None) -> QuerySet[Line, tuple[Any]]:
    """Lines of rows that were taken back after `at`."""
    rows = Line.objects.filter(verb=verb, at__gt=at, client_id__isnull=False, row_id__isnull=False)
    rows = rows if clients is None else rows.filter(client_id__in=clients)
    return rows.order_by("at", "pk").values_list("facts")


def _was(lines: Iterable[tuple[dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    """What stood there."""
    return (facts["was"] for (facts,) in lines)


def _moment(said: str) -> datetime:
    return datetime.fromisoformat(said)
