"""What we answered today, and how each answer stands to the pledge."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from kept.ledgers.clients.models import Client
from kept.ledgers.conversations.models import Conversation, Direction, Message
from kept.ledgers.team.models import Member
from kept.measures.replies import Clock, Ended, Said, Wait, clocks, due
from kept.readings.calendars import Offices

# a question older than this that is answered today counts from its newest part: the read stays short
FAR_BACK = timedelta(days=90)


@dataclass(frozen=True)
class Fact:
    """One message, as much of it as a clock needs."""

    said: Said
    channel: str
    member_id: int | None
    lead_id: int | None


@dataclass(frozen=True)
class Reply:
    """A run of their messages that one of ours answered since the day began."""

    conversation_id: int
    message_id: int  # their newest before the answer
    channel: str
    clock: Clock
    member_id: int | None  # who answered
    lead_id: int | None

    def judged(self, client: Client | None, offices: Offices) -> Wait:
        """The answer against the pledge to this client."""
        answered_at = self.clock.answered_at or self.clock.started_at
        return due(self.clock, calendar=offices.calendar(client), pledge=offices.pledge_to(client), at=answered_at)


def replies(viewer: Member, *, since: datetime, at: datetime) -> list[Reply]:
    """Every answer a person of ours gave between `since` and `at`, newest first. One query, of what moved since."""
    # an answer settles its conversation, so the kept sum leaves out those in which nobody of ours spoke
    moved = Conversation.objects.seen_by(viewer).filter(last_at__gte=since, settled_until__gte=since)
    rows = Message.objects.filter(conversation__in=moved, at__gte=since - FAR_BACK, at__lte=at, automatic="")
    talks: dict[int, dict[int, Fact]] = defaultdict(dict)
    columns = ("conversation_id", "pk", "at", "direction", "quiet", "channel", "member_id")
    for talk, pk, when, direction, quiet, channel, member, lead in rows.values_list(
        *columns, "conversation__client__lead_id"
    ):
        said = Said(row=pk, at=when, ours=direction == Direction.OUT, quiet=quiet)
        talks[talk][pk] = Fact(said, channel, member, lead)
    found = [reply for talk, facts in talks.items() for reply in _of(talk, facts, since)]
    return sorted(found, key=lambda one: (one.clock.answered_at or since, one.message_id), reverse=True)


def _of(talk: int, facts: dict[int, Fact], since: datetime) -> Iterable[Reply]:
    for clock in clocks([fact.said for fact in facts.values()]):
        if clock.ended is Ended.REPLY and clock.answered_at and clock.answered_by and clock.answered_at >= since:
            last = clock.nudges[-1] if clock.nudges else clock.started_by
            ours = facts[clock.answered_by]
            yield Reply(talk, last, facts[last].channel, clock, ours.member_id, ours.lead_id)
