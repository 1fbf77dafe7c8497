"""One row of the inbox: a conversation, why it stands there, and with whom it is."""

from dataclasses import dataclass
from enum import StrEnum

from kept.ledgers.clients.models import Client
from kept.ledgers.conversations.care import Aside
from kept.ledgers.conversations.holding import Pause
from kept.ledgers.conversations.models import Conversation, Message
from kept.ledgers.team.models import Member
from kept.measures.replies import Wait
from kept.measures.wishes import Wanted
from kept.readings.follow_ups import Unanswered
from kept.readings.waiting import Waiting, name_of


class Whose(StrEnum):
    YOURS = "yours"
    NOBODY = "nobody"
    EVERYONE = "everyone"


class Group(StrEnum):
    WAITING = "waiting"
    STRANGERS = "strangers"
    NOBODY = "nobody"  # a client's, whom nobody looks after
    THEM = "them"  # we wait for them: their clock stands
    UNANSWERED = "unanswered"  # our own letter, which nobody answered
    OTHERS = "others"
    ASIDE = "aside"
    ANSWERED = "answered"


@dataclass(frozen=True)
class Spoken:
    """A conversation in which nobody waits, by the message that put it into the inbox."""

    conversation: Conversation
    client: Client | None
    last: Message


@dataclass(frozen=True)
class Row:
    """One conversation in the inbox; of one that waits the rows behind it are fetched when they are looked at."""

    group: Group
    of: Waiting | Spoken
    member: Member | None  # who looks after it, or who answered; None: nobody
    wait: Wait | None = None
    aside: Aside | None = None
    pause: Pause | None = None
    wanted: Wanted | None = None  # by when they ask for it
    awaited: Unanswered | None = None

    @property
    def conversation(self) -> Conversation:
        return self.of.conversation

    @property
    def client(self) -> Client | None:
        """None: a stranger's."""
        return self.of.client

    @property
    def message(self) -> Message:
        """Their newest; of what nobody answered ours."""
        return self.of.last

    @property
    def channel(self) -> str:
        """The way it came."""
        return self.of.newest.channel if isinstance(self.of, Waiting) else self.of.last.channel

    @property
    def person(self) -> int | str:
        """Tells people apart."""
        if isinstance(self.of, Waiting):
            return self.of.person
        return self.message.contact_id or self.message.sender_email or self.who

    @property
    def who(self) -> str:
        """The person's name, or their address."""
        return self.awaited.who if self.awaited else name_of(self.message)
