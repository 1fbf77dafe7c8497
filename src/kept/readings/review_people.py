"""Who was promised to do a client's work in a quarter, and who did it, month by month."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q, Sum

from kept.kit.charts.axis import Axis
from kept.kit.charts.ranges import range_line
from kept.kit.words import MONTHS, last_of_month, listed
from kept.ledgers.clients.models import Client
from kept.ledgers.engagements.models import PromisedPerson
from kept.ledgers.hours.models import Entry
from kept.readings.client_team import Day, Person, team
from kept.readings.review_quarter import Quarter
from kept.readings.review_told import People, Share, Worker

MOST = 6
SHORT_BELOW = 0.8  # of the part that was sold: less is said (MEASURES, promised people)
WORTH_NAMING = 0.05  # a smaller part of nobody promised is left to the rest
HUNDRED = Axis(0.0, 100.0)


def days_of(client: Client, quarter: Quarter) -> list[Day]:
    """Seconds by day, person and engagement. One query."""
    rows = (
        Entry.objects.filter(client=client, day__gte=quarter.first, day__lte=quarter.last_known)
        .order_by("day")
        .values("engagement_id", "day", "member_id", "member__name", "person", "member__title")
        .annotate(worked=Sum("seconds"))
    )
    return [
        Day(row["engagement_id"], row["day"], row["member_id"], row["member__name"] or row["person"],
            row["member__title"] or "", row["worked"])
        for row in rows
    ]  # fmt: skip


def promised_people(client: Client, quarter: Quarter) -> list[PromisedPerson]:
    """Whom we promised them for some of the quarter. One query."""
    then = Q(since__lte=quarter.last_known) & (Q(until__isnull=True) | Q(until__gte=quarter.first))
    return list(PromisedPerson.objects.filter(then, engagement__client=client).select_related("member"))


def people(days: Sequence[Day], sold: Sequence[PromisedPerson], quarter: Quarter) -> People | None:
    """The section; none where nobody was promised, since there is nothing to hold us to."""
    if not sold:
        return None
    months = {month: _month(month, days, sold) for month in quarter.months}
    names = _order(months.values())
    rows = tuple(
        Worker(who=_called(names[who]), months=tuple(_share(found.get(who), month) for month, found in months.items()))
        for who in list(names)[:MOST]
    )
    said = tuple(MONTHS[month.month - 1] for month in months)
    return People(months=said, rows=rows, say=_say(months))


def _month(month: date, days: Sequence[Day], sold: Sequence[PromisedPerson]) -> dict[str, Person]:
    last = last_of_month(month)
    there = [row for row in sold if row.since <= last and (row.until is None or row.until >= month)]
    return {one.who: one for one in team([row for row in days if month <= row.day <= last], there)}


def _order(months: Iterable[dict[str, Person]]) -> dict[str, Person]:
    """Who was promised first, the largest promise first; then who else did a part worth naming."""
    every: dict[str, list[Person]] = defaultdict(list)
    for found in months:
        for who, one in found.items():
            if one.sold or one.share >= WORTH_NAMING:
                every[who].append(one)
    most = {who: max(ones, key=lambda one: (one.sold or 0.0, one.share)) for who, ones in every.items()}
    return dict(sorted(most.items(), key=lambda pair: (-(pair[1].sold or 0.0), -pair[1].share, pair[0])))


def _share(one: Person | None, month: date) -> Share:
    share, sold = (one.share, one.sold) if one else (0.0, None)
    short = sold is not None and share < sold * SHORT_BELOW
    said = f"{share:.0%}"
    limit = None if sold is None else sold * 100
    return Share(
        month=MONTHS[month.month - 1],
        value=said,
        line=range_line(HUNDRED, used=share * 100, limit=limit),
        short=short,
        label=f"{said} of the hours" + (f", promised {sold:.0%}" if sold is not None else ", not promised"),
    )


def _called(one: Person) -> str:
    return f"{one.first_name}, {one.title[:1].lower()}{one.title[1:]}" if one.title else one.first_name


def _say(months: dict[date, dict[str, Person]]) -> str:
    """ "Kit did 39% in September, where we promised 60%."; of each who was missing, the month in which most was."""
    worst: dict[str, tuple[float, date, Person]] = {}
    for month, found in months.items():
        for who, one in found.items():
            if one.sold and one.share < one.sold * SHORT_BELOW and one.short > worst.get(who, (0.0,))[0]:
                worst[who] = (one.short, month, one)
    if not worst:
        return "Everybody we promised you was there as promised."
    ordered = sorted(worst.values(), key=lambda each: -each[0])
    said = [f"{one.first_name} did {one.share:.0%} in {MONTHS[month.month - 1]}" for _, month, one in ordered[:3]]
    sold = [f"{one.sold:.0%}" for _, _, one in ordered[:3]]
    return f"{listed(said)}, where we promised {listed(sold)}."
