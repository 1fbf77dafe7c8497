"""Promises judged from what happened: open, soon, late, broken, kept, kept late, moved or released."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from kept.measures.belief import NEW_FIRM, Belief, Confidence, Evidence, Prior, Pull, belief
from kept.measures.intervals import Interval, jeffreys
from kept.measures.working_time import Calendar

# MEASURES 1.2, row "promise"
WORTH_ON_TIME, WORTH_MOVED, WORTH_A_DAY_LATE, WORTH_LATER, WORTH_BROKEN = 1.0, 0.8, 0.5, 0.25, 0.0
WEIGHTS = {"small": 0.5, "normal": 1.0, "major": 2.0}
HALF_LIFE, HALF_LIFE_OF_BAD = 90.0, 180.0  # days; trust is lost faster than won (Slovic 1993)
BAD_BELOW = 0.5
A_DAY_LATE, BROKEN_AFTER = 1, 10  # working days past due
# so many working days never pass in fewer days of the calendar, an hour of clock change aside: it spares the counting
SURELY_NOT_BROKEN = timedelta(days=BROKEN_AFTER) - timedelta(hours=1)
# MEASURES 11: a promise made hours before it is delivered is no feat
EASY_WITHIN, EASY_WEIGHT = timedelta(hours=4), 0.25
SOON_WORKDAYS = 2  # design of Today: what is due tomorrow evening is shown this morning


class State(StrEnum):
    OPEN = "open"
    SOON = "soon"
    LATE = "late"
    BROKEN = "broken"
    KEPT = "kept"
    KEPT_LATE = "kept_late"
    MOVED = "moved"  # kept by a day it was moved to in time, with the client's consent
    RELEASED = "released"


OVERDUE = frozenset({State.LATE, State.BROKEN})  # of an open promise: past its day


@dataclass(frozen=True, slots=True)
class Move:
    """Another day was named; it counts only if the client agreed and the old day had not passed."""

    at: datetime
    new_due: datetime
    agreed: bool


@dataclass(frozen=True, slots=True)
class Promised:
    """The facts of one promise; `due` is the day first said, moments later than the judgement are ignored."""

    row: int
    made_at: datetime
    due: datetime
    size: Literal["small", "normal", "major"] = "normal"
    moves: tuple[Move, ...] = ()
    kept_at: datetime | None = None
    released_at: datetime | None = None
    broken_at: datetime | None = None  # we said that it will not be


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a promise is at one moment; `worth` 0..1 and `settled_at` only of what is kept or broken."""

    row: int
    state: State
    due: datetime  # as it stands after the moves that count
    moved: bool
    worth: float | None = None
    settled_at: datetime | None = None

    @property
    def is_kept(self) -> bool:
        """Whether it counts as kept: in time, or by a day it was moved to in time."""
        return self.worth is not None and self.worth >= WORTH_MOVED


@dataclass(frozen=True, slots=True)
class KeptShare:
    """How far our word holds.

    `share` is the posterior mean with its 80 % `interval`; `n` promises settled, `effective_n` their
    weight after decay; `kept` of `n` is the plain count, with its own Jeffreys 80 % `kept_interval`;
    `reasons` name the rows that moved the share away from the firm's average, most first.
    """

    share: float
    interval: Interval
    n: int
    effective_n: float
    evidence: Confidence
    kept: int
    kept_interval: Interval
    reasons: tuple[Pull, ...]

    @property
    def plain(self) -> str:
        return f"{self.kept} of {self.n}"


def state(promise: Promised, *, at: datetime, calendar: Calendar) -> State:
    """What the promise is at `at`."""
    return judge(promise, at=at, calendar=calendar).state


def judge(promise: Promised, *, at: datetime, calendar: Calendar) -> Judgement:
    """Judge one promise at `at`, from what was known by then; working days are those of `calendar`.

    What has broken stays broken: neither a late delivery nor a release afterwards mends the word.
    """
    due, moved = _standing_due(promise, at)
    kept_at = _by(promise.kept_at, at)
    released_at = _by(promise.released_at, at)
    ended_at = min((each for each in (kept_at, released_at) if each), default=None)
    broke_at = _broke_at(promise, due, ended_at or at, calendar)
    if broke_at:
        return Judgement(promise.row, State.BROKEN, due, moved, WORTH_BROKEN, broke_at)
    if kept_at and kept_at == ended_at:
        worth = _worth(due, kept_at, moved=moved, calendar=calendar)
        kind = State.KEPT_LATE if kept_at > due else State.MOVED if moved else State.KEPT
        return Judgement(promise.row, kind, due, moved, worth, kept_at)
    if released_at:
        return Judgement(promise.row, State.RELEASED, due, moved)
    return Judgement(promise.row, _open_state(due, at, calendar), due, moved)


def kept_share(promises: Sequence[Promised], *, at: datetime, calendar: Calendar, prior: Prior = NEW_FIRM) -> KeptShare:
    """The share of promises kept, believed at `at`: recent, larger and worse ones weigh more.

    Open, late and released promises count for nothing yet. Sources: MEASURES 1.2, 1.3, 11.
    """
    judged = [(each, judge(each, at=at, calendar=calendar)) for each in promises if each.made_at <= at]
    settled = [
        (each, found.worth, found.settled_at)
        for each, found in judged
        if found.worth is not None and found.settled_at is not None
    ]
    found: Belief = belief(
        [_evidence(each, worth, when, calendar) for each, worth, when in settled], at=at, prior=prior
    )
    kept = sum(worth >= WORTH_MOVED for _, worth, _ in settled)
    return KeptShare(
        share=found.share,
        interval=found.interval,
        n=len(settled),
        effective_n=found.weight,
        evidence=found.confidence,
        kept=kept,
        kept_interval=jeffreys(kept, len(settled)),
        reasons=found.pulls,
    )


def _standing_due(promise: Promised, at: datetime) -> tuple[datetime, bool]:
    due, moved = promise.due, False
    for move in sorted(promise.moves, key=lambda each: each.at):
        if move.agreed and move.at <= min(due, at):
            due, moved = move.new_due, True
    return due, moved


def _by(when: datetime | None, at: datetime) -> datetime | None:
    return when if when is not None and when <= at else None


def _broke_at(promise: Promised, due: datetime, until: datetime, calendar: Calendar) -> datetime | None:
    """When the promise broke before it ended: said so by us, or too long past due."""
    said = _by(promise.broken_at, until)
    if until - due < SURELY_NOT_BROKEN:
        return said
    limit = calendar.same_time_after(due, BROKEN_AFTER)
    return min(said or limit, limit) if until > limit else said


def _worth(due: datetime, kept_at: datetime, *, moved: bool, calendar: Calendar) -> float:
    if kept_at <= due:
        return WORTH_MOVED if moved else WORTH_ON_TIME
    return WORTH_A_DAY_LATE if kept_at <= calendar.same_time_after(due, A_DAY_LATE) else WORTH_LATER


def _open_state(due: datetime, at: datetime, calendar: Calendar) -> State:
    if at > due:
        return State.LATE
    return State.SOON if due <= calendar.same_time_after(at, SOON_WORKDAYS) else State.OPEN


def _evidence(promise: Promised, worth: float, settled_at: datetime, calendar: Calendar) -> Evidence:
    weight = WEIGHTS[promise.size]
    if worth and calendar.between(promise.made_at, settled_at) < EASY_WITHIN:
        weight = min(weight, EASY_WEIGHT)
    half_life = HALF_LIFE_OF_BAD if worth < BAD_BELOW else HALF_LIFE
    return Evidence(promise.row, worth, weight, half_life, settled_at)
