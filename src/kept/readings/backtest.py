"""The firm's own hit rate: what was said before clients left or complained, counted by night and kept until the next.

It is kept in the cache, not in a ledger: nothing is in it that the ledgers do not give again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.cache import cache

from kept.ledgers.clients.models import Client, Stage
from kept.ledgers.team.models import Member
from kept.measures.backtest import HORIZONS, QUARTER, Case, Quarter, Verdict, What, verdicts
from kept.measures.incidents import HURTING
from kept.readings.backtest_losses import YEARS, Loss, losses, told_once
from kept.readings.backtest_said import OnDay, said_on
from kept.readings.calendars import Offices
from kept.readings.trust_numbers import parameters_at
from kept.readings.worked import months_before

KEY = "kept.backtest.2"  # the number changes with the shape of what is kept


@dataclass(frozen=True)
class Past:
    """All that was counted, of every client; `days` is of how many days everybody's word was asked.

    `low` is the feeling, of ten, up to which an answer counted as a complaint.
    """

    counted_at: datetime
    cases: tuple[Case, ...]
    quarters: tuple[Quarter, ...]
    days: int
    low: float = HURTING.feeling


@dataclass(frozen=True)
class Backtest:
    """The same of the clients one viewer may know of, judged: who left and who complained, apart."""

    counted_at: datetime
    cases: tuple[Case, ...]  # the newest first
    quarters: int
    verdicts: dict[What, tuple[Verdict, ...]]
    clients: dict[int, Client]
    low: float = HURTING.feeling

    def of(self, what: What) -> list[Case]:
        return [case for case in self.cases if case.what is what]


def backtest(viewer: Member) -> Backtest | None:
    """What was kept, as this viewer may read it; None before it was first counted. Two queries."""
    past: Past | None = cache.get(KEY)
    if past is None:
        return None
    clients = {client.pk: client for client in Client.objects.seen_by(viewer)}
    cases = tuple(case for case in past.cases if case.client in clients)
    quarters = [quarter for quarter in past.quarters if quarter.client in clients]
    return Backtest(
        counted_at=past.counted_at,
        cases=tuple(sorted(cases, key=lambda case: case.at, reverse=True)),
        quarters=len(quarters),
        verdicts={what: verdicts(cases, quarters, of=what) for what in What},
        clients=clients,
        low=past.low,
    )


def keep(past: Past) -> None:
    """Until it is counted again."""
    cache.set(KEY, past, timeout=None)


def count(*, at: datetime, offices: Offices) -> Past:
    """Look back two years: at every loss, and at every client on the first day of each quarter.

    The days before losses are taken as the Monday before, so that what is asked of one day serves many.
    """
    lost = losses(at=at, offices=offices)
    stories = told_once(lost)
    today = at.astimezone(offices.zone).date()
    starts = quarter_starts(today)
    wanted = {day_before(one, days, offices) for one in stories for days in HORIZONS} | set(starts)
    said = {day: said_on(day, offices=offices) for day in sorted(wanted) if day < today}
    return Past(
        counted_at=at,
        cases=tuple(_case(one, said, offices) for one in stories),
        quarters=tuple(quarter for day in starts for quarter in _quarters(day, said[day], lost, offices)),
        days=len(said),
        low=parameters_at(at).hurting.feeling,
    )


def quarter_starts(today: date) -> list[date]:
    """First days of the quarters of two years that lie at least 90 days back: what came of them is known."""
    first = today.replace(day=1)
    first = months_before(first, (first.month - 1) % 3)
    days = [months_before(first, 3 * back) for back in range(9)]
    return sorted(day for day in days if YEARS >= today - day > timedelta(days=QUARTER))


def day_before(one: Loss, days: int, offices: Offices) -> date:
    """The last Monday that is at least so many days before."""
    day = one.at.astimezone(offices.zone).date() - timedelta(days=days)
    return day - timedelta(days=day.weekday())


def _case(one: Loss, said: dict[date, OnDay], offices: Offices) -> Case:
    days = {days: day_before(one, days, offices) for days in HORIZONS}
    sayings = {many: said[day].said.get(one.client, {}) for many, day in days.items() if day in said}
    return Case(one.client, one.what, one.at, one.how, sayings)


def _quarters(day: date, said: OnDay, lost: Sequence[Loss], offices: Offices) -> list[Quarter]:
    """Every client of whom something was known on that day and who had not left.

    `lost` is all that happened: a quarter in which a story went on was not quiet.
    """
    begins = datetime.combine(day, time(0), offices.zone)
    ends = begins + timedelta(days=QUARTER)
    gone = {one.client for one in lost if one.what is What.LEFT and one.at < begins}
    never = set(Client.objects.filter(stage=Stage.PROSPECT).values_list("pk", flat=True))
    return [
        Quarter(
            client,
            begins,
            frozenset(one.what for one in lost if one.client == client and begins <= one.at < ends),
            said.said.get(client, {}),
        )
        for client in sorted(said.known - gone - never)
    ]
