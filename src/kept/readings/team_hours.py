"""Strain by hours: one's own weeks for oneself alone, and what each client takes, where it points at nobody."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.db.models import Sum

from kept.ledgers.clients.models import Client
from kept.ledgers.hours.models import Entry
from kept.ledgers.team.models import Member, Role
from kept.measures.anonymity import HIDING, Hiding, shown_teams
from kept.measures.late_hours import beyond_contract, outside
from kept.measures.strain import LATEST_WEEKS, LONG_WEEKS, Strain, overtime
from kept.readings.calendars import Offices
from kept.readings.stamp import Stamp, stamp

_HOUR = 3600.0
_WEEK = timedelta(days=7)
Who = int | str  # a member's key; of somebody who is none, the name in the records


@dataclass(frozen=True, slots=True)
class Own:
    """The viewer's own last weeks, oldest first: hours, their ratio to the contract, and how that is to be seen."""

    weeks: tuple[tuple[date, float], ...]
    contract: float
    ratio: float
    strain: Strain


@dataclass(frozen=True, slots=True)
class Took:
    """Of one client over the last four whole weeks: hours outside working hours, and beyond people's contracts.

    `unknown` are hours of which no time of day is recorded: they may have been in the evening.
    """

    client: Client | None  # none: all clients together
    people: int
    outside: float
    beyond: float
    unknown: float


@dataclass(frozen=True, slots=True)
class Hours:
    """From Monday `first` to Sunday `last`. `all` is none below `few` people; `clients` hold what points at nobody."""

    first: date
    last: date
    own: Own | None
    own_clients: tuple[Took, ...]
    all: Took | None
    clients: tuple[Took, ...]
    hidden: int  # clients not named, as their teams are small or could be told from others
    few: int = int(HIDING.people)  # of fewer people nothing is told


@dataclass(frozen=True, slots=True)
class _Piece:
    """Hours of one person for one client in one week."""

    who: Who
    client: int
    week: date
    hours: float
    outside: float
    unknown: float


def hours(viewer: Member, *, at: datetime, offices: Offices, hiding: Hiding = HIDING) -> Hours:
    """Of the clients the viewer may know of; clients by name to leads and owners only. Four queries at most."""
    today = at.astimezone(offices.zone_of(viewer)).date()
    last = today - timedelta(days=today.weekday() + 1)
    first = last - LATEST_WEEKS * _WEEK + timedelta(days=1)
    known = {client.pk: client for client in Client.objects.seen_by(viewer).select_related("lead")}
    contracts, pieces = _pieces(first, last, offices, stamp())
    seen = [piece for piece in pieces if piece.client in known]
    mine = [piece for piece in seen if piece.who == viewer.pk]
    everybody = {piece.who for piece in seen}
    clients, hidden = _by_client(seen, contracts, known, hiding=hiding) if leads(viewer) else ((), 0)
    enough = len(everybody) >= hiding.people
    return Hours(
        first=first,
        last=last,
        own=_own(viewer, last, known),
        own_clients=_sorted(_took(mine, contracts, known)),
        all=_whole(seen, contracts) if enough else None,
        clients=clients,
        hidden=hidden,
        few=int(hiding.people),
    )


def leads(viewer: Member) -> bool:
    """Who reads what a client takes: those who can change it."""
    return viewer.role in {Role.OWNER, Role.LEAD}


def _own(viewer: Member, last: date, known: Mapping[int, Client]) -> Own | None:
    contract = float(viewer.weekly_hours)
    first = last - LONG_WEEKS * _WEEK + timedelta(days=1)
    days = dict(
        Entry.objects.filter(member=viewer, day__range=(first, last), client__in=list(known))
        .order_by()
        .values_list("day")
        .annotate(sum=Sum("seconds"))
    )
    if not days or contract <= 0:
        return None
    weeks = {first + number * _WEEK: 0.0 for number in range(LONG_WEEKS)}
    for day, seconds in days.items():
        weeks[day - timedelta(days=day.weekday())] += seconds / _HOUR
    began = min(days) - timedelta(days=min(days).weekday())
    since = [(week, worked) for week, worked in weeks.items() if week >= began]  # before it there are no records
    ratio, strain = overtime([worked for _, worked in since], contract)
    return Own(tuple(since), contract, ratio, strain)


@lru_cache(maxsize=2)
def _pieces(first: date, last: date, offices: Offices, moved: Stamp) -> tuple[dict[Who, float], list[_Piece]]:
    """Everybody's contracts, and all hours of these weeks by person, client and week; kept until the journal moves."""
    people = {member.pk: member for member in Member.objects.all()}
    sums: dict[tuple[Who, int, date], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    rows = Entry.objects.filter(day__range=(first, last)).order_by()
    for client, member, person, day, started, seconds in rows.values_list(
        "client_id", "member_id", "person", "day", "started_at", "seconds"
    ):
        calendar = offices.calendar_of(people[member].office_id) if member in people else offices.main
        late = outside(day, started, seconds, calendar=calendar)
        one = sums[member if member is not None else person, client, day - timedelta(days=day.weekday())]
        one[0] += seconds / _HOUR
        one[1] += late or 0.0
        one[2] += seconds / _HOUR if late is None else 0.0
    contracts: dict[Who, float] = {pk: float(member.weekly_hours) for pk, member in people.items()}
    return contracts, [_Piece(who, client, week, *found) for (who, client, week), found in sums.items()]


def _took(pieces: list[_Piece], contracts: Mapping[Who, float], known: Mapping[int, Client]) -> list[Took]:
    worked = [(piece.who, piece.week, piece.client, piece.hours) for piece in pieces]
    beyond = beyond_contract(worked, contracts)
    by_client: dict[int, list[_Piece]] = defaultdict(list)
    for piece in pieces:
        by_client[piece.client].append(piece)
    return [_sum(known[pk], rows, beyond[pk]) for pk, rows in by_client.items()]


def _whole(pieces: list[_Piece], contracts: Mapping[Who, float]) -> Took:
    worked = [(piece.who, piece.week, piece.client, piece.hours) for piece in pieces]
    return _sum(None, pieces, sum(beyond_contract(worked, contracts).values()))


def _sum(client: Client | None, pieces: list[_Piece], beyond: float) -> Took:
    return Took(
        client,
        people=len({piece.who for piece in pieces}),
        outside=sum(piece.outside for piece in pieces),
        beyond=beyond,
        unknown=sum(piece.unknown for piece in pieces),
    )


def _by_client(
    pieces: list[_Piece], contracts: Mapping[Who, float], known: Mapping[int, Client], *, hiding: Hiding
) -> tuple[tuple[Took, ...], int]:
    """Clients whose hours point at nobody, not even by subtraction, and how many others there are."""
    teams: dict[str, set[int]] = defaultdict(set)
    numbers = {who: number for number, who in enumerate(sorted({piece.who for piece in pieces}, key=str))}
    for piece in pieces:
        teams[str(piece.client)].add(numbers[piece.who])
    shown = set(shown_teams(teams, numbers.values(), hiding=hiding))
    took = _took(pieces, contracts, known)
    named = [one for one in took if one.client is not None and str(one.client.pk) in shown]
    return _sorted(named), len(took) - len(named)


def _sorted(took: list[Took]) -> tuple[Took, ...]:
    return tuple(sorted(took, key=lambda one: (-one.outside, -one.beyond, one.client.name if one.client else "")))
