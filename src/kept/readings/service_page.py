"""How one client was served beside the letters: meetings, work handed over, bills, and the people promised."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, Q

from kept.ledgers.bills.models import Bill, Surprise
from kept.ledgers.clients.models import Client
from kept.ledgers.deliverables.models import Deliverable, Receipt
from kept.ledgers.engagements.models import PromisedPerson, Replacement
from kept.ledgers.team.models import Member
from kept.ledgers.touches.models import Ending, EndingKind, Meeting, MeetingPerson
from kept.measures.billing import Verdict
from kept.measures.receiving import Received
from kept.measures.trust_events import Held, held
from kept.measures.trust_streams import Streams
from kept.readings.calendars import Offices
from kept.readings.evidence.bills import verdict_of
from kept.readings.evidence.deliverables import received_of
from kept.readings.evidence.touches import WENT
from kept.readings.exchanged import LATELY
from kept.readings.staffed import by_person
from kept.readings.trust_numbers import parameters_at
from kept.readings.worked import months_before

SHOWN = 50
MONTHS = 3  # closed ones, whose hours are shown beside those promised


@dataclass(frozen=True)
class Met:
    """A meeting with how it ended (None: nobody said) and our people of it.

    `how` we held it is None while nobody said, and for one that was called off.
    """

    meeting: Meeting
    ending: Ending | None
    how: Held | None
    promised: tuple[str, ...]
    away: tuple[str, ...]  # promised, and did not come
    others: tuple[str, ...]  # came, and were not promised


@dataclass(frozen=True)
class Work:
    """A piece of work and how it was received in all; None: nobody has said a word."""

    row: Deliverable
    received: Received | None


@dataclass(frozen=True)
class Sent:
    """A bill, what it was to them (None: not known), and what they said of it."""

    row: Bill
    verdict: Verdict | None
    surprises: tuple[Surprise, ...]

    @property
    def open(self) -> Surprise | None:
        """What is not settled yet."""
        return next((one for one in self.surprises if one.settled_at is None), None)


@dataclass(frozen=True)
class Part:
    """Somebody promised, with the hours worked and promised of each of the last closed months (None: not known)."""

    row: PromisedPerson
    months: tuple[tuple[float, float] | None, ...]
    replacement: Replacement | None

    @property
    def stands(self) -> bool:
        """Whether nobody took over."""
        return self.replacement is None


@dataclass(frozen=True)
class Served:
    """Everything the page shows of the client, newest first; amounts are for those who may see money.

    `streams` are the firm's numbers of `at`, by which meetings and bills were judged.
    """

    at: datetime
    zone: ZoneInfo
    viewer: Member
    client: Client
    meetings: tuple[Met, ...]
    work: tuple[Work, ...]
    bills: tuple[Sent, ...]
    people: tuple[Part, ...]
    months: tuple[date, ...]
    streams: Streams

    @property
    def money(self) -> bool:
        return self.viewer.may_see_money

    @property
    def since(self) -> datetime:
        """From when the page's sentence speaks."""
        return self.at - LATELY


def service_page(
    client: Client, *, viewer: Member, at: datetime, offices: Offices, limit: int | None = SHOWN
) -> Served:
    """The client, whom the viewer may know of; of each kind the newest `limit`, or all. Eleven queries at most."""
    zone = offices.zone_of(viewer)
    this = at.astimezone(offices.zone).date().replace(day=1)
    months = tuple(months_before(this, back) for back in range(MONTHS, 0, -1))
    streams = parameters_at(at).streams
    return Served(
        at=at,
        zone=zone,
        viewer=viewer,
        client=client,
        meetings=_meetings(client, limit, streams),
        work=_work(client, limit),
        bills=_bills(client, limit, streams),
        people=_people(client, months, at=at, zone=zone),
        months=months,
        streams=streams,
    )


def _meetings(client: Client, limit: int | None, streams: Streams) -> tuple[Met, ...]:
    people = Prefetch("people", MeetingPerson.objects.select_related("member"))
    rows = Meeting.objects.filter(client=client).select_related("ending").prefetch_related(people)
    return tuple(_met(row, streams) for row in rows[:limit])


def _met(row: Meeting, streams: Streams) -> Met:
    people, ending = list(row.people.all()), getattr(row, "ending", None)
    away = tuple(one.member.first_name for one in people if one.promised and one.came is False)
    return Met(
        meeting=row,
        ending=ending,
        how=how_held(ending, away=bool(away), streams=streams) if ending else None,
        promised=tuple(one.member.first_name for one in people if one.promised),
        away=away,
        others=tuple(one.member.first_name for one in people if not one.promised),
    )


def how_held(ending: Ending, *, away: bool, streams: Streams) -> Held | None:
    """How the meeting was held by these numbers, `away` somebody promised did not come; None: it was called off."""
    if ending.kind not in WENT:
        return None
    late = timedelta(minutes=ending.minutes_late or 0)
    return held(came=ending.kind == EndingKind.HELD, substitute=away, late=late, streams=streams)


def _work(client: Client, limit: int | None) -> tuple[Work, ...]:
    receipts = Prefetch("receipts", Receipt.objects.select_related("contact"))
    rows = Deliverable.objects.filter(client=client).prefetch_related(receipts)
    return tuple(Work(row, received_of(row)) for row in rows[:limit])


def _bills(client: Client, limit: int | None, streams: Streams) -> tuple[Sent, ...]:
    surprises = Prefetch("surprises", Surprise.objects.select_related("contact"))
    rows = Bill.objects.filter(client=client).prefetch_related(surprises)
    return tuple(Sent(row, verdict_of(row, streams=streams), tuple(row.surprises.all())) for row in rows[:limit])


def _people(client: Client, months: tuple[date, ...], *, at: datetime, zone: ZoneInfo) -> tuple[Part, ...]:
    """Those promised of engagements that run, also those from whom somebody took over in the last half year."""
    day = at.astimezone(zone).date()
    lately = Q(until__isnull=True) | Q(until__gte=(at - LATELY).date())
    running = Q(engagement__closed_on__isnull=True) & (
        Q(engagement__ends__isnull=True) | Q(engagement__ends__gte=day.replace(day=1))
    )
    rows = PromisedPerson.objects.filter(lately, running, engagement__client=client)
    rows = rows.select_related("member", "engagement", "replacement__instead__member")
    hours: dict[int, dict[date, tuple[float, float]]] = defaultdict(dict)
    before = months_before(months[-1], -1)
    for part, month, worked, promised in by_person(first=months[0], before=before, clients=[client.pk]):
        hours[part.pk][month] = worked, promised
    return tuple(
        Part(row, tuple(hours[row.pk].get(month) for month in months), getattr(row, "replacement", None))
        for row in rows.order_by("engagement__starts", "engagement", "-share", "since", "pk")
    )
