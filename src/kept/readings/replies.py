"""How our replies to clients go: every clock of the last half year, in bulk, and what they come to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kept.ledgers.clients.models import Client
from kept.ledgers.conversations.holding import Pause
from kept.measures.replies import Clock, Ended, ReplySummary, Said, Wait, clocks, due, summary_of
from kept.readings.calendars import Offices
from kept.readings.exchanged import Exchanged, exchanged
from kept.readings.pauses import pauses_of, stretches

Held = Mapping[int, Sequence[Pause]]  # the pauses of conversations


@dataclass(frozen=True, slots=True)
class Reply:
    """One run of their messages, and how long it waited, or waits."""

    wait: Wait
    conversation_id: int
    subject: str
    asked: str  # who wrote first
    answered: str  # who of us answered; "" while it waits
    later: bool  # set aside until a day still to come

    @property
    def waits(self) -> bool:
        """Whether it waits for us now."""
        return self.wait.clock.running and not self.later and not self.wait.paused


@dataclass(frozen=True)
class Replies:
    """How it goes with one client; `each` are the clocks behind the numbers, newest first, closed ones left out."""

    summary: ReplySummary
    each: tuple[Reply, ...]

    @property
    def waiting(self) -> list[Reply]:
        """Who waits now, the longest past the pledge first."""
        return sorted((one for one in self.each if one.waits), key=lambda one: one.wait.left / one.wait.pledge)

    @property
    def late(self) -> list[Reply]:
        """Those that went past the pledge, newest first."""
        return [one for one in self.each if one.wait.late]


def reply_summaries(clients: Sequence[Client], *, at: datetime, offices: Offices) -> dict[int, Replies]:
    """By client, from the messages of the last half year. Two queries, however many clients.

    The clients come with their lead, whose office's hours may be theirs.
    """
    words = exchanged([client.pk for client in clients], at=at)
    held = held_in((one for said in words.values() for one in said), at=at)
    return {
        client.pk: replies_of(client, words.get(client.pk, ()), at=at, offices=offices, held=held) for client in clients
    }


def held_in(words: Iterable[Exchanged], *, at: datetime) -> Held:
    """The pauses of the conversations of these words. One query."""
    return pauses_of({one.conversation_id for one in words}, at=at)


def replies_of(client: Client, words: Iterable[Exchanged], *, at: datetime, offices: Offices, held: Held) -> Replies:
    """The same from messages already loaded, with the pauses `held_in` them; no query."""
    talks: dict[int, dict[int, Exchanged]] = defaultdict(dict)
    for one in words:
        talks[one.conversation_id][one.pk] = one
    calendar, pledge = offices.calendar(client), offices.pledge_to(client)
    stood = {
        number: stretches(held.get(number, ()), theirs=[one.at for one in talk.values() if one.asks], at=at)
        for number, talk in talks.items()
    }
    each = [
        _reply(clock, talk, due(clock, calendar=calendar, pledge=pledge, at=at, pauses=stood[number]))
        for number, talk in talks.items()
        for clock in clocks([said for one in talk.values() for said in _said(one)])
        if clock.ended is not Ended.CLOSED
    ]
    each.sort(key=lambda one: (one.wait.clock.started_at, one.wait.clock.started_by), reverse=True)
    return Replies(summary=summary_of([one.wait for one in each], pledge=pledge), each=tuple(each))


def _said(one: Exchanged) -> list[Said]:
    """The message as a clock takes it; a mark on it ends the wait of everything up to it."""
    said = Said(row=one.pk, at=one.at, ours=one.ours, quiet=one.quiet, closes=one.closing and not one.ours)
    return [said, Said(row=one.pk, at=one.at, ours=True, closes=True)] if one.closed and not one.ours else [said]


def _reply(clock: Clock, talk: Mapping[int, Exchanged], wait: Wait) -> Reply:
    first = talk[clock.started_by]
    newest = talk[clock.nudges[-1] if clock.nudges else clock.started_by]
    return Reply(
        wait=wait,
        conversation_id=first.conversation_id,
        subject=first.subject,
        asked=first.who,
        answered=talk[clock.answered_by].who if clock.answered_by else "",
        later=newest.later is not None,
    )
