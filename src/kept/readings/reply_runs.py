"""Every run of their messages, from the first that asked to our answer: the one home of what any page says of replies.

The pledge, trust, a client's page and a review take these runs and the verdict on each; they differ in the days they
look at, and in whether a run counts when it was asked (the pledge, a review) or when it was answered (trust).
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple, Protocol

from kept.ledgers.conversations.models import Channel
from kept.measures.pauses import Pause as Stretch
from kept.measures.pauses import running, spans
from kept.measures.replies import Clock, Ended, Said, clocks
from kept.measures.working_time import Calendar
from kept.readings.pauses import Held, stretches


class Written(Protocol):
    """One message a person wrote, as much of it as a clock takes.

    `closed`: a mark says that it needs no answer here; `later`: it was put off until then; `closing`: a mere thank-you.
    """

    @property
    def pk(self) -> int: ...
    @property
    def conversation_id(self) -> int: ...
    @property
    def client_id(self) -> int: ...
    @property
    def at(self) -> datetime: ...
    @property
    def ours(self) -> bool: ...
    @property
    def quiet(self) -> bool: ...
    @property
    def closing(self) -> bool: ...
    @property
    def channel(self) -> str: ...
    @property
    def closed(self) -> bool: ...
    @property
    def later(self) -> datetime | None: ...


class Run(NamedTuple):
    """One run, and the pauses of its conversation."""

    talk: int
    client: int
    called: bool
    later: datetime | None  # put off until then
    clock: Clock
    stood: Sequence[Stretch]

    def rests(self, at: datetime) -> bool:
        """Whether it waits and nobody need hurry: it was put off, or we wait for them."""
        put_off = self.later is not None and self.later > at
        return self.clock.running and (put_off or any(pause.holds(at) for pause in self.stood))

    def counts_at(self, since: datetime) -> datetime:
        """When it counts: when it was asked. What waits still is never too long ago."""
        began = self.clock.started_at
        return max(began, since) if self.clock.running else began

    def took(self, calendar: Calendar, *, at: datetime, pledge: timedelta) -> timedelta:
        """Working time until the answer, or until `at`; one within the pledge may be told longer than it was."""
        until = self.clock.answered_at or at
        took = until - self.clock.started_at
        # working time is never longer than the clock's, so most need no counting of days
        return _worked(calendar, self.clock.started_at, until, tuple(self.stood)) if took > pledge else took


def in_time(run: Run, took: timedelta, *, pledge: timedelta, at: datetime) -> bool | None:
    """The verdict: answered within the pledge, or not; none while it is young, put off or paused."""
    if run.rests(at) or (run.clock.running and took <= pledge):
        return None
    return took <= pledge


# a pure function of its moments, so what was answered once is counted once, however often it is looked at
@lru_cache(maxsize=65_536)
def _worked(calendar: Calendar, began: datetime, until: datetime, stood: tuple[Stretch, ...]) -> timedelta:
    """Working time between the two in which the clock ran."""
    return running(calendar, began, until, without=spans(stood, until=until))


def runs_of(words: Sequence[Written], held: Sequence[Held], *, at: datetime) -> Iterator[Run]:
    """The runs of one conversation, from its messages, the oldest first, and its pauses; no query."""
    theirs = [one.at for one in words if not (one.ours or one.quiet or one.closing)]
    if not theirs:
        return
    stood = stretches(held, theirs=theirs, at=at)
    by_pk = {one.pk: one for one in words}
    for clock in clocks([said for one in words for said in _said(one)]):
        if clock.ended is Ended.CLOSED:
            continue
        first, last = by_pk[clock.started_by], by_pk[clock.nudges[-1] if clock.nudges else clock.started_by]
        yield Run(first.conversation_id, first.client_id, first.channel == Channel.CALL, last.later, clock, stood)


def _said(one: Written) -> list[Said]:
    """The message as a clock takes it; a mark on it ends the wait of everything up to it."""
    said = Said(row=one.pk, at=one.at, ours=one.ours, quiet=one.quiet, closes=one.closing and not one.ours)
    return [said, Said(row=one.pk, at=one.at, ours=True, closes=True)] if one.closed and not one.ours else [said]
