"""Meetings as evidence: whether the promised people came, and in time; one called off is none."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from itertools import chain
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Coalesce

from kept.kit import words
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


def events(
    *,
    at: datetime,
    since: datetime,
    clients: Collection[int] | None = None,
    streams: Streams = STREAMS,
    offices: Offices,  # as all evidence is asked for; a meeting keeps its own hour
) -> Iterator[tuple[int, Event]]:
    """(client, evidence) of meetings after `since` of which was said by `at` how they went. Two queries.

    What was taken back after `at` stands as it stood then, for the journal remembers it.
    """
    for one in chain(_standing(at=at, since=since, clients=clients), _taken_back(at=at, clients=clients)):
        if since < one.planned_at <= at:
            late = timedelta(minutes=one.minutes_late or 0)
            how = held(came=one.kind == EndingKind.HELD, substitute=one.lacking, late=late, streams=streams)
            yield one.client, evidence(one.pk, at=one.planned_at, held=how, streams=streams)


def told(rows: Collection[int], *, streams: Streams = STREAMS) -> dict[int, Told]:
    """What they were about, when, and what was amiss. Two queries.

    "Monthly review, Tuesday 3 November: Bo instead of Kit".
    """
    near = Coalesce(F("meeting__client__office__zone"), F("meeting__client__lead__office__zone"))
    found = Ending.objects.filter(meeting__in=rows).select_related("meeting").annotate(zone=near)
    return {
        one.meeting_id: Told(_words(one, ZoneInfo(one.zone or "UTC"), streams), Meeting._meta.label, one.meeting_id)
        for one in found.prefetch_related("meeting__people__member")
    }


def _standing(*, at: datetime, since: datetime, clients: Collection[int] | None) -> Iterator[Was]:
    away = MeetingPerson.objects.filter(meeting=OuterRef("meeting"), promised=True, came=False)
    rows = Ending.objects.filter(kind__in=WENT, at__lte=at, meeting__planned_at__gt=since)
    if clients is not None:
        rows = rows.filter(meeting__client__in=clients)
    columns = ("meeting", "meeting__client", "meeting__planned_at", "kind", "minutes_late", "lacking")
    for row in rows.annotate(lacking=Exists(away)).order_by("meeting").values_list(*columns):
        yield Was(*row)


def _taken_back(*, at: datetime, clients: Collection[int] | None) -> Iterator[Was]:
    rows = Line.objects.filter(verb="touches.take_back", at__gt=at)
    if clients is not None:
        rows = rows.filter(client_id__in=clients)
    for facts in rows.order_by("at", "pk").values_list("facts", flat=True):
        meeting, ended = facts["meeting"], facts["ended"]
        if ended and ended["kind"] in WENT and datetime.fromisoformat(ended["at"]) <= at:
            lacking = any(promised and came is False for _, promised, came in facts["people"])
            planned_at = datetime.fromisoformat(meeting["planned_at"])
            yield Was(
                meeting["id"], meeting["client_id"], planned_at, ended["kind"], ended["minutes_late"], lacking
            )  # fmt: skip


def _words(ending: Ending, zone: ZoneInfo, streams: Streams) -> str:
    meeting, went = ending.meeting, how_it_went(ending, streams=streams)
    return f"{meeting.about}, {words.long_day(meeting.planned_at.astimezone(zone).date())}: {went}"


def how_it_went(ending: Ending, *, streams: Streams = STREAMS) -> str:
    """ "held as promised", "Bo instead of Kit", "without Kit; 12 minutes late", "we did not come"."""
    if ending.kind != EndingKind.HELD:
        return ending.get_kind_display()
    people = list(ending.meeting.people.all())
    away = words.listed([calling(one.member.name) for one in people if one.promised and not one.came])
    others = words.listed([calling(one.member.name) for one in people if not one.promised])
    amiss = [f"{others} instead of {away}" if others else f"without {away}"] if away else []
    if (ending.minutes_late or 0) > streams.meeting_late_minutes:
        amiss.append(f"{ending.minutes_late} minutes late")
    return "; ".join(amiss) or "held as promised"
