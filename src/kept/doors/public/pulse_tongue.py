"""The words of the pages on which somebody says how it felt: what each language has to say, and its dates."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Scale:
    """One thing felt, as a sentence, and what both ends of its line mean."""

    says: str
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Ask:
    """The question and what stands around it; {name}, {firm}, {month}, {about}, {mark} and {day} are put in."""

    title: str
    since: str  # how it felt since a month
    lately: str  # where we never asked before
    moment: str  # of a milestone or a meeting
    about: str
    note: str
    scales: Mapping[str, Scale]
    apart: str  # above the mark for the work
    leave_open: str
    question: str
    hint: str
    send: str
    rather_called: str
    tapped: str
    send_tapped: str
    more: str
    seldom: str
    no_more: str
    ask_again: str  # takes that back
    skip: str


@dataclass(frozen=True, slots=True)
class Told:
    """What is said afterwards, and where nothing can be answered."""

    thanks: str
    read: str  # what becomes of it
    low: str  # where it was not good enough
    called: str
    said: str  # above what they said
    open: str  # not touched
    until: str
    change: str
    again: str  # the question, once it was answered
    again_note: str
    send_again: str
    spared: str
    closed: str
    closed_why: str
    unknown: str
    unknown_why: str
    help: str
    foot: str


@dataclass(frozen=True, slots=True)
class Faults:
    """Why nothing was taken, and what to do next."""

    nothing: str
    mark: str
    long: str
    busy: str
    large: str


@dataclass(frozen=True, slots=True)
class Tongue:
    """All words of one language; `days` from Monday; into `day` go {weekday}, {day} and {month}."""

    lang: str
    months: tuple[str, ...]
    days: tuple[str, ...]
    day: str
    ask: Ask
    told: Told
    faults: Faults

    def month_of(self, of: date) -> str:
        """The month's name inside a sentence."""
        return self.months[of.month - 1]

    def day_of(self, of: date) -> str:
        """ "Tuesday 3 November", as the language writes it."""
        return self.day.format(weekday=self.days[of.weekday()], day=of.day, month=self.month_of(of))
