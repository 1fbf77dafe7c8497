"""All clients at a glance: who waits, what is late, whose hours run out, how long it has been quiet."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from kept.kit.called import containing
from kept.kit.written_once import written_once
from kept.ledgers.clients.models import Client, Clients, Stage
from kept.ledgers.promises.models import Promise
from kept.ledgers.team.models import Member
from kept.measures.attention import Band, Kind, Matter, ordered
from kept.measures.burn import RED_PROBABILITY
from kept.measures.promises import OVERDUE, WEIGHTS, State
from kept.readings.budgets import Running, running
from kept.readings.calendars import Offices
from kept.readings.client_page import Last, last_spoken
from kept.readings.promised import Standing, as_standings, standings_of
from kept.readings.waiting import Waiting, waiting

PAGE = 50
SERVED = "served"  # all but those we no longer work with


class Known(NamedTuple):
    """As much of a client as its row shows; a page knows hundreds of them, too many to load whole."""

    pk: int
    name: str
    stage: str
    lead: str  # their whole name; "" where nobody leads


@dataclass(frozen=True)
class Row:
    """One client; the lists in the order of need. `hours` is the budget nearest to its line, None where none runs."""

    client: Known
    waiting: tuple[Waiting, ...]
    promises: tuple[Standing, ...]
    hours: Running | None
    jobs: int
    last: Last | None

    @property
    def overdue(self) -> list[Standing]:
        """Open promises past their day, the oldest first."""
        return [one for one in self.promises if one.judged.state in OVERDUE]

    @property
    def is_over(self) -> bool:
        """Whether more hours were worked than were paid for."""
        return self.hours is not None and self.hours.budget is not None and self.hours.worked > self.hours.budget


@dataclass(frozen=True)
class Wanted:
    """Whose clients (a lead's key, None: everyone's), in which stage ("served", or one of them), and of which name."""

    lead: int | None = None
    stage: str = SERVED
    name: str = ""


@dataclass(frozen=True)
class ClientList:
    """All clients that were asked for, those that need us first."""

    at: datetime
    day: date
    zone: ZoneInfo
    rows: tuple[Row, ...]


def client_list(viewer: Member, *, at: datetime, offices: Offices, wanted: Wanted | None = None) -> ClientList:
    """The clients the viewer may know of. Hours only for those who may see money. Eight queries when nothing moved."""
    zone = offices.zone_of(viewer)
    clients = _clients(viewer, wanted or Wanted())
    waits = by_client((one.client_id, one) for one in waiting(viewer, at=at, offices=offices) if one.client_id)
    stand = by_client((one.client_id, one) for one in standings_of(_opened(viewer, at), at=at, offices=offices))
    known = [client.pk for client, _ in clients]
    money = running(viewer, at=at, offices=offices, visible=known) if viewer.may_see_money else []
    day = at.astimezone(zone).date()
    jobs = by_client((row.engagement.client_id, row) for row in money if not row.is_over(day))
    rows = [
        Row(
            client=client,
            waiting=tuple(waits.get(client.pk, ())),
            promises=tuple(stand.get(client.pk, ())),
            hours=nearest(jobs[client.pk]) if client.pk in jobs else None,
            jobs=len(jobs.get(client.pk, ())),
            last=last,
        )
        for client, last in clients
    ]
    return ClientList(at=at, day=day, zone=zone, rows=tuple(_in_order(rows, at=at, zone=zone)))


def _clients(viewer: Member, wanted: Wanted) -> list[tuple[Known, Last | None]]:
    rows = (
        _named(viewer, wanted)
        if wanted.name
        else _all(viewer, wanted.lead or 0, stage=wanted.stage, led=bool(wanted.lead))
    )
    return [
        (Known(pk, name, stage, lead or ""), Last(spoke_at, talk) if talk is not None else None)
        for pk, name, stage, lead, spoke_at, talk in rows
    ]


@written_once
def _all(viewer: Member, lead: int, *, stage: str, led: bool) -> QuerySet[Client, tuple[Any, ...]]:
    return _columns(Client.objects.seen_by(viewer), stage=stage, lead=lead if led else None)


def _named(viewer: Member, wanted: Wanted) -> QuerySet[Client, tuple[Any, ...]]:
    rows = containing(Client.objects.seen_by(viewer), wanted.name)
    return _columns(rows, stage=wanted.stage, lead=wanted.lead)


def _columns(rows: Clients, *, stage: str, lead: int | None) -> QuerySet[Client, tuple[Any, ...]]:
    if stage == SERVED:
        rows = rows.served()
    elif stage in Stage.values:
        rows = rows.filter(stage=stage)
    if lead is not None:
        rows = rows.filter(lead=lead)
    spoken = last_spoken()
    return rows.values_list("pk", "name", "stage", "lead__name", spoken["spoke_at"], spoken["talk_id"])


@written_once
def _opened(viewer: Member, at: datetime) -> QuerySet[Promise, tuple[Any, ...]]:
    return as_standings(Promise.objects.seen_by(viewer).open(), at=at)


def by_client[One](pairs: Iterable[tuple[int, One]]) -> Mapping[int, Sequence[One]]:
    found: dict[int, list[One]] = defaultdict(list)
    for client, one in pairs:
        found[client].append(one)
    return found


def nearest(jobs: Sequence[Running]) -> Running | None:
    """The one most likely to be crossed; of work by the hour any."""
    if len(jobs) == 1:
        return jobs[0]
    return max(jobs, key=lambda job: (job.alarm.probability if job.alarm else -1.0, -job.engagement.pk), default=None)


def _in_order(rows: Sequence[Row], *, at: datetime, zone: ZoneInfo) -> list[Row]:
    """As Today orders what deserves it: a client stands where its most urgent matter does; the calm by silence."""
    midnight = datetime.combine(at.astimezone(zone).date() + timedelta(days=1), time.min, zone)
    whose = {matter: row.client.pk for row in rows for matter in _matters(row)}
    places: dict[int, int] = {}
    order = ordered(list(whose), at=at, today_ends=midnight, tomorrow_ends=midnight + timedelta(days=1))
    for place, one in enumerate(order):
        if one.band is not Band.CALM:
            places.setdefault(whose[one.matter], place)
    never = at - timedelta(days=36500)
    return sorted(
        rows,
        key=lambda row: (
            places.get(row.client.pk, len(whose)),
            row.client.stage in {Stage.PAST, Stage.PAUSED, Stage.PROSPECT},
            row.last.at if row.last else never,
            row.client.name.casefold(),
        ),
    )


def _matters(row: Row) -> Iterable[Matter]:
    for one in row.waiting:
        wait = one.wait
        yield Matter(Kind.WAITING, one.talk_id, wait.due, wait.late, left=wait.left, pledge=wait.pledge)
    for said in row.promises:
        state, due = said.judged.state, said.judged.due
        late, broken = state == State.LATE, state == State.BROKEN
        yield Matter(Kind.PROMISE, said.pk, due, late, broken, weight=WEIGHTS[said.size])
    if row.hours is not None and row.hours.alarm and row.hours.alarm.probability >= RED_PROBABILITY:
        chance = row.hours.alarm.probability  # of a lower one there is no hurry, and no place in the order
        yield Matter(Kind.HOURS, row.hours.engagement.pk, chance=chance, over=row.hours.over)
