"""Promises in what somebody of ours wrote: who will do what until when, to be shown and accepted before it counts."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from kept.measures.text import due_dates, promise_grammar, sentences
from kept.measures.working_time import Calendar

# MEASURES: what each sign adds. From TICKED on the offer is ticked, from SHOWN on it is shown at all.
PATTERN, DAY, THING, ADDRESSED, SHORT, HEDGE = 0.55, 0.20, 0.10, 0.10, 0.05, -0.25
TICKED, SHOWN = 0.75, 0.5
_SHORT_TOKENS = 30
# How far from a promise its day may stand, in characters.
_DAY_BEFORE, _DAY_AFTER = 40, 90

_OBJECT = re.compile(
    r"\W*(?:(?:to\s)?(?:you|him|her|them|back|up|out|over|through|into|at|after|sure|down|off)\s){0,2}"
    r"(?P<what>(?:(?:the|an?|your|our|my|his|her|their|this|these|those|that|some|all|two|three|four|five|another|"
    r"every|"
    r"both|any|one|new|\d+)\b(?:\s(?!by\b|on\b|until\b|till\b|before\b|to\b|and\b|for\b|tomorrow\b|today\b|tonight\b|"
    r"this\b|"
    r"next\b|in\b|with\b|at\b|from\b|within\b|as\b|again\b|so\b|but\b)[\w'’&/-]+){0,5})|it\b|them\b|everything\b|"
    r"feedback\b|notice\b|numbers\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """One promise. due: aware, in the sender's zone; the close of the third working day when none is named, None
    when what is named can be read in two ways (`ambiguous`). due_is_explicit: the sentence names it. score: 0..1;
    soft: said with a reserve, offered unticked and only to confirm. who: the name of whoever is to do it; what: the
    words for it, '' when none were told apart; due_words: those the day was read from.
    """

    sentence: str
    due: datetime | None
    due_is_explicit: bool
    score: float
    soft: bool
    ambiguous: bool = False
    who: str = ""
    what: str = ""
    due_words: str = ""


def found(
    text: str,
    *,
    sent_at: datetime,
    by: str = "",
    ours: Iterable[str] = (),
    to: str = "",
    calendar: Calendar | None = None,
    day_first: bool | None = None,
) -> list[Found]:
    """Promises in the visible part of a message, in order, each at least SHOWN.

    sent_at: aware, in the sender's zone. by: who wrote it; ours: others whose word is the firm's, so that
    "Bo will send it" counts; to: whom it is written to. calendar and day_first: as in `due_dates.read`.
    Raises ValueError for a naive sent_at.
    """
    names = {first: name for name in (*ours, by) if (first := _first(name))}
    known = _Letter(sent_at, by, names, to, calendar, day_first)
    whole = (_judged(sentence, known) for sentence in sentences.split(text))
    return [one for one in whole if one is not None and one.score >= SHOWN]


@dataclass(frozen=True, slots=True)
class _Letter:
    sent_at: datetime
    by: str
    names: Mapping[str, str]  # by first name in lower case
    to: str
    calendar: Calendar | None
    day_first: bool | None


def _judged(sentence: str, letter: _Letter) -> Found | None:
    promise = promise_grammar.promise_in(sentence, letter.names)
    if promise is None:
        return None
    due = due_dates.read(
        sentence, sent_at=letter.sent_at, calendar=letter.calendar, day_first=letter.day_first, after=promise.start
    )
    if promise.needs_day and not _has_day(promise, due):
        return None
    thing = _OBJECT.match(sentence, promise.end)
    named = bool(letter.to) and letter.to.split()[0].lower() in sentence.lower()
    signs = (
        (True, PATTERN), (due.explicit or due.ambiguous, DAY), (thing is not None, THING), (named, ADDRESSED),
        (len(sentence.split()) < _SHORT_TOKENS, SHORT), (promise.hedged, HEDGE),
    )  # fmt: skip
    undated = None if due.ambiguous else due_dates.undated(letter.sent_at, letter.calendar)
    return Found(
        sentence=sentence,
        due=due.at or undated,
        due_is_explicit=due.explicit,
        score=round(sum(weight for sign, weight in signs if sign), 2),
        soft=promise.hedged,
        ambiguous=due.ambiguous,
        who=_who(promise.who, letter),
        what=thing["what"].strip() if thing else "",
        due_words=due.words,
    )


def _has_day(promise: promise_grammar.Promise, due: due_dates.Due) -> bool:
    """Whether a day is named close enough to be the promise's own."""
    near = promise.start - _DAY_BEFORE <= due.start <= promise.end + _DAY_AFTER
    return near and (due.explicit or due.ambiguous)


def _who(word: str, letter: _Letter) -> str:
    """The name behind "I", "we", "Bo" or "my colleague Bo"."""
    return next((letter.names[part] for part in word.split() if part in letter.names), letter.by)


def _first(name: str) -> str:
    """A first name in lower case; one letter is nobody's."""
    first = (name.split() or [""])[0].strip(",.").lower()
    return first if len(first) > 1 else ""
