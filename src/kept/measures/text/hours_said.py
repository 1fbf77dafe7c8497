"""When somebody likes to be written to, read from their own words: "not before 10", "never on Fridays", "mornings".

What is understood is plain English about weekdays and times of day; a clause that holds anything else is not guessed
at, but handed back to be shown.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from kept.measures.text.hours_words import EVERY_DAY, MINUTES_A_DAY, take_days, take_times

LOOK_AHEAD = timedelta(days=15)


@dataclass(frozen=True, slots=True)
class Closed:
    """On these weekdays (0 is Monday), from one minute of the day until just before another; `words` say it."""

    days: frozenset[int]
    starts: int
    ends: int
    words: str


@dataclass(frozen=True, slots=True)
class Said:
    """What was understood, and the clauses that were not, as they stand."""

    closed: tuple[Closed, ...] = ()
    unread: tuple[str, ...] = ()

    def closed_at(self, local: datetime) -> Closed | None:
        """What speaks against this moment, by the clock on the wall; None when nothing does."""
        minute = local.hour * 60 + local.minute
        day = local.weekday()
        return next((one for one in self.closed if day in one.days and one.starts <= minute < one.ends), None)

    def open_from(self, local: datetime) -> datetime | None:
        """The first moment at or after this one that nothing speaks against; None when there is none within days."""
        at, end = local, local + LOOK_AHEAD
        while at < end:
            against = self.closed_at(at)
            if against is None:
                return at
            at = at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(minutes=against.ends)
        return None


def read(no_go: str = "", good: str = "") -> Said:
    """What both lines say together; a clause of `good` opens and all else is closed, unless it says not or never."""
    closed: list[Closed] = []
    opened: list[_Clause] = []
    unread: list[str] = []
    for text, usual in ((no_go, False), (good, True)):
        for words in filter(_says_anything, _clauses(text)):
            clause = _read(words)
            if clause is None:
                unread.append(words)
            elif clause.opens if clause.opens is not None else usual:
                opened.append(clause)
            else:
                closed += [Closed(clause.days or EVERY_DAY, *span, words) for span in clause.spans or [_ALL_DAY]]
    return Said((*closed, *_outside(opened)), tuple(unread))


@dataclass(frozen=True, slots=True)
class _Clause:
    """Days and spans of the day named (none: all); opens: whether it says only or not, None when it says neither."""

    days: frozenset[int]
    spans: tuple[tuple[int, int], ...]
    opens: bool | None
    words: str


_ALL_DAY = (0, MINUTES_A_DAY)
_SPLIT = re.compile(
    r"[,;\n]+|\.(?!\d)|\s+(?:and|but|or)\s+(?=(?:not|never|no|only|before|after|between|until|from)\b)", re.I
)


def _clauses(text: str) -> list[str]:
    return [words for piece in _SPLIT.split(text) if (words := " ".join(piece.split()))]


_FILLERS = re.compile(
    r"\b(?:please|on|in|the|at|any|all|day|during|her|his|their|a|an|and|or|best|preferably|ideally|usually|always|"
    r"mails?|e-?mails?|calls?|letters?|write|reach|available|free|anything|hours)\b|['’.!?:()]",
    re.I,
)
_NOT = re.compile(r"\b(?:not|never|no|don't|don’t|nothing|avoid)\b", re.I)
_ONLY = re.compile(r"\b(?:only|just)\b", re.I)


def _says_anything(words: str) -> bool:
    return bool(_FILLERS.sub(" ", words).strip())


def _read(words: str) -> _Clause | None:
    """The clause, if every word of it is understood."""
    rest = words.lower()
    says_not, only = bool(_NOT.search(rest)), bool(_ONLY.search(rest))
    if says_not and only:
        return None
    rest = _ONLY.sub(" ", _NOT.sub(" ", rest))
    rest, days = take_days(rest)
    left, spans = take_times(rest)
    if left is None or _says_anything(left) or not (days or spans):
        return None
    return _Clause(days, spans, False if says_not else True if only else None, words)


def _outside(opened: list[_Clause]) -> list[Closed]:
    """All that lies outside of what was called good: days alone and times alone belong together."""
    if not opened:
        return []
    days = frozenset().union(*(one.days for one in opened if not one.spans))
    times = [one for one in opened if not one.days]
    whole = [(one.days, one.spans, one.words) for one in opened if one.days and one.spans]
    words = ", ".join(one.words for one in opened)
    if days and times:
        whole.append((days, tuple(span for one in times for span in one.spans), words))
    elif days:
        whole.append((days, (_ALL_DAY,), words))
    elif times:
        whole.append((EVERY_DAY, tuple(span for one in times for span in one.spans), words))
    return [
        closed for day in range(7) for closed in _gaps(day, [spans for named, spans, _ in whole if day in named], words)
    ]


def _gaps(day: int, spans: list[tuple[tuple[int, int], ...]], words: str) -> list[Closed]:
    found, at = [], 0
    for start, end in sorted(span for some in spans for span in some):
        if start > at:
            found.append(Closed(frozenset({day}), at, start, words))
        at = max(at, end)
    if at < MINUTES_A_DAY:
        found.append(Closed(frozenset({day}), at, MINUTES_A_DAY, words))
    return found
