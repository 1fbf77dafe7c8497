"""The pledge as it was kept to one client in a quarter, sentence by sentence, its misses included."""

from collections.abc import Sequence
from datetime import timedelta

from kept.kit.charts.axis import percent
from kept.kit.words import SMALL, sentence
from kept.measures.promises import State
from kept.measures.replies import Ended
from kept.readings.replies import Replies, Reply
from kept.readings.review_promises import KEPT, MISSED, Owed
from kept.readings.review_quarter import Quarter
from kept.readings.review_told import Vouched

HOUR = timedelta(hours=1)
WIDEST = 3.2  # % of the line from one stroke to the next
MOST = 90  # strokes that can still be told apart; beyond, the words say it


def replied(found: Replies, quarter: Quarter) -> list[Reply]:
    """The replies that were asked for in the quarter and can be judged, oldest first."""
    asked = [one for one in found.each if quarter.holds(one.wait.clock.started_at)]
    counted = [one for one in asked if one.wait.clock.ended is Ended.REPLY or one.wait.late]
    return sorted(counted, key=lambda one: (one.wait.clock.started_at, one.wait.clock.started_by))


def by_replies(replies: Sequence[Reply], pledge: timedelta) -> Vouched | None:
    """ "You hear from a person within two working hours."; none where nobody wrote."""
    if not replies:
        return None
    late = [one for one in replies if one.wait.late]
    tally = f"{len(replies) - len(late)} of {len(replies)}."
    longest = max((-one.wait.left for one in late), default=timedelta())
    said = f"{tally} {sentence(_number(len(late)))} {'was' if len(late) == 1 else 'were'} late" if late else tally
    if late:
        said += f", {'by' if len(late) == 1 else 'the longest by'} {span(longest)}."
    return vouched(f"You hear from a person within {within(pledge)}.", [not one.wait.late for one in replies], said)


def by_promises(found: Owed) -> Vouched | None:
    """ "We keep what we promise, or ask you before it is due."; none where nothing fell due."""
    counted = sorted(found.of(*KEPT, *MISSED), key=lambda one: one.judged.due)
    if not counted:
        return None
    strokes = [one.judged.state in KEPT for one in counted]
    late, broken = len(found.of(State.KEPT_LATE, State.LATE)), len(found.of(State.BROKEN))
    missed = [
        *([f"{_number(late)} came late"] if late else []),
        *([f"{_number(broken)} {'was' if broken == 1 else 'were'} broken"] if broken else []),
    ]
    said = f"{sum(strokes)} of {len(strokes)}." + (f" {sentence(' and '.join(missed))}." if missed else "")
    return vouched("We keep what we promise, or ask you before it is due.", strokes, said)


def vouched(words: str, strokes: Sequence[bool], said: str, *, short: bool = False) -> Vouched:
    """A sentence with its strokes; `short`: less was kept than we said, so that it is marked."""
    step = min(WIDEST, 98 / max(1, len(strokes)))
    drawn = tuple((percent(1 + step * at), kept) for at, kept in enumerate(strokes)) if len(strokes) <= MOST else ()
    return Vouched(sentence=words, strokes=drawn, s="late" if short else "calm", said=said)


def within(pledge: timedelta) -> str:
    """ "two working hours", "90 working minutes"."""
    whole, rest = divmod(pledge, HOUR)
    number, unit = (whole, "hour") if not rest else (pledge // timedelta(minutes=1), "minute")
    return f"{_number(number)} working {unit if number == 1 else unit + 's'}"


def span(length: timedelta) -> str:
    """ "five hours", "an hour", "40 minutes", "two working days": working time past the pledge."""
    hours = round(length / HOUR)
    if hours >= 16:
        return f"{_number(hours // 8)} working days"
    if hours:
        return "an hour" if hours == 1 else f"{_number(hours)} hours"
    return f"{max(1, length // timedelta(minutes=1))} minutes"


def _number(number: int) -> str:
    return SMALL[number] if number < len(SMALL) else str(number)
