"""Reply clocks: who waits for our answer, since when, until when, and how we do on the whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kept.measures.intervals import Interval, wilson
from kept.measures.pauses import Pause, running, runs_out, spans
from kept.measures.survival import Quantile, Spell, quantile, survival
from kept.measures.working_time import Calendar

_NONE = timedelta(0)
LAST_HOUR = timedelta(hours=1)  # of working time: the last hour of a pledge, in which one may still be in time


@dataclass(frozen=True, slots=True)
class Said:
    """One entry of a conversation.

    `closes` is a person's mark: on one of ours it ends the wait without a reply (answered elsewhere, needs
    none); on one of theirs it says that this message alone asks for no reply. `quiet` is history: it has
    no clock.
    """

    row: int
    at: datetime
    ours: bool
    automatic: bool = False
    closes: bool = False
    quiet: bool = False


class Ended(StrEnum):
    REPLY = "reply"
    CLOSED = "closed"  # by a mark: there is no reply whose time could be judged


@dataclass(frozen=True, slots=True)
class Clock:
    """One run of unanswered messages: from the first that asked to what ended it, if anything did."""

    started_by: int
    started_at: datetime
    answered_by: int | None = None
    answered_at: datetime | None = None
    ended: Ended | None = None
    nudges: tuple[int, ...] = ()  # their later messages of the run; they do not restart the clock

    @property
    def running(self) -> bool:
        return self.ended is None


@dataclass(frozen=True, slots=True)
class Wait:
    """A clock against the pledge, in working time; `left` is below zero once late.

    While it is `paused` we wait for them: it is not late, and `due` is when it would be if it ran on from now.
    """

    clock: Clock
    pledge: timedelta
    due: datetime
    passed: timedelta
    left: timedelta
    late: bool
    paused: bool = False

    @property
    def last_hour(self) -> bool:
        """Whether the last hour of the promised time runs."""
        return not self.late and not self.paused and self.left <= LAST_HOUR


@dataclass(frozen=True, slots=True)
class ReplySummary:
    """How replies go: times are working time, None is "not reached"; shares count what can be judged.

    `median` and `p90` are Kaplan-Meier: those still waiting count for as long as they have waited.
    `judged` are the answered, and the waiting past the pledge; a younger wait is neither kept nor missed.
    """

    n: int
    waiting: int
    median: timedelta | None
    median_from: timedelta | None
    median_until: timedelta | None
    p90: timedelta | None
    within: int
    judged: int
    within_share: float | None
    within_interval: Interval
    oldest_waiting: timedelta | None


def clocks(said: Sequence[Said], *, quiet_before: datetime | None = None) -> tuple[Clock, ...]:
    """The clocks of one conversation, oldest first; `said` in any order, of equal moments ours comes last.

    A clock starts at the first unanswered message a person of theirs wrote, and stops at the first a person
    of ours wrote after it. Machines neither start nor stop one; messages before `quiet_before` have none.
    """
    runs: list[tuple[list[Said], list[Said]]] = []  # what they wrote, and the one entry of ours that ended it
    for one in sorted(said, key=lambda each: (each.at, each.ours, each.row)):
        waits = bool(runs) and not runs[-1][1]
        if one.automatic:
            continue
        if one.ours:
            if waits:
                runs[-1][1].append(one)
        elif one.closes or _is_quiet(one, quiet_before):
            continue
        elif waits:
            runs[-1][0].append(one)
        else:
            runs.append(([one], []))
    return tuple(_clock(*run) for run in runs)


def due(clock: Clock, *, calendar: Calendar, pledge: timedelta, at: datetime, pauses: Sequence[Pause] = ()) -> Wait:
    """The clock against a pledge above zero, at moment `at` or, once ended, at its end.

    Late is later than the pledge in working time: at exactly the pledge it is kept. Working time within a
    pause does not count. ValueError for a pledge of nothing and for a calendar that is not open for so long.
    """
    if pledge <= _NONE:
        raise ValueError("A pledge is a working time above zero.")
    until = clock.answered_at or at
    stood = spans(pauses, until=until)
    passed = running(calendar, clock.started_at, until, without=stood)
    paused = clock.running and any(pause.holds(at) for pause in pauses)
    return Wait(
        clock=clock,
        pledge=pledge,
        due=runs_out(calendar, clock.started_at, pledge, without=stood),
        passed=passed,
        left=pledge - passed,
        late=passed > pledge and not paused,
        paused=paused,
    )


def summary(answered: Sequence[timedelta], waiting: Sequence[timedelta] = (), *, pledge: timedelta) -> ReplySummary:
    """Sum up reply times and the ages of those still waiting, all in working time."""
    steps = survival([Spell(each) for each in answered] + [Spell(each, ended=False) for each in waiting])
    middle: Quantile = quantile(steps, 0.5)
    within = sum(each <= pledge for each in answered)
    judged = len(answered) + sum(each > pledge for each in waiting)
    return ReplySummary(
        n=len(answered) + len(waiting),
        waiting=len(waiting),
        median=middle.at,
        median_from=middle.low,
        median_until=middle.high,
        p90=quantile(steps, 0.9).at,
        within=within,
        judged=judged,
        within_share=within / judged if judged else None,
        within_interval=wilson(within, judged),
        oldest_waiting=max(waiting, default=None),
    )


def summary_of(waits: Sequence[Wait], *, pledge: timedelta) -> ReplySummary:
    """The summary of judged clocks; those closed by a mark are left out, as no reply time is known."""
    return summary(
        [wait.passed for wait in waits if wait.clock.ended is Ended.REPLY],
        [wait.passed for wait in waits if wait.clock.running],
        pledge=pledge,
    )


def _is_quiet(one: Said, quiet_before: datetime | None) -> bool:
    return one.quiet or (quiet_before is not None and one.at < quiet_before)


def _clock(theirs: list[Said], ours: list[Said]) -> Clock:
    first, *later = theirs
    by = ours[0] if ours else None
    return Clock(
        started_by=first.row,
        started_at=first.at,
        answered_by=by.row if by else None,
        answered_at=by.at if by else None,
        ended=None if by is None else Ended.CLOSED if by.closes else Ended.REPLY,
        nudges=tuple(each.row for each in later),
    )
