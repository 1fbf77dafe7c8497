"""Trust in one plain sentence: how much, how sure, and what moved it most."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kept.kit import words
from kept.measures.belief import Confidence
from kept.measures.intervals import Interval
from kept.measures.trust_attribution import Contribution
from kept.measures.trust_events import Event
from kept.measures.trust_streams import Stream

WORTH_SAYING = 1.0  # points under which a reason is left to the table
MOST_REASONS = 2

# From which worth on a row is called what, best first: one, many.
_PHRASES: dict[Stream, tuple[tuple[float, str, str], ...]] = {
    Stream.PROMISE: (
        (1.0, "kept promise", "kept promises"),
        (0.6, "promise moved in time", "promises moved in time"),
        (0.001, "late promise", "late promises"),
        (0.0, "broken promise", "broken promises"),
    ),
    Stream.REPLY: ((1.0, "reply in time", "replies in time"), (0.0, "slow reply", "slow replies")),
    Stream.MEETING: (
        (1.0, "meeting held as promised", "meetings held as promised"),
        (0.001, "meeting begun late or without the promised person", "meetings begun late or without them"),
        (0.0, "meeting we missed", "meetings we missed"),
    ),
    Stream.DELIVERABLE: (
        (1.0, "piece of work accepted", "pieces of work accepted"),
        (0.001, "extra round because of us", "extra rounds because of us"),
        (0.0, "piece of work done again", "pieces of work done again"),
    ),
    Stream.MARK: ((0.0, "mark for the work", "marks for the work"),),
    Stream.SECURE: ((0.0, "answer on feeling secure", "answers on feeling secure"),),
    Stream.CHERISHED: ((0.0, "answer on feeling cherished", "answers on feeling cherished"),),
    Stream.DELIGHTED: ((0.0, "answer on feeling delighted", "answers on feeling delighted"),),
    Stream.DAZZLED: ((0.0, "answer on feeling dazzled", "answers on feeling dazzled"),),
    Stream.STAFFING: ((0.0, "month of promised people", "months of promised people"),),
    Stream.ONBOARDING: ((0.0, "first month", "first months"),),
    Stream.BILL: ((1.0, "bill as quoted", "bills as quoted"), (0.0, "bill that surprised", "bills that surprised")),
    Stream.REQUEST: (
        (1.0, "request that got its yes", "requests that got their yes"),
        (0.6, "request answered another way", "requests answered another way"),
        (0.0, "request refused", "requests refused"),
    ),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Rows of one kind and the points they moved trust together."""

    words: str  # "one major broken promise"
    points: float
    rows: tuple[tuple[Stream, int], ...]


def called(event: Event) -> tuple[str, str]:
    """What a row is called, one and many: "broken promise", "broken promises"."""
    one, many = next((one, many) for least, one, many in _PHRASES[event.stream] if event.x >= least)
    if event.major:
        return f"major {one}", f"major {many}"
    if event.provisional:
        return "message waiting too long", "messages waiting too long"
    return one, many


def reasons(contributions: Sequence[Contribution]) -> tuple[Reason, ...]:
    """Rows grouped by what happened and by whether it raised or lowered trust, most first."""
    groups: dict[tuple[str, str, bool], list[Contribution]] = defaultdict(list)
    for each in contributions:
        groups[(*called(each.event), each.points < 0)].append(each)
    found = [
        Reason(
            words.count(len(rows), one, many),
            math.fsum(each.points for each in rows),
            tuple((each.stream, each.row) for each in rows),
        )
        for (one, many, _), rows in groups.items()
    ]
    return tuple(sorted(found, key=lambda each: (-abs(each.points), each.words)))


def sentence(value: float, interval: Interval, *, evidence: Confidence, why: Sequence[Reason]) -> str:
    """ "79 (69-88), fair evidence. 4.7 below for one major broken promise."; points of 100.

    Thin evidence names the range alone, for its middle would be read as known.
    """
    reach = f"{interval.low:.0f}-{interval.high:.0f}"
    opening = f"{value:.0f} ({reach}), {evidence} evidence."
    if evidence is Confidence.THIN:
        opening = f"{reach}, mostly the firm's average so far."
    said = [
        f"{abs(each.points):.1f} {_side(each)} for {each.words}" for each in why if abs(each.points) >= WORTH_SAYING
    ]
    return f"{opening} {words.sentence(', '.join(said[:MOST_REASONS]))}." if said else opening


def _side(reason: Reason) -> str:
    return "below" if reason.points < 0 else "above"
