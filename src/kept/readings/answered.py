"""What we answered today, and how each answer stands to the pledge."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from kept.ledgers.clients.models import Client
from kept.ledgers.conversations.models import Conversation, Direction, Message
from kept.ledgers.conversations.undelivered import peoples_words
from kept.ledgers.team.models import Member
from kept.measures.pauses import Pause as Stretch
from kept.measures.replies import Clock, Ended, Wait, due
from kept.readings.calendars import Offices
from kept.readings.pauses import pauses_of
from kept.readings.reply_facts import Word
from kept.readings.reply_runs import Run, runs_of

# a question older than this that is answered today counts from its newest part: the read stays short
FAR_BACK = timedelta(days=90)
NOBODY = 0  # the client of a conversation that is nobody's yet


class Fact(NamedTuple):
    """One message as a run takes it, and who of us wrote it, or is the client's lead."""

    word: Word
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
    """Every answer a person of ours gave between `since` and `at`, newest first. Two queries, of what moved since.

    The runs are those of `reply_runs`, from which every page takes them; but a mark that something needs no answer is
    not looked at, for it was answered after all.
    """
    talks = _talks(viewer, since, at)
    held = pauses_of(talks, at=at)
    found = [
        reply
        for talk, facts in talks.items()
        for run in runs_of([fact.word for fact in facts.values()], held.get(talk, ()), at=at)
        for reply in _answered(run, facts, since)
    ]
    return sorted(found, key=lambda one: (one.clock.answered_at or since, one.message_id), reverse=True)


def _talks(viewer: Member, since: datetime, at: datetime) -> Mapping[int, Mapping[int, Fact]]:
    """By conversation, message by message, the oldest first."""
    # an answer settles its conversation, so the kept sum leaves out those in which nobody of ours spoke
    moved = Conversation.objects.seen_by(viewer).filter(last_at__gte=since, settled_until__gte=since)
    rows = Message.objects.filter(peoples_words(at), conversation__in=moved, at__gte=since - FAR_BACK, at__lte=at)
    columns = ("conversation_id", "at", "pk", "conversation__client_id", "direction", "quiet", "closing", "channel")
    talks: dict[int, dict[int, Fact]] = defaultdict(dict)
    found = rows.order_by("at", "pk").values_list(*columns, "member_id", "conversation__client__lead_id")
    for talk, when, pk, client, direction, quiet, closing, channel, member, lead in found:
        ours = direction == Direction.OUT
        word = Word(talk, when, pk, client or NOBODY, ours, quiet, bool(closing), channel, False, None)
        talks[talk][pk] = Fact(word, member, lead)
    return talks


def _answered(run: Run, facts: Mapping[int, Fact], since: datetime) -> Iterator[Reply]:
    """The run, if one of ours answered it since."""
    clock = run.clock
    if clock.ended is Ended.REPLY and clock.answered_at and clock.answered_by and clock.answered_at >= since:
        last = clock.nudges[-1] if clock.nudges else clock.started_by
        ours = facts[clock.answered_by]
        yield Reply(run.talk, last, facts[last].word.channel, clock, ours.member_id, ours.lead_id, tuple(run.stood))
