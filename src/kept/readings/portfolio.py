"""All clients on one page: trust, why they stay, who waits, whose hours run out, who has gone quiet."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from kept.ledgers.clients.models import Stage
from kept.ledgers.team.models import Member
from kept.measures.standing import Kind
from kept.readings import client_list
from kept.readings.budgets import running
from kept.readings.calendars import Offices
from kept.readings.client_list import Known, by_client, nearest
from kept.readings.kept_by_client import newest
from kept.readings.portfolio_clients import clients_of
from kept.readings.portfolio_trust import Trusted, trusted
from kept.readings.standing import Grounds, grounds_of_all
from kept.readings.standing_rows import UNANSWERED
from kept.readings.waiting import waiting

SILENCE = timedelta(days=60)
MOVED = 3.0  # points of trust in a quarter that are worth a word


class Sort(StrEnum):
    """What the list can be narrowed to: a way of staying, or who is silent."""

    LOYAL = "loyal"
    UNTESTED = "untested"
    PRICE = "price"
    HELD = "held"
    LEAVING = "leaving"
    UNCLEAR = "unclear"
    SILENT = "silent"


@dataclass(frozen=True)
class Row:
    """One client: `glance` is what the list of clients shows of them as well."""

    client: Known
    lead: tuple[int, str] | None
    office: tuple[int, str] | None  # in whose hours their clocks run
    trust: Trusted
    grounds: Grounds
    glance: client_list.Row
    at: datetime

    @property
    def silent(self) -> bool:
        """Whether they have gone quiet, nobody of theirs wrote for sixty days, or nobody answers how it felt.

        A pause is no silence.
        """
        heard, ours = self.grounds.heard_at, self.grounds.since
        if self.client.stage == Stage.PAUSED:
            return False
        if heard is None:
            return ours is None or self.at.date() - ours > SILENCE
        return self.grounds.quiet.gone or self.at - heard > SILENCE or self.unanswered

    @property
    def unanswered(self) -> bool:
        """Whether they were asked how it felt in half a year, and nobody answered."""
        said = self.grounds.answers[0].at if self.grounds.answers else None
        return self.grounds.asked > 0 and (said is None or self.at - said > UNANSWERED)

    @property
    def unknown(self) -> bool:
        """Whether they have never said how it felt, and shown nothing of free choice."""
        return not self.grounds.answers and not self.grounds.signs


@dataclass(frozen=True)
class Wanted:
    """Whose clients (a lead's key), of which office, and of which sort; empty: all."""

    lead: int = 0
    office: int = 0
    sort: Sort | None = None


@dataclass(frozen=True)
class Portfolio:
    """The clients that were asked for, the lowest end of trust first; `leads` and `offices` of all one may know of."""

    at: datetime
    day: date
    zone: ZoneInfo
    rows: tuple[Row, ...]
    leads: tuple[tuple[int, str], ...]
    offices: tuple[tuple[int, str], ...]

    def of(self, kind: Kind) -> list[Row]:
        """Those who stay in this way, the surest first."""
        own = (row for row in self.rows if row.grounds.standing.kind is kind)
        return sorted(own, key=lambda row: (-row.grounds.standing.chance, row.client.name.casefold()))

    @property
    def untested(self) -> list[Row]:
        """Loyal ones who never had a free choice."""
        return [row for row in self.rows if row.grounds.standing.untested]

    @property
    def silent(self) -> list[Row]:
        """Whom we have not heard for longest first."""
        own = [row for row in self.rows if row.silent]
        return sorted(own, key=lambda row: (row.grounds.heard_at is not None, row.grounds.heard_at or row.at))

    @property
    def fallen(self) -> list[Row]:
        """Whose trust fell in a quarter, by the most first."""
        own = [row for row in self.rows if row.trust.moved <= -MOVED]
        return sorted(own, key=lambda row: row.trust.moved)

    @property
    def risen(self) -> list[Row]:
        """Whose trust rose in a quarter."""
        return [row for row in self.rows if row.trust.moved >= MOVED]


_ASKS: Mapping[Sort, Callable[[Row], bool]] = {
    Sort.LOYAL: lambda row: row.grounds.standing.kind is Kind.LOYAL,
    Sort.UNTESTED: lambda row: row.grounds.standing.untested,
    Sort.PRICE: lambda row: row.grounds.standing.kind is Kind.FOR_THE_PRICE,
    Sort.HELD: lambda row: row.grounds.standing.kind is Kind.HELD,
    Sort.LEAVING: lambda row: row.grounds.standing.kind is Kind.LEAVING,
    Sort.UNCLEAR: lambda row: row.grounds.standing.kind is Kind.UNCLEAR,
    Sort.SILENT: lambda row: row.silent,
}


def portfolio(viewer: Member, *, at: datetime, offices: Offices, wanted: Wanted | None = None) -> Portfolio:
    """The clients we serve of whom the viewer may know; a constant number of queries, nine when nothing moved."""
    zone = offices.zone_of(viewer)
    every = _rows(viewer, at=at, offices=offices)
    asked = wanted or Wanted()
    rows = [row for row in every if _fits(row, asked)]
    return Portfolio(
        at=at,
        day=at.astimezone(zone).date(),
        zone=zone,
        rows=tuple(sorted(rows, key=lambda row: (row.trust.low, row.client.name.casefold()))),
        leads=_named(row.lead for row in every),
        offices=_named(row.office for row in every),
    )


def _fits(row: Row, wanted: Wanted) -> bool:
    return (
        (not wanted.lead or (row.lead is not None and row.lead[0] == wanted.lead))
        and (not wanted.office or (row.office is not None and row.office[0] == wanted.office))
        and (wanted.sort is None or _ASKS[wanted.sort](row))
    )


def _named(found: Iterable[tuple[int, str] | None]) -> tuple[tuple[int, str], ...]:
    return tuple(sorted({one for one in found if one is not None}, key=lambda one: (one[1].casefold(), one[0])))


def _rows(viewer: Member, *, at: datetime, offices: Offices) -> list[Row]:
    (moved, mail), clients = newest(), clients_of(viewer)
    waits = by_client((one.client.pk, one) for one in waiting(viewer, at=at, offices=offices) if one.client)
    day = at.astimezone(offices.zone_of(viewer)).date()
    known_of = [known.pk for known, *_ in clients]
    money = running(viewer, at=at, offices=offices, moved=moved, visible=known_of)
    jobs = by_client((row.client.pk, row) for row in money if not row.is_over(day))
    grounds = grounds_of_all(at=at, moved=moved, mail=mail)
    # what was counted of a day lies on the days of the main office, wherever the viewer sits
    trust = trusted(known_of, at=at, day=at.astimezone(offices.zone).date())
    return [
        Row(
            client=known,
            lead=lead,
            office=office,
            trust=trust[known.pk],
            grounds=grounds[known.pk],
            glance=client_list.Row(
                client=known,
                waiting=tuple(waits.get(known.pk, ())),
                promises=(),
                hours=nearest(jobs.get(known.pk, ())),
                jobs=len(jobs.get(known.pk, ())),
                last=None,
            ),
            at=at,
        )
        for known, lead, office in clients
        if known.pk in trust and known.pk in grounds
    ]
