"""What we answered today, and how each answer stands to the pledge."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kept.ledgers.clients.models import Client
from kept.ledgers.conversations.holding import Pause
from kept.ledgers.conversations.models import Conversation, Direction, Message
from kept.ledgers.conversations.undelivered import peoples_words
from kept.ledgers.team.models import Member
from kept.measures.pauses import Pause as Stretch
from kept.measures.replies import Clock, Ended, Said, Wait, clocks, due
from kept.readings.calendars import Offices
from kept.readings.pauses import pauses_of, stretches

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
    stood: tuple[Stretch, ...] = ()  # while we waited for them

    def judged(self, client: Client | None, offices: Offices) -> Wait:
        """The answer against the pledge to this client."""
        answered_at = self.clock.answered_at or self.clock.started_at
        calendar, pledge = offices.calendar(client), offices.pledge_to(client)
        return due(self.clock, calendar=calendar, pledge=pledge, at=answered_at, pauses=self.stood)


def replies(viewer: Member, *, since: datetime, at: datetime) -> list[Reply]:
    """Every answer a person of ours gave between `since` and `at`, newest first. Two queries, of what moved since."""
    # an answer settles its conversation, so the kept sum leaves out those in which nobody of ours spoke
    moved = Conversation.objects.seen_by(viewer).filter(last_at__gte=since, settled_until__gte=since)
    known = peoples_words(at)
    rows = Message.objects.filter(known, conversation__in=moved, at__gte=since - FAR_BACK, at__lte=at)
    talks: dict[int, dict[int, Fact]] = defaultdict(dict)
    columns = ("conversation_id", "pk", "at", "direction", "quiet", "channel", "member_id", "closing")
    for talk, pk, when, direction, quiet, channel, member, closing, lead in rows.values_list(
        *columns, "conversation__client__lead_id"
    ):
        ours = direction == Direction.OUT
        said = Said(row=pk, at=when, ours=ours, quiet=quiet, closes=bool(closing) and not ours)
        talks[talk][pk] = Fact(said, channel, member, lead)
    held = pauses_of(talks, at=at)
    found = [reply for talk, facts in talks.items() for reply in _of(talk, facts, since, held.get(talk, ()))]
    return sorted(found, key=lambda one: (one.clock.answered_at or since, one.message_id), reverse=True)


def _of(talk: int, facts: dict[int, Fact], since: datetime, held: Sequence[Pause]) -> Iterable[Reply]:
    theirs = [fact.said.at for fact in facts.values() if not (fact.said.ours or fact.said.quiet or fact.said.closes)]
    for clock in clocks([fact.said for fact in facts.values()]):
        if clock.ended is Ended.REPLY and clock.answered_at and clock.answered_by and clock.answered_at >= since:
            last = clock.nudges[-1] if clock.nudges else clock.started_by
            ours = facts[clock.answered_by]
            stood = tuple(stretches(held, theirs=theirs, at=clock.answered_at))
            yield Reply(talk, last, facts[last].channel, clock, ours.member_id, ours.lead_id, stood)
