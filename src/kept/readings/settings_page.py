"""What the owner settles: the firm, its offices, its people and walls, as far as this owner may know."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Prefetch

from kept.kit import words
from kept.ledgers.clients.models import Client
from kept.ledgers.journal.models import Line
from kept.ledgers.team import walls
from kept.ledgers.team.models import Domain, Firm, Holiday, Member, Office, Wall
from kept.readings.calendars import offices

SETTLED = ["team.Firm", "team.Domain", "team.Office", "team.Holiday", "team.Member"]


@dataclass(frozen=True)
class Person:
    """A member, how many clients they lead, and the clients they never meet; both only as the viewer may know."""

    member: Member
    leads: int
    never_meets: list[str]


@dataclass(frozen=True)
class WallSeen:
    """A wall that does not keep the viewer out: the clients behind it, and the members present it keeps out."""

    wall: Wall
    clients: list[Client]
    kept_out: list[Member]


@dataclass(frozen=True)
class Settings:
    """`clients` counts those served; `days_off` by office, from today on; `changed` is who changed any of it last."""

    at: datetime
    day: date
    zone: ZoneInfo
    firm: Firm
    domains: list[Domain]
    offices: list[Office]
    days_off: dict[int, list[Holiday]]
    people: list[Person]
    gone: list[Member]
    walls: list[WallSeen]
    clients: int
    changed: Line | None


def settings_page(viewer: Member, *, at: datetime) -> Settings:
    """Everything on the Settings page, in a constant number of queries. Raises Firm.DoesNotExist before `setup`."""
    house = offices()
    zone = house.zone_of(viewer)
    day = at.astimezone(zone).date()
    rooms = list(Office.objects.prefetch_related("windows", _from(day)))
    members = list(Member.objects.select_related("office"))
    seen = walls_seen(viewer)
    return Settings(
        at=at,
        day=day,
        zone=zone,
        firm=house.firm or Firm.objects.get(),
        domains=list(Domain.objects.order_by("name")),
        offices=rooms,
        days_off={room.pk: list(room.holidays.all()) for room in rooms},
        people=_people([member for member in members if member.left_on is None], seen, viewer),
        gone=[member for member in members if member.left_on is not None],
        walls=seen,
        clients=Client.objects.seen_by(viewer).served().count(),
        changed=Line.objects.filter(noun__in=SETTLED, by_id__isnull=False).last(),
    )


def walls_seen(viewer: Member) -> list[WallSeen]:
    """Walls that do not keep the viewer out, oldest first; in three queries."""
    rows = walls.seen_by(viewer).order_by("pk")
    rows = rows.prefetch_related(
        Prefetch("clients", Client.objects.seen_by(viewer)),
        Prefetch("kept_out", Member.objects.present()),
    )
    return [WallSeen(wall, list(wall.clients.all()), list(wall.kept_out.all())) for wall in rows]


def wall_says(seen: WallSeen) -> str:
    """ "Kit and Fin never meet Cassini.", and what is missing where a wall keeps nobody from anybody."""
    whom = words.listed([client.name for client in seen.clients])
    if not seen.kept_out:
        return f"Nobody is kept from {whom or 'anybody'} yet."
    who = words.listed([member.name for member in seen.kept_out])
    if not whom:
        return f"{who} would be kept out, but no client is behind this wall."
    return f"{who} never {'meets' if len(seen.kept_out) == 1 else 'meet'} {whom}."


def leads(viewer: Member) -> dict[int, int]:
    """How many clients that we serve each member leads, of those the viewer may know of."""
    rows = Client.objects.seen_by(viewer).served().exclude(lead=None)
    return dict(rows.order_by("lead").values_list("lead").annotate(Count("pk")))


def _people(members: list[Member], seen: list[WallSeen], viewer: Member) -> list[Person]:
    led = leads(viewer)
    never: dict[int, list[str]] = {}
    for one in seen:
        for member in one.kept_out:
            never.setdefault(member.pk, []).extend(client.name for client in one.clients)
    return [Person(member, led.get(member.pk, 0), never.get(member.pk, [])) for member in members]


def _from(day: date) -> Prefetch[str]:
    return Prefetch("holidays", Holiday.objects.filter(day__gte=day))
