"""When something promised or asked for is due, read from its words; what can be read in two ways is never decided."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time

from kept.measures.text import due_words as words
from kept.measures.text.due_days import Day, Seen
from kept.measures.text.due_spans import READINGS
from kept.measures.text.workdays import Workdays
from kept.measures.working_time import Calendar

# Without any day a promise is looked at again after so many working days.
UNDATED_DAYS = 3
# A time belongs to a day that stands at most so many characters from it.
_NEAR = 26
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Due:
    """at: aware, in the zone of the sent moment; None when nothing says when, or when it can be read in two ways.

    explicit: the words name a day or an hour ("soon" does not). ambiguous: they name one, and leave open which:
    03/04, "next Friday" on a Monday, "Friday" on a Friday morning, "Friday 17 October" on a Saturday the 17th.
    deadline: introduced by "by", "until" or the like. words: what was read; start: where it stands.
    """

    at: datetime | None
    explicit: bool = False
    ambiguous: bool = False
    deadline: bool = False
    words: str = ""
    start: int = -1


NONE = Due(None)


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    day: Day
    deadline: bool
    before: bool


def read(
    sentence: str,
    *,
    sent_at: datetime,
    calendar: Calendar | None = None,
    day_first: bool | None = None,
    after: int = 0,
) -> Due:
    """When `sentence` says that something is due; NONE when it does not say.

    sent_at: aware, in the sender's zone. calendar: of that zone; Monday to Friday until 17:30 without one.
    day_first: whether the firm writes 3 April as 03/04; None leaves it open. after: days named from this
    character on are preferred to days named before it. Raises ValueError for a naive sent_at.
    """
    if sent_at.tzinfo is None or sent_at.utcoffset() is None:
        raise ValueError(f"{sent_at.isoformat()} names no time zone; give an aware moment.")
    text = sentence[:_LONGEST].replace("’", "'")
    seen = Seen(sent_at, Workdays(sent_at.tzinfo, calendar), day_first)
    mentions = _agreeing(sorted(_mentions(text, seen), key=lambda one: one.start))
    chosen = _chosen(mentions, text, after)
    if chosen is None:
        return _time_only(text, seen)
    return Due(
        at=_moment(text, chosen, seen),
        explicit=chosen.day.on is not None and not chosen.day.vague,
        ambiguous=chosen.day.on is None,
        deadline=chosen.deadline,
        words=text[chosen.start : chosen.end].rstrip(" .,"),
        start=chosen.start,
    )


def undated(sent_at: datetime, calendar: Calendar | None = None) -> datetime:
    """When a promise without a day is looked at again: the close of the third working day."""
    work = Workdays(sent_at.tzinfo, calendar) if sent_at.tzinfo else None
    if work is None:
        raise ValueError(f"{sent_at.isoformat()} names no time zone; give an aware moment.")
    return work.closing(work.after(sent_at.date(), UNDATED_DAYS))


def _mentions(text: str, seen: Seen) -> Iterator[_Mention]:
    """Every day the text names; words read once are not read again."""
    taken = bytearray(len(text) + 1)
    for pattern, reading in READINGS:
        for found in pattern.finditer(text):
            ahead = text[max(0, found.start() - 30) : found.start()]
            if any(taken[found.start() : found.end()]) or words.PAST.search(ahead):
                continue
            day = reading(found, seen)
            if day is None and pattern is words.WEEKDAY:
                continue
            taken[found.start() : found.end()] = b"\1" * (found.end() - found.start())
            if day is not None:
                by = bool(words.BY.search(ahead) or words.BY.match(found[0].partition("the")[0]))
                yield _Mention(found.start(), found.end(), day, by, bool(words.BEFORE.search(ahead)))


def _agreeing(mentions: list[_Mention]) -> list[_Mention]:
    """A weekday beside a date is one mention with it: it settles 03/04, or shows that one of the two is wrong."""
    kept: list[_Mention] = []
    for one in mentions:
        last = kept[-1] if kept else None
        if last is None or one.start - last.end > 4 or not one.day.exact or last.day.exact or last.day.at:
            kept.append(one)
            continue
        agrees = last.day.on is None or one.day.on is None or last.day.on.weekday() == one.day.on.weekday()
        kept[-1] = replace(one, start=last.start, deadline=last.deadline or one.deadline, before=last.before,
                           day=one.day if agrees else Day(None))  # fmt: skip
    return kept


def _chosen(mentions: list[_Mention], text: str, after: int) -> _Mention | None:
    """A deadline before a mere day, a day before "soon", what follows the promise before what precedes it."""
    days = [one for one in mentions if not one.day.vague and not words.CLOSE_OF_DAY.match(text[one.start : one.end])]
    mentions = days or mentions  # in "close of business on Monday" the day is Monday
    if not mentions:
        return None
    return max(mentions, key=lambda one: (one.start >= after, one.deadline, -one.start))


def _moment(text: str, chosen: _Mention, seen: Seen) -> datetime | None:
    day = chosen.day
    if day.on is None or day.at is not None:
        return day.at
    around = text[max(0, chosen.start - _NEAR) : chosen.start] + " ; " + text[chosen.end : chosen.end + _NEAR]
    at = _time_in(around)
    if at is not None:
        return datetime.combine(day.on, at, seen.sent_at.tzinfo)
    if day.evening:
        return datetime.combine(day.on, time(23, 59), seen.sent_at.tzinfo)
    on = max(seen.today, seen.work.before(day.on)) if chosen.before else day.on
    return seen.work.closing(on)


def _time_only(text: str, seen: Seen) -> Due:
    """An hour without a day is today's, or the next working day's when it has passed."""
    for found in words.CLOCK.finditer(text):
        if not words.AT.search(text[max(0, found.start() - 12) : found.start()]):
            continue
        at = _clock(found, bare=True)
        if at is None or (
            found["unit"] is None and found["minute"] is None and re.match(r"\s?\w", text[found.end() :])
        ):
            continue
        return _at_hour(at, seen, found)
    for pattern, at in words.PARTS[:1]:
        for found in pattern.finditer(text):
            if words.AT.search(text[max(0, found.start() - 12) : found.start()]):
                return _at_hour(at, seen, found)
    return NONE


def _at_hour(at: time, seen: Seen, found: re.Match[str]) -> Due:
    when = datetime.combine(seen.today, at, seen.sent_at.tzinfo)
    if when <= seen.sent_at:
        when = datetime.combine(seen.work.after(seen.today, 1), at, seen.sent_at.tzinfo)
    return Due(when, explicit=True, deadline=True, words=found[0].strip(), start=found.start())


def _time_in(text: str) -> time | None:
    for found in words.CLOCK.finditer(text):
        introduced = bool(words.AT.search(text[max(0, found.start() - 12) : found.start()]))
        if found["minute"] is None and found["unit"] is None and not introduced:
            continue
        at = _clock(found, bare=introduced)
        if at is not None:
            return at
    return next((at for pattern, at in words.PARTS if pattern.search(text)), None)


def _clock(found: re.Match[str], *, bare: bool) -> time | None:
    """ "at 5" is five in the afternoon, "at 8" is eight in the morning, "17:00" what it says."""
    hour, minute, unit = int(found["hour"]), int(found["minute"] or 0), (found["unit"] or "").strip().lower()
    if (unit.startswith("p") and hour < 12) or (bare and not unit and found["minute"] is None and hour < 7):
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None
