"""Clocks that stand still: working time outside pauses, and when a pledge runs out once they are left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kept.measures.working_time import Calendar


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch in which we truly wait for them: from `begins` until just before `ends`, None while it stands."""

    begins: datetime
    ends: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether the clock stands at that moment."""
        return self.begins <= at and (self.ends is None or at < self.ends)


Spans = Sequence[tuple[datetime, datetime]]


def spans(pauses: Sequence[Pause], *, until: datetime) -> Spans:
    """The pauses as far as they lie before `until`, in order and without overlap; one that stands ends there."""
    found: list[tuple[datetime, datetime]] = []
    for pause in sorted(pauses, key=lambda one: one.begins):
        begins, ends = pause.begins, min(pause.ends or until, until)
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        elif begins < ends:
            found.append((begins, ends))
    return found


def running(calendar: Calendar, start: datetime, end: datetime, *, without: Spans = ()) -> timedelta:
    """Working time from `start` until `end` in which the clock ran."""
    stood = (calendar.between(max(begins, start), min(ends, end)) for begins, ends in without)
    return calendar.between(start, end) - sum(stood, start=timedelta(0))


def runs_out(calendar: Calendar, start: datetime, pledge: timedelta, *, without: Spans = ()) -> datetime:
    """The first moment by which the clock has run for `pledge`; a pause shifts it by the working time it takes.

    Raises ValueError for a calendar that is not open for so long.
    """
    left, at = pledge, start
    for begins, ends in without:
        if ends <= at:
            continue
        ran = calendar.between(at, begins)
        if ran >= left:
            break
        left, at = left - ran, ends
    return calendar.deadline(at, left)
