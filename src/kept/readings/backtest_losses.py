"""Clients who left or complained in the last two years, each with its day and how one knows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Max

from kept.ledgers.bills.models import Surprise
from kept.ledgers.choices.models import Sign, SignKind
from kept.ledgers.clients.models import Client, Stage
from kept.ledgers.engagements.models import Engagement, Kind
from kept.ledgers.journal.models import Line
from kept.measures import incidents
from kept.measures.backtest import What
from kept.measures.incidents import Hurting
from kept.measures.trust_events import Event
from kept.measures.trust_excluded import Excluded, apart
from kept.measures.trust_streams import Stream
from kept.readings.calendars import Offices
from kept.readings.evidence import promises, pulses
from kept.readings.trust_aside import excluded
from kept.readings.trust_numbers import parameters_at

YEARS = timedelta(days=730)
RENEWED_WITHIN = timedelta(days=30)  # work that begins so soon after a retainer ended is its renewal
APART = timedelta(days=90)  # what comes sooner after another is the same story
SIGNS = (SignKind.PITCHED, SignKind.ASKED_FOR_HANDOVER)
HURT = {incidents.Kind.LOW_FEELING: "a low answer", incidents.Kind.MAJOR_BROKEN: "a major promise broken"}
SURPRISED = "a bill that surprised them"
Aside = Mapping[int, Sequence[Excluded]]  # by client, what does not count


@dataclass(frozen=True, slots=True)
class Loss:
    """A client left, or complained, at a moment."""

    client: int
    what: What
    at: datetime
    how: str


def losses(*, at: datetime, offices: Offices) -> list[Loss]:
    """The oldest first, everything that happened, as known at `at` and by the numbers of then. Some twenty queries."""
    (found,) = losses_by([parameters_at(at).hurting], at=at, offices=offices)
    return found


def losses_by(numbers: Sequence[Hurting], *, at: datetime, offices: Offices) -> list[list[Loss]]:
    """The same by each of these numbers; every ledger is read once, however many they are."""
    since, aside = at - YEARS, excluded(at=at)
    plain = [*_parted(offices), *_seen(since, at), *_not_renewed(offices), *_surprised(since, at, aside)]
    events = _events(since, at, offices, aside)
    every = ([*plain, *_hurt(events, since, at, numbers=each)] for each in numbers)
    return [sorted((one for one in found if since < one.at <= at), key=_order) for found in every]


def told_once(found: Iterable[Loss]) -> list[Loss]:
    """Of what befell the same client within 90 days of the first that alone: the rest followed from it.

    What comes later than those 90 days is a story of its own, however much lay between.
    """
    kept: list[Loss] = []
    latest: dict[tuple[int, What], datetime] = {}
    for one in sorted(found, key=_order):
        before = latest.get((one.client, one.what))
        if before is None or one.at - before >= APART:
            kept.append(one)
            latest[one.client, one.what] = one.at
    return kept


def _order(one: Loss) -> tuple[datetime, int, str]:
    return one.at, one.client, one.how


def _parted(offices: Offices) -> list[Loss]:
    """Clients that are past: since when the journal says so, else since their last work was closed."""
    past = list(Client.objects.filter(stage=Stage.PAST).values_list("pk", flat=True))
    lines = Line.objects.filter(verb="clients.change", row_id__in=past, facts__before__has_key="stage")
    days = dict(lines.order_by().values_list("row_id").annotate(last=Max("at")))
    closed = Engagement.objects.filter(client__in=past, closed_on__isnull=False).order_by()
    ends = dict(closed.values_list("client_id").annotate(last=Max("closed_on")))
    moments = {pk: days.get(pk) or (_evening(ends[pk], offices) if pk in ends else None) for pk in past}
    return [Loss(pk, What.LEFT, moment, "no longer a client") for pk, moment in moments.items() if moment]


def _seen(since: datetime, at: datetime) -> list[Loss]:
    rows = Sign.objects.filter(kind__in=SIGNS, at__gt=since, at__lte=at, noted_at__lte=at)
    return [Loss(row.client_id, What.LEFT, row.at, SignKind(row.kind).label) for row in rows]


def _not_renewed(offices: Offices) -> list[Loss]:
    """Retainers that were closed, and nothing else ran or began soon after."""
    works: dict[int, list[Engagement]] = defaultdict(list)
    for row in Engagement.objects.all():
        works[row.client_id].append(row)
    return [
        Loss(client, What.LEFT, _evening(row.closed_on, offices), f"{row.name} ended and was not renewed")
        for client, rows in works.items()
        for row in rows
        if row.kind == Kind.RETAINER and row.closed_on and not _goes_on(row.closed_on, rows)
    ]


def _goes_on(day: date, rows: Iterable[Engagement]) -> bool:
    return any(row.starts <= day + RENEWED_WITHIN and (row.closed_on is None or row.closed_on > day) for row in rows)


def _events(since: datetime, at: datetime, offices: Offices, aside: Aside) -> dict[int, list[Event]]:
    """By client what may hurt, without what is set aside."""
    events: dict[int, list[Event]] = defaultdict(list)
    for source in (promises, pulses):
        for client, event in source.events(at=at, since=since, offices=offices):
            events[client].append(event)
    return {client: list(apart(own, aside.get(client, ()), at=at)[0]) for client, own in events.items()}


def _hurt(events: Mapping[int, list[Event]], since: datetime, at: datetime, *, numbers: Hurting) -> list[Loss]:
    """A promise is major by how it was made, whatever weight the firm gives it."""
    return [
        Loss(client, What.COMPLAINED, one.at, HURT[one.kind])
        for client, own in events.items()
        for one in incidents.incidents(own, since=since, at=at, numbers=numbers)
        if one.kind in HURT
    ]


def _surprised(since: datetime, at: datetime, aside: Aside) -> list[Loss]:
    """They asked about a bill, or disputed it; a bill that is set aside is no complaint."""
    rows = Surprise.objects.filter(opened_at__gt=since, opened_at__lte=at, at__lte=at)
    not_counted = {(one.stream, one.row) for own in aside.values() for one in own if one.until and one.holds(at)}
    return [
        Loss(client, What.COMPLAINED, opened, SURPRISED)
        for bill, client, opened in rows.values_list("bill_id", "bill__client_id", "opened_at")
        if (Stream.BILL, bill) not in not_counted
    ]


def _evening(day: date, offices: Offices) -> datetime:
    return datetime.combine(day, time(18), offices.zone)
