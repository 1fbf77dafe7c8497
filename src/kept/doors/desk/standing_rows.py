"""A row of why a client stays, as its page tells it: when, what, whom it is from, and which way it points."""

from dataclasses import dataclass
from datetime import date, datetime

from kept.doors.desk.inbox_words import Eye, State
from kept.kit import words
from kept.measures.standing_numbers import Staying
from kept.measures.standing_signs import Sign, Signal, pulls


@dataclass(frozen=True)
class Row:
    """A sign or an answer as the page tells it; `undo` takes it back, `to` opens what shows it."""

    when: str
    title: str
    words: str
    who: str = ""
    state: State | None = None
    undo: str = ""
    to: str = ""


def pull(signal: Signal, numbers: Staying) -> State:
    """Which way a sign tells."""
    found = pulls([signal], numbers)
    if not found or signal.sign is Sign.RENEWED_WITHOUT_CHOICE:
        return State("calm", "says nothing")
    return State("calm", "for us" if found[0][0] else "against us")


def day_of(at: date | datetime, eye: Eye) -> tuple[str, str]:
    """A moment, or a whole day, as its day for the reader, and in full."""
    today = eye.now.astimezone(eye.zone).date()
    if not isinstance(at, datetime):
        return words.day(at, today=today), f"{words.long_day(at)} {at.year}"
    return words.day(at.astimezone(eye.zone).date(), today=today), words.full(at, eye.zone)
