"""The forms that the invented people, clients and sales are written on; times are days or months before the day."""

from dataclasses import dataclass, field
from unicodedata import normalize

from kept.ledgers.clients.models import ContactRole, Stage
from kept.ledgers.engagements.models import Kind
from kept.ledgers.team.models import Grade, Role


@dataclass(frozen=True)
class Colleague:
    """One of the firm. `craft` names the notes beside their hours; rates are per hour, the cost unknown where None."""

    key: str
    name: str
    title: str
    craft: str
    role: Role = Role.MEMBER
    grade: Grade = Grade.MID
    office: str = "Leeds"
    weekly: str = "37.5"
    cost: int | None = 34
    bill: int = 95
    months: int = 40  # since they joined
    left_months: int | None = None

    @property
    def email(self) -> str:
        return f"{self.key}@larkfield.example"


@dataclass(frozen=True)
class Person:
    """Somebody at a client; `agreed` is how they like to be spoken to."""

    name: str
    role: ContactRole = ContactRole.DAILY
    title: str = ""
    agreed: dict[str, str] = field(default_factory=dict)
    letters: int = 1  # how often they are the one who writes, beside the others

    @property
    def key(self) -> str:
        return self.name.removeprefix("Dr ").split(" ")[0]

    @property
    def mailbox(self) -> str:
        """What stands before the @ of their address: their first name without accents."""
        return normalize("NFKD", self.key).encode("ascii", "ignore").decode().lower()


@dataclass(frozen=True)
class Sold:
    """An engagement and how its hours went.

    `starts` is months ago for a retainer, days ago otherwise; `ends` days from the day (below 0: over and closed).
    `pace` is worked over paid for, at the start of the year and lately; of a fixed job only its last is read: the
    share of its hours worked by now. `promised` shares were sold; `working` shares are who really does it.
    """

    name: str
    kind: Kind
    hours: int
    fee: int
    starts: int
    ends: int | None = None
    pace: tuple[float, float] = (0.93, 0.95)
    promised: dict[str, float] = field(default_factory=dict)
    working: dict[str, float] = field(default_factory=dict)
    before: tuple[int, int, int] | None = None  # until how many months ago it was which hours, for which fee
    change_order: tuple[int, str] | None = None  # more hours, and why
    runs_out: bool = False  # this month's hours will be gone in about a week
    stops: int = 0  # months since the last work of a paused retainer


@dataclass(frozen=True)
class Voice:
    """How a client and we write to each other."""

    topics: tuple[str, ...]
    letters: float = 6.0  # conversations a month
    warmth: str = "warm"  # warm, plain or cold
    answer: int = 70  # working minutes in which we usually answer
    wobble: float = 0.75  # how far that varies; of a lognormal
    lately: float = 1.0  # times as slow in the last three months
    quiet: float = 1.0  # share of the letters still written in the last two months
    word: tuple[int, int, int, int, int] = (80, 8, 7, 1, 4)  # promises kept, moved, late, broken, released; of 100
    first: int = 372  # days ago the letters began
    last: int = 0  # days ago they ended


@dataclass(frozen=True)
class Sheet:
    """A client's character sheet; `story` is who they are, for whoever looks after the demo."""

    key: str
    name: str
    story: str
    lead: str
    people: tuple[Person, ...]
    sold: tuple[Sold, ...]
    voice: Voice
    stage: Stage = Stage.ACTIVE
    months: int = 30  # since when they are ours
    office: str = "Leeds"
    pledge: int | None = None
    wall: str = ""

    @property
    def domain(self) -> str:
        return f"{self.key}.example"
