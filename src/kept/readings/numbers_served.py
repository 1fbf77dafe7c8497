"""What a number tried would do to how clients were served: meetings and bills that their page would judge otherwise."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef

from kept.ledgers.bills.models import Bill, Surprise
from kept.ledgers.touches.models import Ending, EndingKind
from kept.measures.billing import Verdict, verdict
from kept.measures.trust_events import Held
from kept.readings.evidence.touches import how_it_went
from kept.readings.numbers_effects import Change, Changes, Trial, gathered
from kept.readings.service_page import how_held


@dataclass(frozen=True, slots=True)
class Went:
    """A meeting that was held: when it was to be, how it is judged, and in which words."""

    planned_at: datetime
    held: Held | None
    words: str


@dataclass(frozen=True, slots=True)
class Billed:
    """A bill: when it was sent, and what it was to them."""

    sent_on: date
    verdict: Verdict | None


def of_meetings(tried: Trial) -> Changes[Went]:
    """Meetings that began late, by minutes between the one number and the other. Three queries, or one."""
    low, high = sorted(each.streams.meeting_late_minutes for each in (tried.ours, tried.other))
    rows = Ending.objects.filter(
        kind=EndingKind.HELD, meeting__client__in=tried.named, minutes_late__gt=low, minutes_late__lte=high
    )
    rows = rows.select_related("meeting").prefetch_related("meeting__people__member")
    return gathered((_met(row, tried) for row in rows.order_by("meeting__planned_at", "pk")), of=tried)


def of_bills(tried: Trial) -> Changes[Billed]:
    """Bills above what was quoted, of which they were not told before and did not ask. One query."""
    asked = Exists(Surprise.objects.filter(bill=OuterRef("pk")))
    rows = Bill.objects.filter(~asked, client__in=tried.named, told_beforehand=False, amount__gt=F("quoted"))
    return gathered((_sent(row, tried) for row in rows.order_by("sent_on", "pk")), of=tried)


def _met(row: Ending, tried: Trial) -> Change[Went]:
    meeting = row.meeting
    away = any(one.promised and one.came is False for one in meeting.people.all())
    now, then = (
        Went(
            meeting.planned_at,
            how_held(row, away=away, streams=each.streams),
            how_it_went(row, streams=each.streams),
        )
        for each in (tried.ours, tried.other)
    )
    return Change(meeting.client_id, tried.named[meeting.client_id], now, then, about=meeting.about)


def _sent(row: Bill, tried: Trial) -> Change[Billed]:
    now, then = (
        Billed(row.sent_on, verdict(row.amount, quoted=row.quoted, told=False, surprised=False, within=within))
        for within in (each.streams.bill_within for each in (tried.ours, tried.other))
    )
    return Change(row.client_id, tried.named[row.client_id], now, then, about=row.number)
