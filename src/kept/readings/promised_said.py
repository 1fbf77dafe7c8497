"""One promise as a reading hands it on: with its row, with what came of it, or only where it stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from kept.ledgers.promises.models import Outcome, OutcomeKind, Promise
from kept.measures.promises import Judgement


@dataclass(frozen=True)
class Owed:
    """One promise, and what it is judged to be."""

    promise: Promise  # with client, contact and by
    judged: Judgement

    @property
    def to(self) -> str:
        """To whom it was said: the person, or the client."""
        return self.promise.contact.name if self.promise.contact else self.promise.client.name

    @property
    def first(self) -> str:
        """How we call them: the person's first name, or the client."""
        return self.promise.contact.first_name if self.promise.contact else self.promise.client.name


@dataclass(frozen=True)
class Said(Owed):
    """The same with its outcomes until the moment, oldest first."""

    outcomes: tuple[Outcome, ...]

    @property
    def move(self) -> Outcome | None:
        """The newest move, if there was one."""
        return next((one for one in reversed(self.outcomes) if one.kind == OutcomeKind.MOVED), None)

    @property
    def ending(self) -> Outcome | None:
        """How it ended; None while it is open."""
        return next((one for one in reversed(self.outcomes) if one.kind != OutcomeKind.MOVED), None)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one promise stands, without its row: enough to count, to sort and to group thousands."""

    pk: int
    judged: Judgement
    by_id: int
    client_id: int
    size: str


class Came(NamedTuple):
    """What came of a promise, as much as judging it takes."""

    kind: str
    at: datetime
    new_due: datetime | None
    agreed: str
