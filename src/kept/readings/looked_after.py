"""Who looks after a conversation: whoever was asked last, else the client's lead, as long as they can."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from kept.ledgers.clients.models import Client
from kept.ledgers.conversations.care import Assignment
from kept.ledgers.conversations.models import Conversation
from kept.ledgers.team.models import KeptOut


def has_left(left_on: date | None, at: datetime, *, replay: bool = False) -> bool:
    """Whether somebody is gone: who has a last day can no longer sign in; a replay asks whether that day had come."""
    return left_on is not None and (not replay or left_on <= at.date())


@dataclass(frozen=True)
class Hands:
    """Who was asked last by conversation (None: nobody's), and whom which walls keep out."""

    asked: dict[int, int | None]
    at: datetime
    kept_out: set[tuple[int, int]] = field(default_factory=set)  # (wall, member)
    replay: bool = False

    def of(self, conversation: Conversation, client: Client | None) -> int | None:
        """The member who looks after it; who has left, or is kept from the client by a wall, looks after nobody."""
        lead = client.lead if client else None
        lead_id = lead.pk if lead and not has_left(lead.left_on, self.at, replay=self.replay) else None
        member = self.asked.get(conversation.pk, lead_id)
        walled = client is not None and client.wall_id is not None and (client.wall_id, member) in self.kept_out
        return None if walled else member


def hands(talks: Iterable[Conversation], *, at: datetime, replay: bool = False) -> Hands:
    """Who looks after these conversations, whose clients come with their leads. One query, two where walls stand."""
    talks = list(talks)
    rows = Assignment.objects.filter(conversation__in=[talk.pk for talk in talks], at__lte=at).order_by("at", "pk")
    found = rows.values_list("conversation_id", "member_id", "member__left_on")
    asked = {pk: None if has_left(left, at, replay=replay) else member for pk, member, left in found}
    walls = {talk.client.wall_id for talk in talks if talk.client and talk.client.wall_id}
    kept_out = set(KeptOut.objects.filter(wall__in=walls).values_list("wall_id", "member_id")) if walls else set()
    return Hands(asked, at, kept_out, replay)
