"""How many of the promises that were settled since a day were kept, and which rows say so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from kept.ledgers.promises.models import Outcome, OutcomeKind, Promise
from kept.measures.intervals import Interval, jeffreys
from kept.measures.promises import BROKEN_AFTER, Judgement, KeptShare, kept_share
from kept.readings.calendars import Offices
from kept.readings.promised import Said, Standing, facts, standings

# Most promises are kept, and were moved in time with a yes if at all, so that the day they are due is the day that
# counts: these the database counts, and only those apart from them are judged one by one.
IN_TIME = Q(ended_at__lte=F("due"))
WHETHER_IN_TIME = ExpressionWrapper(IN_TIME, output_field=BooleanField())
SLIPPED = Q(Q(agreed="") | Q(at__gt=F("was_due")), kind=OutcomeKind.MOVED)
APART = SLIPPED | Q(kind=OutcomeKind.RELEASED)


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
    """Count what was settled between `since` and `at`; of `standing`, the open ones, some broke. Four queries."""
    ended = _ended(promises, since, at)
    sums = ended.aggregate(kept=Count("pk", filter=IN_TIME), settled=Count("pk"))
    apart = _apart(ended, since)
    others = _settled([*standings(_rows(apart), at=at, offices=offices), *standing], since)
    kept = sums["kept"] - sum(apart.values()) + sum(one.is_kept for one in others)
    settled = sums["settled"] - len(apart) + len(others)
    return Tally(since=since, kept=kept, settled=settled, interval=jeffreys(kept, settled))


def counted(
    promises: QuerySet[Promise], *, standing: Iterable[Standing], since: datetime, at: datetime, offices: Offices
) -> tuple[list[int], Tally]:
    """The tally with its rows: first those that were not kept, then the kept ones, newest first. Four queries."""
    ended = _ended(promises, since, at)
    apart = _apart(ended, since)
    rows = ended.values_list("pk", "ended_at", WHETHER_IN_TIME)
    found = [(in_time, settled_at or since, pk) for pk, settled_at, in_time in rows if pk not in apart]
    others = _settled([*standings(_rows(apart), at=at, offices=offices), *standing], since)
    found += [(one.is_kept, one.settled_at or since, one.row) for one in others]
    kept = sum(was_kept for was_kept, _, _ in found)
    ordered = [pk for _, _, pk in sorted(found, key=lambda row: (row[0], -row[1].timestamp(), row[2]))]
    return ordered, Tally(since=since, kept=kept, settled=len(found), interval=jeffreys(kept, len(found)))


def believed(rows: Sequence[Said], *, at: datetime, offices: Offices) -> KeptShare:
    """How far our word holds by these rows: recent, larger and worse ones weigh more (see measures.promises)."""
    calendar = offices.calendar(rows[0].promise.client) if rows else offices.main
    return kept_share([facts(row.promise, row.outcomes) for row in rows], at=at, calendar=calendar)


def _ended(promises: QuerySet[Promise], since: datetime, at: datetime) -> QuerySet[Promise]:
    return promises.filter(ended_at__gte=since, ended_at__lte=at).order_by()


def _apart(ended: QuerySet[Promise], since: datetime) -> dict[int, bool]:
    """What counting alone would get wrong, with whether it ended in time.

    Released, or moved too late or without a yes; or so long overdue that it may have broken before `since`.
    """
    long_overdue = ~IN_TIME & Q(due__lt=since - timedelta(days=BROKEN_AFTER))
    apart = Q(Exists(Outcome.objects.filter(APART, promise=OuterRef("pk"))))
    return dict(ended.filter(apart | long_overdue).values_list("pk", WHETHER_IN_TIME))


def _rows(apart: dict[int, bool]) -> QuerySet[Promise]:
    return Promise.objects.filter(pk__in=list(apart))


def _settled(judged: Iterable[Standing], since: datetime) -> list[Judgement]:
    found = (one.judged for one in judged)
    return [one for one in found if one.settled_at is not None and one.settled_at >= since]
