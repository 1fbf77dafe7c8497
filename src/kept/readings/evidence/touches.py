"""Meetings as evidence: whether the promised people came, and in time; one called off is none."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain, groupby
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from kept.kit import words
from kept.kit.asked_together import Asked
from kept.kit.names import calling
from kept.ledgers.journal.models import Line
from kept.ledgers.touches.models import Ending, EndingKind, Meeting, MeetingPerson
from kept.measures.trust_events import Event, held
from kept.measures.trust_events import meeting as evidence
from kept.measures.trust_streams import STREAMS, Streams
from kept.readings.calendars import Offices
from kept.readings.evidence import Told

WENT = (EndingKind.HELD, EndingKind.MISSED)


class Was(NamedTuple):
    """A meeting that was to take place, and how it went; `lacking`: one who was promised did not come."""

    pk: int
    client: int
    planned_at: datetime
    kind: str
    minutes_late: int | None
    lacking: bool


class Came(NamedTuple):
    """Somebody of ours at a meeting: whether they were promised, and came."""

    promised: bool
    came: bool | None
    name: str


def events(
    *,
    at: datetime,
    since: datetime,
    clients: Collection[int] | None = None,
    streams: Streams = STREAMS,
    offices: Offices,  # as all evidence is asked for; a meeting keeps its own hour
    asked: Asked | None = None,
) -> Iterator[tuple[int, Event]]:
    """(client, evidence) of meetings after `since` of which was said by `at` how they went. Two queries.

    What was taken back after `at` stands as it stood then, for the journal remembers it.
    """
    rows = asked or asks(at=at, since=since, clients=clients)
    for one in chain((Was(*row) for row in rows["meetings"]), _taken_back(rows["meetings_gone"], at=at)):
        if since < one.planned_at <= at:
            late = timedelta(minutes=one.minutes_late or 0)
            how = held(came=one.kind == EndingKind.HELD, substitute=one.lacking, late=late, streams=streams)
            yield one.client, evidence(one.pk, at=one.planned_at, held=how, streams=streams)


def asks(*, at: datetime, since: datetime, clients: Collection[int] | None, **_: Any) -> dict[str, QuerySet[Any, Any]]:
    """The lists that `events` reads: how meetings went, and what was taken back after `at`."""
    away = MeetingPerson.objects.filter(meeting=OuterRef("meeting"), promised=True, came=False)
    rows = Ending.objects.filter(kind__in=WENT, at__lte=at, meeting__planned_at__gt=since)
    gone = Line.objects.filter(verb="touches.take_back", at__gt=at)
    if clients is not None:
        rows, gone = rows.filter(meeting__client__in=clients), gone.filter(client_id__in=clients)
    columns = ("meeting", "meeting__client", "meeting__planned_at", "kind", "minutes_late", "lacking")
    return {
        "meetings": rows.annotate(lacking=Exists(away)).order_by("meeting").values_list(*columns),
        "meetings_gone": gone.order_by("at", "pk").values_list("facts"),
    }


def told(rows: Collection[int], *, streams: Streams = STREAMS, asked: Asked | None = None) -> dict[int, Told]:
    """What they were about, when, and what was amiss. One query.

    "Monthly review, Tuesday 3 November: Bo instead of Kit".
    """
    found = {}
    for pk, people in groupby((asked or tells(rows))["meetings_told"], key=lambda row: row[0]):
        who = list(people)
        _, about, planned_at, zone, kind, late, *_ = who[0]
        went = _went(kind, late, [Came(*row[6:]) for row in who if row[8] is not None], streams)
        day = words.long_day(planned_at.astimezone(ZoneInfo(zone or "UTC")).date())
        found[pk] = Told(f"{about}, {day}: {went}", Meeting._meta.label, pk)
    return found


def tells(rows: Collection[int], client: int | None = None) -> dict[str, QuerySet[Any, Any]]:
    """The list that `told` reads; with `client` of rows of theirs alone."""
    near = Coalesce(F("meeting__client__office__zone"), F("meeting__client__lead__office__zone"))
    found = Ending.objects.filter(meeting__in=rows)
    found = (found if client is None else found.filter(meeting__client=client)).annotate(zone=near)
    people = ("meeting__people__promised", "meeting__people__came", "meeting__people__member__name")
    columns = ("meeting", "meeting__about", "meeting__planned_at", "zone", "kind", "minutes_late", *people)
    ordered = found.order_by("meeting", "-meeting__people__promised", "meeting__people__pk")
    return {"meetings_told": ordered.values_list(*columns)}


def _taken_back(gone: Iterable[tuple[dict[str, Any]]], *, at: datetime) -> Iterator[Was]:
    for (facts,) in gone:
        meeting, ended = facts["meeting"], facts["ended"]
        if ended and ended["kind"] in WENT and datetime.fromisoformat(ended["at"]) <= at:
            lacking = any(promised and came is False for _, promised, came in facts["people"])
            planned_at = datetime.fromisoformat(meeting["planned_at"])
            yield Was(
                meeting["id"], meeting["client_id"], planned_at, ended["kind"], ended["minutes_late"], lacking
            )  # fmt: skip


def how_it_went(ending: Ending, *, streams: Streams = STREAMS) -> str:
    """ "held as promised", "Bo instead of Kit", "without Kit; 12 minutes late", "we did not come"."""
    people = [Came(one.promised, one.came, one.member.name) for one in ending.meeting.people.all()]
    return _went(ending.kind, ending.minutes_late, people, streams)


def _went(kind: str, late: int | None, people: Sequence[Came], streams: Streams) -> str:
    if kind != EndingKind.HELD:
        return EndingKind(kind).label
    away = words.listed([calling(one.name) for one in people if one.promised and not one.came])
    others = words.listed([calling(one.name) for one in people if not one.promised])
    amiss = [f"{others} instead of {away}" if others else f"without {away}"] if away else []
    if (late or 0) > streams.meeting_late_minutes:
        amiss.append(f"{late} minutes late")
    return "; ".join(amiss) or "held as promised"
