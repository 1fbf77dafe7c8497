"""Hours beyond what was paid for, month by month: chosen beforehand (gifts) or not (leak), and why."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from kept.ledgers.clients.models import Client
from kept.ledgers.engagements.models import Budget, Explanation, Gift, Kind, OverReason
from kept.ledgers.hours.models import MonthTotal
from kept.ledgers.team.models import Member
from kept.readings.calendars import Offices
from kept.readings.stamp import Stamp, stamp
from kept.readings.worked import months_before

HOUR = 3600


@dataclass(frozen=True, slots=True)
class Over:
    """Hours of one engagement beyond its budget in one month; `price` is what an hour of it was sold for, if known.

    `currency` is that of the price.
    """

    client: int
    engagement: int
    month: date
    hours: float
    gift: float
    price: float | None
    currency: str


@dataclass(frozen=True)
class Month:
    month: date
    gift: float
    leak: float


@dataclass(frozen=True)
class Year:
    """This year's hours beyond the budgets.

    `worth` are (currency, amount), largest first: what they would have brought at the price an hour was sold for.
    `reasons` are (words, hours), largest first, gifts last.
    """

    months: tuple[Month, ...]
    gift: float
    leak: float
    worth: tuple[tuple[str, float], ...]
    reasons: tuple[tuple[str, float], ...]

    @property
    def total(self) -> float:
        return self.gift + self.leak


def year(viewer: Member, *, at: datetime, offices: Offices, mine: bool = False) -> Year:
    """The year so far, of the clients the viewer may know of; `mine`: leads. Three queries when nothing moved."""
    this = at.astimezone(offices.zone).date().replace(day=1)
    first = date(this.year, 1, 1)
    clients = Client.objects.seen_by(viewer)
    visible = set((clients.filter(lead=viewer) if mine else clients).values_list("pk", flat=True))
    overs = [over for over in _kept(first, this, stamp()) if over.client in visible]
    gifts: dict[date, float] = defaultdict(float)
    leaks: dict[date, float] = defaultdict(float)
    for over in overs:
        gifts[over.month] += over.gift
        leaks[over.month] += over.hours - over.gift
    months = tuple(Month(month, gifts[month], leaks[month]) for month in _months(first, this))
    return Year(
        months=months,
        gift=sum(one.gift for one in months),
        leak=sum(one.leak for one in months),
        worth=_worth(overs),
        reasons=_reasons(overs, first),
    )


@lru_cache(maxsize=2)
def _kept(first: date, last: date, moved: Stamp) -> list[Over]:
    budgets: dict[int, list[Budget]] = defaultdict(list)
    for row in Budget.objects.select_related("engagement"):
        budgets[row.engagement_id].append(row)
    gifts: dict[tuple[int, date], float] = defaultdict(float)
    for gift in Gift.objects.filter(month__gte=first):
        gifts[gift.engagement_id, gift.month] += float(gift.hours)
    worked: dict[tuple[int, int], list[tuple[date, int]]] = defaultdict(list)
    totals = MonthTotal.objects.filter(engagement__in=list(budgets), month__lte=last).order_by("month")
    for client, engagement, month, seconds in totals.values_list("client_id", "engagement_id", "month", "seconds"):
        worked[client, engagement].append((month, seconds))
    found = []
    for (client, engagement), months in worked.items():
        for month, hours, price in overs(budgets[engagement], months):
            if month >= first:
                gift_hours = min(hours, gifts[engagement, month])
                currency = budgets[engagement][0].currency
                found.append(Over(client, engagement, month, hours, gift_hours, price, currency))
    return found


def overs(budgets: Sequence[Budget], months: Sequence[tuple[date, int]]) -> Iterable[tuple[date, float, float | None]]:
    """(month, hours beyond, price of an hour) of one engagement: of a retainer each month, else beyond the whole.

    `months` are (month, seconds), oldest first.
    """
    monthly = budgets[0].engagement.kind == Kind.RETAINER
    so_far = 0.0
    for month, seconds in months:
        rows = [row for row in budgets if not monthly or _covers(row, month)]
        paid = float(sum((row.hours for row in rows if row.hours is not None), Decimal(0)))
        if not paid:
            continue
        fee = float(sum((row.fee for row in rows if row.fee is not None), Decimal(0)))
        before, so_far = (0.0, seconds / HOUR) if monthly else (so_far, so_far + seconds / HOUR)
        over = max(0.0, so_far - paid) - max(0.0, before - paid)
        if over > 0:
            yield month, over, fee / paid if fee else None


def _covers(row: Budget, month: date) -> bool:
    return row.starts < months_before(month, -1) and (row.ends is None or row.ends >= month)


def _worth(overs: Sequence[Over]) -> tuple[tuple[str, float], ...]:
    """By currency; what was sold in another one is another sum."""
    found: dict[str, float] = defaultdict(float)
    for over in overs:
        if over.price:
            found[over.currency] += over.hours * over.price
    return tuple(sorted(found.items(), key=lambda pair: -pair[1]))


def _reasons(overs: Sequence[Over], first: date) -> tuple[tuple[str, float], ...]:
    said: dict[str, float] = defaultdict(float)
    mine = {over.engagement for over in overs}
    explained = Explanation.objects.filter(month__gte=first).values_list("engagement_id", "reason", "hours")
    for engagement, reason, hours in explained:
        if engagement in mine:
            said[OverReason(reason).label] += float(hours)
    leak = sum(over.hours - over.gift for over in overs)
    said["not yet said"] = max(0.0, leak - sum(said.values()))
    ordered = sorted(said.items(), key=lambda pair: -pair[1])
    gift = sum(over.gift for over in overs)
    return (*((words, hours) for words, hours in ordered if hours > 0), *([("gift", gift)] if gift else []))


def _months(first: date, last: date) -> list[date]:
    months = []
    while first <= last:
        months.append(first)
        first = months_before(first, -1)
    return months
