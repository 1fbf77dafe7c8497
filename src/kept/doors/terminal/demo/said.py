"""Conversations before they are rows: who said what when, what was promised in it, and how it was set aside."""

from dataclasses import dataclass, field
from datetime import datetime

from kept.ledgers.conversations.care import AsideKind
from kept.ledgers.conversations.models import Channel
from kept.ledgers.promises.models import OutcomeKind, Size


@dataclass(frozen=True)
class Said:
    """One message. `who` is a member's key where ours, else a contact's; of a stranger the name and address."""

    at: datetime
    ours: bool
    who: str
    text: str
    address: str = ""  # only of strangers and machines
    channel: str = Channel.MAIL
    automatic: str = ""
    why: str = ""


@dataclass(frozen=True)
class CameOf:
    """What came of a promise."""

    kind: OutcomeKind
    at: datetime
    new_due: datetime | None = None
    reason: str = ""
    agreed: str = ""


@dataclass(frozen=True)
class Promised:
    """A promise; of a talk, said in the letter of ours that was written at `made_at`."""

    by: str
    to: str
    words: str
    made_at: datetime
    due: datetime
    size: Size = Size.NORMAL
    came: tuple[CameOf, ...] = ()


@dataclass(frozen=True)
class Put:
    """How a conversation was set aside."""

    kind: AsideKind
    reason: str
    by: str
    at: datetime
    until: datetime | None = None


@dataclass
class Talk:
    """One conversation; `client` is a client's key, empty for strangers."""

    client: str
    subject: str
    said: list[Said] = field(default_factory=list)
    promised: Promised | None = None
    put: Put | None = None
    hand_to: str = ""  # the member asked to look after it

    @property
    def last(self) -> datetime:
        """When anything last happened in it."""
        came = [one.at for one in self.promised.came] if self.promised else []
        return max([self.said[-1].at, *came, *([self.put.at] if self.put else [])])
