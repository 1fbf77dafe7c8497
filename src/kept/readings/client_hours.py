"""The hours of one client: each running budget, who worked them day by day, and what went beyond since January."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Sum

from kept.kit.written_once import written_once
from kept.ledgers.clients.models import Client
from kept.ledgers.engagements.models import Budget, Engagement, PromisedPerson
from kept.ledgers.hours.models import Entry, MonthTotal
from kept.measures.burn_paid import earned_per_hour
from kept.readings.budgets import HOUR, Running, running_of
from kept.readings.budgets_read import runs
from kept.readings.calendars import Offices
from kept.readings.client_team import Day, Person, team
from kept.readings.hours_said import Word, gifts, words_of
from kept.readings.overservice import overs
from kept.readings.worked import months_before, summed

TEAM_MONTHS = 3  # so many months, this one included, show who really does the work


@dataclass(frozen=True)
class Hours:
    """What is known of a client's hours. `running` most pressing first; `words` newest first; hours as floats.

    `over` are hours beyond the budgets by month since January, `given` those of them that were chosen.
    """

    day: date
    running: tuple[Running, ...]
    days: tuple[Day, ...]
    month: float  # worked this month, on any engagement or none
    before: float  # worked the month before
    loose: float  # of this month, on no engagement
    people: tuple[Person, ...]
    people_since: date
    over: tuple[tuple[date, float], ...]
    given: float
    words: tuple[Word, ...]

    @property
    def leak(self) -> float:
        """Hours beyond since January that nobody chose."""
        return max(0.0, sum(hours for _, hours in self.over) - self.given)

    def words_on(self, one: Running) -> list[Word]:
        """What was said about the present period of a budget: its month, or since its start."""
        first = one.starts.replace(day=1)
        return [word for word in self.words if word.engagement_id == one.engagement.pk and word.month >= first]

    def by_day(self, one: Running) -> list[tuple[date, float]]:
        """Hours on each day of the present period, oldest first."""
        found: dict[date, int] = defaultdict(int)
        for row in self.days:
            if row.engagement_id == one.engagement.pk and row.day >= one.starts:
                found[row.day] += row.seconds
        return [(day, found[day] / HOUR) for day in sorted(found)]


def earned(one: Running) -> tuple[float, float] | None:
    """What an hour will likely earn, and what it was sold for; None where fee or hours are not known."""
    if one.fee is None or not one.budget:
        return None
    likely = one.forecast.likely if one.forecast else one.worked
    got = earned_per_hour(float(one.fee), worked=likely)
    return (got, float(one.fee) / one.budget) if got is not None else None


def client_hours(client: Client, *, day: date, offices: Offices) -> Hours:
    """Everything about the hours of a client (with its lead) until the end of `day`. Six queries."""
    january, month = date(day.year, 1, 1), day.replace(day=1)
    budgets, totals = _budgets(client), _totals(client, day)
    running = _running(client, budgets=budgets, totals=totals, day=day, offices=offices)
    since = months_before(month, TEAM_MONTHS - 1)
    days = _days(client, first=min([since, *(one.starts for one in running)]), last=day)
    words = words_of(client, since=january)
    over = _over(budgets, totals, since=january)
    given = gifts(words)
    return Hours(
        day=day,
        running=tuple(running),
        days=tuple(days),
        month=_worked(totals, month),
        before=_worked(totals, months_before(month, 1)),
        loose=_worked([row for row in totals if row.engagement_id is None], month),
        people=team([one for one in days if one.day >= since], _promised(client, day)),
        people_since=since,
        over=tuple((when, hours) for (_, when), hours in sorted(over.items(), key=lambda pair: pair[0][1])),
        given=sum(min(hours, given.get(key, 0.0)) for key, hours in over.items()),
        words=tuple(words),
    )


def _running(
    client: Client, *, budgets: Sequence[Budget], totals: Iterable[MonthTotal], day: date, offices: Offices
) -> list[Running]:
    engagements = _engagements(client, day, day.replace(day=1))
    for one in engagements:
        one.client = client  # which the caller loaded, with its lead
    here = {one.pk for one in engagements}
    agreed = [row for row in budgets if row.engagement_id in here]
    return running_of(engagements, budgets=agreed, hours=summed(totals, day), day=day, offices=offices)


@written_once
def _budgets(client: Client) -> QuerySet[Budget]:
    return Budget.objects.filter(engagement__client=client).select_related("engagement")


@written_once
def _totals(client: Client, day: date) -> QuerySet[MonthTotal]:
    return MonthTotal.objects.filter(client=client, month__lte=day).order_by("month")


@written_once
def _engagements(client: Client, day: date, month: date) -> QuerySet[Engagement]:
    return Engagement.objects.filter(runs(day, month=month), client=client)


@written_once
def _entries(client: Client, first: date, last: date) -> QuerySet[Any, Any]:
    return (
        Entry.objects.filter(client=client, day__gte=first, day__lte=last)
        .order_by("day")
        .values("engagement_id", "day", "member_id", "member__name", "person", "member__title")
        .annotate(worked=Sum("seconds"))
    )


def _days(client: Client, *, first: date, last: date) -> list[Day]:
    return [
        Day(row["engagement_id"], row["day"], row["member_id"], row["member__name"] or row["person"],
            row["member__title"] or "", row["worked"])
        for row in _entries(client, first, last)
    ]  # fmt: skip


@written_once
def _promised(client: Client, day: date) -> QuerySet[PromisedPerson]:
    now = Q(engagement__closed_on__isnull=True, since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))
    return PromisedPerson.objects.filter(now, engagement__client=client).select_related("member")


def _over(budgets: Iterable[Budget], totals: Iterable[MonthTotal], *, since: date) -> dict[tuple[int, date], float]:
    """Hours beyond what was paid for, by engagement and month."""
    agreed: dict[int, list[Budget]] = defaultdict(list)
    for budget in budgets:
        agreed[budget.engagement_id].append(budget)
    months: dict[int, list[tuple[date, int]]] = defaultdict(list)
    for row in totals:
        if row.engagement_id in agreed:
            months[row.engagement_id].append((row.month, row.seconds))
    return {
        (engagement, month): hours
        for engagement, worked in months.items()
        for month, hours, _ in overs(agreed[engagement], worked)
        if month >= since
    }


def _worked(totals: Iterable[MonthTotal], month: date) -> float:
    return sum(row.seconds for row in totals if row.month == month) / HOUR
