"""The pledge as it was kept to one client in a quarter, sentence by sentence, its misses included."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from kept.kit.charts.axis import percent
from kept.kit.words import MONTHS, SMALL, sentence
from kept.ledgers.clients.models import Client
from kept.measures import pledge_says as say
from kept.measures.pledge import Verdict
from kept.measures.pledge_kinds import KINDS
from kept.measures.promises import State
from kept.readings.calendars import Offices
from kept.readings.fell_due import KEPT
from kept.readings.pledge import Line, board_between
from kept.readings.review_promises import Owed
from kept.readings.review_quarter import Quarter
from kept.readings.review_replies import Replied
from kept.readings.review_told import Vouched
from kept.readings.stamp import Stamp, stamp

HOUR = timedelta(hours=1)
WIDEST = 3.2  # % of the line from one stroke to the next
MOST = 90  # strokes that can still be told apart; beyond, the words say it


Figures = tuple[int, ...]


def by_pledge(client: Client, quarter: Quarter, *, offices: Offices, beside: Figures = ()) -> tuple[Vouched, ...]:
    """Each sentence that was in force at the quarter's end and had an occasion; empty where none was pledged yet.

    What was asked or fell due in the quarter is told as it is known now, as the sections beside it tell it. Kept for
    an hour while no ledger moves and the figures `beside` stay as they are: one query, else those of the board.
    """
    return _by_pledge(_Asked(client, quarter, offices, beside, stamp()))


@dataclass(frozen=True)
class _Asked:
    """Whose quarter; it is compared by what decides the answer, the moment by its hour."""

    client: Client
    quarter: Quarter
    offices: Offices
    beside: Figures
    moved: Stamp

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self._key == other._key

    @property
    def _key(self) -> tuple[object, ...]:
        hour = self.quarter.at.replace(minute=0, second=0, microsecond=0)
        return self.client.pk, self.quarter.first, hour, self.offices, self.beside, self.moved


@lru_cache(maxsize=64)
def _by_pledge(asked: _Asked) -> tuple[Vouched, ...]:
    quarter = asked.quarter
    # the last moment of the quarter: at its end another day begins, and with it the next one
    last = quarter.end - timedelta(microseconds=1)
    board = board_between(asked.client, at=quarter.at, since=quarter.since, until=last, offices=asked.offices)
    return tuple(_line(line, quarter) for line in board.lines if line.kind and line.rows) if board else ()


def _line(line: Line, quarter: Quarter) -> Vouched:
    since = f"{quarter.first.day} {MONTHS[quarter.first.month - 1]}"
    kind = line.kind or next(iter(KINDS.values()))
    said = say.counted(line.share, kind, since=since, how=[row.how for row in line.misses])
    state = "late" if line.share.verdict is Verdict.SHORT else "soon" if line.share.is_below else "calm"
    return vouched(line.words, [row.kept for row in line.rows], said, state=state)


def by_replies(replies: Sequence[Replied], pledge: timedelta) -> Vouched | None:
    """ "You hear from a person within two working hours."; none where nobody wrote."""
    if not replies:
        return None
    late = [one.over for one in replies if not one.in_time]
    tally = f"{len(replies) - len(late)} of {len(replies)}."
    said = f"{tally} {sentence(_number(len(late)))} {'was' if len(late) == 1 else 'were'} late" if late else tally
    if late:
        said += f", {'by' if len(late) == 1 else 'the longest by'} {span(max(late))}."
    return vouched(f"You hear from a person within {within(pledge)}.", [one.in_time for one in replies], said)


def by_promises(found: Owed) -> Vouched | None:
    """ "We keep what we promise, or ask you before it is due."; none where nothing fell due."""
    strokes = [one.judged.state in KEPT for one in found.counted]
    if not strokes:
        return None
    late, broken = len(found.of(State.KEPT_LATE, State.LATE)), len(found.of(State.BROKEN))
    missed = [
        *([f"{_number(late)} came late"] if late else []),
        *([f"{_number(broken)} {'was' if broken == 1 else 'were'} broken"] if broken else []),
    ]
    said = f"{sum(strokes)} of {len(strokes)}." + (f" {sentence(' and '.join(missed))}." if missed else "")
    return vouched("We keep what we promise, or ask you before it is due.", strokes, said)


def vouched(words: str, strokes: Sequence[bool], said: str, *, state: str = "calm") -> Vouched:
    """A sentence with its strokes, and the state that is drawn beside what it came to."""
    step = min(WIDEST, 98 / max(1, len(strokes)))
    drawn = tuple((percent(1 + step * at), kept) for at, kept in enumerate(strokes)) if len(strokes) <= MOST else ()
    return Vouched(sentence=words, strokes=drawn, s=state, said=said)


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
    minutes = max(1, length // timedelta(minutes=1))
    return "a minute" if minutes == 1 else f"{minutes} minutes"


def _number(number: int) -> str:
    return SMALL[number] if number < len(SMALL) else str(number)
