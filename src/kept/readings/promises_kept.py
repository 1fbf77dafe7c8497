"""How many of the promises that were settled since a day were kept, and which rows say so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from kept.ledgers.promises.models import Outcome, OutcomeKind, Promise
from kept.measures.intervals import Interval, jeffreys
from kept.measures.promises import BROKEN_AFTER, WORTH_MOVED, Judgement, KeptShare, kept_share
from kept.readings.calendars import Offices
from kept.readings.promised import Said, Standing, facts, standings

# Most promises are kept in time and never moved: these the database counts, and only the others are judged one by one.
IN_TIME = Q(ended_at__lte=F("first_due"))
PLAIN = Q(was_moved=False, was_kept=True)
RELEASED_IN_TIME = Q(was_moved=False, was_kept=False) & IN_TIME


@dataclass(frozen=True)
class Tally:
    """`kept` of `settled` promises since `since`, with the 80 % range of the share (0..1)."""

    since: datetime
    kept: int
    settled: int
    interval: Interval


def quarter_of(at: datetime, zone: ZoneInfo) -> datetime:
    """The first moment of the calendar quarter in that zone."""
    local = at.astimezone(zone).date()
    return datetime.combine(local.replace(month=local.month - (local.month - 1) % 3, day=1), time.min, zone)


def tally(
    promises: QuerySet[Promise], *, standing: Iterable[Standing], since: datetime, at: datetime, offices: Offices
) -> Tally:
    """Count what was settled between `since` and `at`; of `standing`, the open ones, some broke. Three queries."""
    ended, plain = _ended(promises, since, at), _plain(since)
    sums = ended.aggregate(kept=Count("pk", filter=plain & IN_TIME), settled=Count("pk", filter=plain))
    others = _others(ended, standing, since=since, at=at, offices=offices)
    kept = sums["kept"] + sum(_is_kept(one) for one in others)
    settled = sums["settled"] + len(others)
    return Tally(since=since, kept=kept, settled=settled, interval=jeffreys(kept, settled))


def counted(
    promises: QuerySet[Promise], *, standing: Iterable[Standing], since: datetime, at: datetime, offices: Offices
) -> tuple[list[int], Tally]:
    """The tally with its rows: first those that were not kept, then the kept ones, newest first. Three queries."""
    ended = _ended(promises, since, at)
    found = [
        (in_time, settled_at or since, pk)
        for pk, settled_at, in_time in ended.filter(_plain(since))
        .annotate(in_time=Exists(Promise.objects.filter(IN_TIME, pk=OuterRef("pk"))))
        .values_list("pk", "ended_at", "in_time")
    ]
    others = _others(ended, standing, since=since, at=at, offices=offices)
    found += [(_is_kept(one), one.settled_at or since, one.row) for one in others]
    kept = sum(was_kept for was_kept, _, _ in found)
    rows = [pk for _, _, pk in sorted(found, key=lambda row: (row[0], -row[1].timestamp(), row[2]))]
    return rows, Tally(since=since, kept=kept, settled=len(found), interval=jeffreys(kept, len(found)))


def believed(rows: Sequence[Said], *, at: datetime, offices: Offices) -> KeptShare:
    """How far our word holds by these rows: recent, larger and worse ones weigh more (see measures.promises)."""
    calendar = offices.calendar(rows[0].promise.client) if rows else offices.main
    return kept_share([facts(row.promise, row.outcomes) for row in rows], at=at, calendar=calendar)


def _ended(promises: QuerySet[Promise], since: datetime, at: datetime) -> QuerySet[Promise]:
    own = Outcome.objects.filter(promise=OuterRef("pk"))
    return (
        promises.filter(ended_at__gte=since, ended_at__lte=at)
        .order_by()
        .annotate(
            was_moved=Exists(own.filter(kind=OutcomeKind.MOVED)), was_kept=Exists(own.filter(kind=OutcomeKind.KEPT))
        )
    )


def _plain(since: datetime) -> Q:
    """Kept and never moved; in time, or late but due so shortly before `since` that it cannot have broken before it."""
    return PLAIN & (IN_TIME | Q(first_due__gte=since - timedelta(days=BROKEN_AFTER)))


def _others(
    ended: QuerySet[Promise], standing: Iterable[Standing], *, since: datetime, at: datetime, offices: Offices
) -> list[Judgement]:
    """What the database cannot count: moved ones, long overdue ones, and the open ones that have broken."""
    hard = standings(ended.exclude(_plain(since) | RELEASED_IN_TIME), at=at, offices=offices)
    judged = [one.judged for one in (*hard, *standing)]
    return [one for one in judged if one.settled_at is not None and one.settled_at >= since]


def _is_kept(one: Judgement) -> bool:
    return one.worth is not None and one.worth >= WORTH_MOVED
