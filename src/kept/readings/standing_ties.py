"""What ties a client to us: as people judged it, and as contracts say where nobody contradicted them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kept.ledgers.choices.models import LockKind
from kept.measures.standing_numbers import Lock
from kept.readings.standing_rows import Row, Rows

LONG_CONTRACT = timedelta(days=183)  # more than six months; MEASURES 2
LONG_NOTICE = 90  # days


@dataclass(frozen=True)
class Tie:
    """One thing that ties them, or does not: judged by a person (`hold`, a key), or said by a contract (`job`)."""

    lock: Lock
    words: str
    ties: bool
    who: str = ""  # who judged it
    hold: int | None = None
    job: int | None = None
    until: date | None = None
    days: int | None = None  # of notice


@dataclass(frozen=True)
class Ties:
    """What holds now, one of each lock; what was contradicted; and the judgement that nothing ties them, if it stands.

    `judged`: whether anybody ever judged it.
    """

    holding: tuple[Tie, ...]
    denied: tuple[Tie, ...]
    judged: bool
    free: Row | None = None

    @property
    def locks(self) -> tuple[Lock, ...] | None:
        """As the measure takes them: None where nobody judged and no contract says anything."""
        return tuple(one.lock for one in self.holding) if self.judged or self.holding else None


def ties_of(rows: Rows, *, day: date) -> Ties:
    """What ties the client on a day; a contract begun after it was contradicted counts again."""
    found = [_of(lock, rows, day) for lock in Lock]
    last = rows.holds[-1] if rows.holds else None
    return Ties(
        holding=tuple(one for one in found if one is not None and one.ties),
        denied=tuple(one for one in found if one is not None and not one.ties),
        judged=bool(rows.holds),
        free=last if last is not None and not last.kind else None,
    )


def _of(lock: Lock, rows: Rows, day: date) -> Tie | None:
    """The newest judgement of a lock, else what contracts say of it."""
    judged = next((row for row in reversed(rows.holds) if row.kind in {"", LockKind[lock.name].value}), None)
    facts = list(_said(lock, rows.jobs, day))
    if judged is None:
        return facts[0] if facts else None
    if judged.yes and _stands(judged, day):
        return Tie(lock, judged.words, ties=True, who=judged.who, hold=judged.pk, until=judged.last)
    if judged.yes:  # it has ended, or not begun
        return facts[0] if facts else None
    begun = {row.pk: row.first for row in rows.jobs}
    fresh = [one for one in facts if one.job is not None and _after(begun[one.job], judged)]
    if fresh:
        return fresh[0]
    if not judged.kind and not facts:
        return None
    return Tie(lock, judged.words, ties=False, who=judged.who, hold=judged.pk)


def _stands(judged: Row, day: date) -> bool:
    return (judged.first is None or judged.first <= day) and (judged.last is None or judged.last >= day)


def _after(begun: date | None, judged: Row) -> bool:
    return begun is not None and judged.at is not None and begun > judged.at.date()


def _said(lock: Lock, jobs: Sequence[Row], day: date) -> Iterator[Tie]:
    """What open contracts say: of how long they run the longest first, of notice as well."""
    if lock is Lock.CONTRACT:
        for row in sorted(jobs, key=lambda job: job.last or date.min, reverse=True):
            if row.last is not None and row.last - day > LONG_CONTRACT:
                yield Tie(lock, row.words, ties=True, job=row.pk, until=row.last)
    elif lock is Lock.NOTICE:
        for row in sorted(jobs, key=lambda job: job.one or 0, reverse=True):
            if (row.one or 0) >= LONG_NOTICE:
                yield Tie(lock, row.words, ties=True, job=row.pk, days=row.one)
