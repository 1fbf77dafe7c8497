"""One client's trust opened to all its rows, as of any day: counted afresh, beside where it stood a quarter before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from kept.kit.asked_together import together
from kept.ledgers.clients.models import Client
from kept.ledgers.reckoning.models import RowSetAside
from kept.measures.drift_alarms import Rates, rates_at
from kept.measures.parameters import Parameters
from kept.measures.trust_excluded import Excluded
from kept.measures.trust_streams import PART_OF, Part
from kept.readings.calendars import Offices
from kept.readings.evidence import Told
from kept.readings.evidence.sources import told_of
from kept.readings.snapshots.beside import a_quarter_before
from kept.readings.snapshots.counted import Counted, counted_of
from kept.readings.snapshots.models import Snapshot
from kept.readings.snapshots.telling import priors_of, row_told, rows_that_hurt, told
from kept.readings.trust import Reckoned, trust_of_clients, trust_of_firm
from kept.readings.trust_numbers import parameters_at

PAGE = 50
WEEKS = 26.0  # over which the pace of evidence is taken


@dataclass(frozen=True)
class Out:
    """A row that does not count: what it is, and how it can be taken back (`aside`, None for a tombstone)."""

    excluded: Excluded
    said: Told | None
    aside: int | None


@dataclass(frozen=True)
class TrustPage:
    """Trust as of `at`; `rows` of one page as `telling.row_told` says them, `n` in all; `rates` of the pillars' alarms.

    `now` says that it is as of this moment, so that something can be done about it.
    """

    client: Client
    at: datetime
    now: bool
    one: Reckoned
    counted: Counted
    rows: list[dict[str, Any]]
    n: int
    out: list[Out]
    rates: tuple[Rates, ...]


def trust_page(
    client: Client, *, at: datetime, now: bool, offices: Offices, page: int = 1, everything: bool = False
) -> TrustPage:
    """The page of a client; `everything` has all rows on it.

    At most eleven queries where the averages of that day were kept, however much there is.
    """
    day, ours = at.astimezone(offices.zone).date(), parameters_at(at)
    kept = _kept(client.pk, day)
    one = _reckoned(client.pk, kept["priors"], at=at, house=offices, parameters=ours)
    every = one.trust.contributions
    shown = every if everything else every[(page - 1) * PAGE : page * PAGE]
    words = told_of(
        [(each.stream, each.row) for each in shown]
        + rows_that_hurt(one)
        + [(each.stream, each.row) for each in one.trust.excluded],
        client=client.pk,
        streams=ours.streams,
    )
    asides = _asides(client.pk, at) if any(each.until for each in one.trust.excluded) else {}
    return TrustPage(
        client=client,
        at=at,
        now=now,
        one=one,
        counted=counted_of(told(one, words), next((said for (said,) in kept["before"]), None), moved=False),
        rows=[row_told(each, words) for each in shown],
        n=len(every),
        out=[
            Out(each, words.get((each.stream, each.row)), asides.get((each.stream, each.row)) if each.until else None)
            for each in one.trust.excluded
        ],
        rates=tuple(_pace(one, part) for part in Part),
    )


def end_of(day: date, *, offices: Offices) -> datetime:
    """The last second of a day of the main office."""
    return datetime.combine(day, time(23, 59, 59), offices.zone)


def _reckoned(
    pk: int, priors: Sequence[tuple[Any]], *, at: datetime, house: Offices, parameters: Parameters
) -> Reckoned:
    """From the averages kept of that day; where none were kept, everybody is counted as of then."""
    if priors:
        begun = {pk: priors_of(priors[0][0])}
        return trust_of_clients(begun, at=at, house=house, parameters=parameters)[pk]
    firm = trust_of_firm(at, house=house, parameters=parameters, at_once=True)
    if pk in firm.clients:
        return firm.clients[pk]
    return trust_of_clients({pk: firm.priors.of(pk)}, at=at, house=house, parameters=parameters)[pk]


def _kept(pk: int, day: date) -> dict[str, list[Any]]:
    """Where the client was begun on that day, and what a snapshot told a quarter before it; one query."""
    rows = Snapshot.objects.filter(client=pk)
    return together(
        {
            "priors": rows.filter(day=day).order_by("pk").values_list("priors"),
            "before": rows.filter(day=a_quarter_before(day)).order_by().values_list("told"),
        }
    )


def _asides(pk: int, at: datetime) -> dict[tuple[str, int], int]:
    """By stream and row, what can be taken back."""
    rows = RowSetAside.objects.filter(client=pk, since__lte=at, until__gt=at).values_list("stream", "row", "pk")
    return {(stream, row): aside for stream, row, aside in rows}


def _pace(one: Reckoned, part: Part) -> Rates:
    """What an alarm of this pillar is worth, at as much evidence a week as the client gives."""
    since = one.at.timestamp() - WEEKS * 7 * 86_400
    recent = [each for each in one.events if PART_OF[each.stream] is part and each.at.timestamp() > since]
    return rates_at(len(recent) / WEEKS)
