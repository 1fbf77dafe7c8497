"""How our replies to clients go: every clock of the last half year, in bulk, and what they come to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from kept.ledgers.clients.models import Client
from kept.ledgers.conversations.holding import Pause
from kept.measures.intervals import wilson
from kept.measures.pauses import Pause as Stretch
from kept.measures.replies import Clock, ReplySummary, Wait, due, summary_of
from kept.measures.working_time import Calendar
from kept.readings.calendars import Offices
from kept.readings.exchanged import Exchanged, exchanged
from kept.readings.pauses import pauses_of
from kept.readings.reply_runs import Run, in_time, runs_of

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
    in_time: bool | None  # the verdict; none while it is young, put off or paused

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
        return [one for one in self.each if one.in_time is False]


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
    each = []
    for number, talk in talks.items():
        for run in runs_of(list(talk.values()), held.get(number, ()), at=at):
            stood = tuple(run.stood)
            if run.clock.running:
                wait = due(run.clock, calendar=calendar, pledge=pledge, at=at, pauses=stood)
            else:
                wait = _in_the_end(run.clock, calendar, pledge, stood)
            each.append(_reply(run, talk, wait, at))
    each.sort(key=lambda one: (one.wait.clock.started_at, one.wait.clock.started_by), reverse=True)
    return Replies(summary=_summary(each, pledge), each=tuple(each))


# a pure function of its facts, so what was answered once is counted once, however often the page is looked at
@lru_cache(maxsize=16_384)
def _in_the_end(clock: Clock, calendar: Calendar, pledge: timedelta, stood: tuple[Stretch, ...]) -> Wait:
    """The clock of what was answered, against the pledge."""
    return due(clock, calendar=calendar, pledge=pledge, at=clock.answered_at or clock.started_at, pauses=stood)


def _reply(run: Run, talk: Mapping[int, Exchanged], wait: Wait, at: datetime) -> Reply:
    clock = run.clock
    return Reply(
        wait=wait,
        conversation_id=run.talk,
        subject=talk[clock.started_by].subject,
        asked=talk[clock.started_by].who,
        answered=talk[clock.answered_by].who if clock.answered_by else "",
        later=run.later is not None,
        in_time=in_time(run, wait.passed, pledge=wait.pledge, at=at),
    )


def _summary(each: Sequence[Reply], pledge: timedelta) -> ReplySummary:
    """Who was put off or is paused waits, and is neither kept nor missed."""
    found = summary_of([one.wait for one in each], pledge=pledge)
    judged = [one.in_time for one in each if one.in_time is not None]
    share = sum(judged) / len(judged) if judged else None
    return replace(found, judged=len(judged), within_share=share, within_interval=wilson(sum(judged), len(judged)))
