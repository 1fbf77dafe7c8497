"""A sign of free choice that may be there, with the rows that seem to show it; it counts once a person says yes."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Self

from kept.ledgers.bills.models import Surprise
from kept.ledgers.choices.models import SignKind
from kept.ledgers.clients.models import Tie
from kept.ledgers.conversations.models import Message
from kept.ledgers.engagements.models import Budget, Engagement

SOURCES = {model._meta.model_name: model._meta.label for model in (Message, Engagement, Budget, Tie, Surprise)}
OF_MONEY = frozenset({Budget._meta.label, Surprise._meta.label})  # what these rows say is for who may see money


class Shown(NamedTuple):
    """Which sign which row seems to show; written as "got_in_touch-message-7" where it is named in an address."""

    kind: SignKind
    noun: str
    pk: int

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.noun.rpartition('.')[2].lower()}-{self.pk}"

    @property
    def source(self) -> tuple[str, int]:
        """As the ledger keeps it."""
        return self.noun, self.pk

    @property
    def of_money(self) -> bool:
        return self.noun in OF_MONEY

    @classmethod
    def read(cls, key: str) -> Self | None:
        """From how it is written; None for anything else."""
        kind, _, rest = key.partition("-")
        noun, _, pk = rest.partition("-")
        known = kind in SignKind.values and noun in SOURCES and pk.isdecimal() and len(pk) <= 18
        return cls(SignKind(kind), SOURCES[noun], int(pk)) if known else None


class Evidence(NamedTuple):
    """One row that shows it: when, who, what; `noun` and `pk` name what opens it, `mark` the place there.

    `client` is whose page it is on.
    """

    when: date | datetime
    who: str
    words: str
    client: int
    noun: str = "clients.Client"
    pk: int = 0
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """`why` says what the ledgers show, `words` are those it is written down with; both say no amounts."""

    client: int
    shown: Shown
    at: datetime
    why: str
    words: str
    evidence: tuple[Evidence, ...]
    contact: int | None = None
    who: str = ""  # of their people
