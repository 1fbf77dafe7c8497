"""Larkfield Studio, founded through the verbs: its people, its clients, and the moment every test takes place at."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from kept.ledgers.clients import verbs as clients
from kept.ledgers.clients.models import Client, Contact, ContactRole
from kept.ledgers.team import keeping_hours, walls
from kept.ledgers.team import verbs as team
from kept.ledgers.team.models import Firm, Member, Office, Role, Wall

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 10, 20, 9, 40, tzinfo=LONDON)
FOUNDED = datetime(2020, 1, 6, 9, 0, tzinfo=LONDON)
ZED = "zed@stranger.example"
STUDIO_DOMAIN = "larkfield.example"


@dataclass(frozen=True)
class Studio:
    """Everybody at once; `zed` is the address of a stranger, `at` the present moment."""

    firm: Firm
    office: Office
    ada: Member
    bo: Member
    kit: Member
    fin: Member
    borealis: Client
    cleo: Contact
    wall: Wall
    cassini: Client
    cora: Contact
    zed: str = ZED
    at: datetime = NOW

    @property
    def people(self) -> dict[str, Member]:
        """Every member by what they are: owner, lead, member (behind the wall), finance."""
        return {"owner": self.ada, "lead": self.bo, "member": self.kit, "finance": self.fin}


def london(day: int, clock: str = "09:40", *, month: int = 10, year: int = 2026) -> datetime:
    """A moment in London: `london(20, "11:00")` is today at eleven."""
    hour, minute = clock.split(":")
    return datetime(year, month, day, int(hour), int(minute), tzinfo=LONDON)


def set_up_studio() -> Studio:
    """Found the studio through the verbs, as the product does."""
    firm = team.found(name="Larkfield Studio", currency="GBP", pledge_minutes=240, at=FOUNDED)
    office = keeping_hours.open_office(name="Leeds", zone="Europe/London", by=None, at=FOUNDED)
    team.claim_domains([STUDIO_DOMAIN], by=None, at=FOUNDED)
    ada = _joins("Ada Lark", Role.OWNER, office)
    bo = _joins("Bo Field", Role.LEAD, office)
    kit = _joins("Kit Marsh", Role.MEMBER, office)
    fin = _joins("Fin Penny", Role.FINANCE, office)
    wall = walls.raise_wall(name="Cassini wall", reason="competes", keep_out=[kit], by=ada, at=FOUNDED)
    borealis, cleo = _signs("Borealis", "Cleo North", "borealis.example", by=ada, lead=bo)
    cassini, cora = _signs("Cassini", "Cora Vale", "cassini.example", by=ada, lead=ada)
    clients.put_behind(cassini, wall=wall, by=ada, at=FOUNDED)
    return Studio(firm, office, ada, bo, kit, fin, borealis, cleo, wall, cassini, cora)


def _joins(name: str, role: Role, office: Office) -> Member:
    email = f"{name.split()[0].lower()}@{STUDIO_DOMAIN}"
    return team.join(name=name, email=email, role=role, office=office, by=None, at=FOUNDED)


def _signs(name: str, person: str, domain: str, *, by: Member, lead: Member) -> tuple[Client, Contact]:
    client = clients.welcome(name=name, lead=lead, since=date(2025, 1, 6), by=by, at=FOUNDED)
    clients.claim_domain(client, name=domain, by=by, at=FOUNDED)
    email = f"{person.split()[0].lower()}@{domain}"
    contact = clients.meet(client, name=person, emails=(email,), role=ContactRole.DAILY, by=by, at=FOUNDED)
    return client, contact
