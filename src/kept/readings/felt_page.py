"""The Felt page: how it is for our clients, who must be spoken with, who was silent, and who was not asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from kept.ledgers.clients.models import Client, Stage
from kept.ledgers.pulses.models import FollowUp, Skip
from kept.ledgers.team.models import Member
from kept.readings.calendars import Offices
from kept.readings.felt import HALF_A_YEAR, ClientFelt, FirmFelt, felt_by_all, felt_of
from kept.readings.felt_heard import Heard
from kept.readings.kept_by_client import ByClient, Clients
from kept.readings.stamp import Stamp, stamp

LATELY = timedelta(days=30)  # what was said since is new
BEAUTIFUL_FROM, BEAUTIFUL_MARKS = 9, 3  # every mark, and so many of them, with words
SOON = 300  # seconds
SERVED = {Stage.ONBOARDING, Stage.ACTIVE}


@dataclass(frozen=True)
class Row:
    """One client with what its people felt."""

    client: Client  # with its lead
    felt: ClientFelt


@dataclass(frozen=True)
class FeltPage:
    """Everything the page shows `viewer`: half a year, and as long a time before it.

    `rows`: clients of which somebody was asked or spoke, the lowest feeling first, then the silent; `unasked` those we
    serve and asked nobody of. `calls` are open, the one due first at the head. `skips` are newest first.
    """

    at: datetime
    zone: ZoneInfo
    viewer: Member
    rows: tuple[Row, ...]
    unasked: tuple[Client, ...]
    firm: FirmFelt
    calls: tuple[FollowUp, ...]
    skips: tuple[Skip, ...]

    @property
    def silent(self) -> list[Row]:
        """Clients of which nobody answered."""
        return [row for row in self.rows if row.felt.is_silent]

    @property
    def heard(self) -> list[tuple[Client, Heard]]:
        """All that was said, the newest first."""
        said = [(row.client, one) for row in self.rows for one in row.felt.heard]
        return sorted(said, key=lambda pair: (pair[1].at, pair[1].pk), reverse=True)

    @property
    def to_call(self) -> list[FollowUp]:
        """With whom nobody has spoken yet."""
        return [call for call in self.calls if call.spoke_at is None]

    @property
    def beautiful(self) -> list[tuple[Client, Heard]]:
        """What was said lately in words, with nothing but high marks."""
        return [(client, one) for client, one in self.heard if one.at >= self.at - LATELY and is_beautiful(one)]


def is_beautiful(one: Heard) -> bool:
    """Whether it is worth telling everybody."""
    marks = one.marks.values()
    return bool(one.words) and len(marks) >= BEAUTIFUL_MARKS and min(marks) >= BEAUTIFUL_FROM


def felt_page(viewer: Member, *, at: datetime, offices: Offices, mine: bool = False) -> FeltPage:
    """The page for `viewer`; `mine`: of the clients they lead. Five queries, however long the history.

    What was felt stays in the process for some minutes, until the journal tells of the client; then it takes one query
    less. Six while the rest is kept.
    """
    clients = Client.objects.seen_by(viewer).select_related("lead")
    clients = clients.filter(lead=viewer) if mine else clients
    by_pk = {client.pk: client for client in clients}
    moved, soon = stamp(), _soon(at)
    every = _felt(moved, None, soon)
    felt = {pk: every[pk] for pk in by_pk if pk in every}
    rows = [Row(by_pk[pk], one) for pk, one in felt.items() if one.asked or one.heard]
    asked = {row.client.pk for row in rows}
    return FeltPage(
        at=at,
        zone=offices.zone_of(viewer),
        viewer=viewer,
        rows=tuple(sorted(rows, key=_lowest_first)),
        unasked=tuple(one for pk, one in by_pk.items() if pk not in asked and one.stage in SERVED),
        firm=_firm(frozenset(by_pk), soon, moved),
        calls=_calls(viewer, by_pk, at=at),
        skips=_skips(viewer, by_pk, at=at),
    )


@ByClient
def _felt(clients: Clients, at: datetime) -> Mapping[int, ClientFelt]:
    among = Client.objects.order_by().values_list("pk", flat=True) if clients is None else clients
    return felt_of(list(among), at=at, since=at - HALF_A_YEAR)


@lru_cache(maxsize=8)
def _firm(clients: frozenset[int], at: datetime, moved: Stamp) -> FirmFelt:
    every = _felt(moved, None, at)
    return felt_by_all(every[pk] for pk in sorted(clients) if pk in every)


def _soon(at: datetime) -> datetime:
    """The next full five minutes: nothing has happened between, and a question closes no more than so much early."""
    return datetime.fromtimestamp(-(-at.timestamp() // SOON) * SOON, UTC)


def _lowest_first(row: Row) -> tuple[int, float, int]:
    """The lowest feeling first, then who only wrote words, then who was silent."""
    lowest = row.felt.lowest
    if lowest is not None:
        return 0, lowest.mean or 0.0, row.client.pk
    return (1 if row.felt.heard else 2), 0.0, row.client.pk


def _calls(viewer: Member, clients: dict[int, Client], *, at: datetime) -> tuple[FollowUp, ...]:
    rows = FollowUp.objects.seen_by(viewer).filter(ended_at=None, opened_at__lte=at)
    rows = rows.select_related("answer__client", "answer__contact", "owner", "promise", "spoke_by")
    found = [row for row in rows if row.answer.client_id in clients]
    return tuple(sorted(found, key=lambda row: (row.spoke_at is not None, due_of(row), row.pk)))


def due_of(call: FollowUp) -> datetime:
    """By when somebody was to speak with them."""
    return call.promise.due if call.promise else call.opened_at


def _skips(viewer: Member, clients: dict[int, Client], *, at: datetime) -> tuple[Skip, ...]:
    rows = Skip.objects.seen_by(viewer).filter(at__gt=at - HALF_A_YEAR, at__lte=at)
    return tuple(row for row in rows.select_related("client", "contact") if row.client_id in clients)
