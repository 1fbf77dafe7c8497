"""The promises that are open today: one late, one broken, some due within hours, some in the weeks to come."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kept.doors.terminal.demo.characters import EVERYBODY
from kept.doors.terminal.demo.said import CameOf, Promised
from kept.doors.terminal.demo.stage import EVENING, NOON, Stage, half_hour, workday
from kept.ledgers.promises.models import OutcomeKind, Size
from kept.measures.working_time import Calendar

OFFICE = {sheet.key: sheet.office for sheet in EVERYBODY}


@dataclass(frozen=True)
class Owed:
    """An open promise: made so many working days ago; due in so many working minutes, or days."""

    client: str
    by: str
    to: str
    words: str
    made: int
    minutes: int = 0
    days: int = 0
    size: Size = Size.NORMAL
    moved: bool = False  # it was due the working day before, and they agreed to another


OWED = (
    Owed("tolland", "juno", "Jonas", "You'll have all nine dealers' pages.", made=26, days=-14, size=Size.MAJOR),
    Owed("marrowby", "teo", "Lucía", "You'll have the three packaging lines to choose from.", made=7, days=-2),
    Owed("tolland", "bo", "Jonas", "The media plan, second version, for your meeting.", made=5, minutes=190),
    Owed("borealis", "bo", "Cleo", "A first look at the new pages.", made=4, minutes=420, size=Size.MAJOR),
    Owed("borealis", "kit", "Cleo", "The revised timeline, with reasons.", made=6, days=2, moved=True),
    Owed("pellam", "kit", "Hana", "The sign for the new wing, drawn at full size.", made=3, days=4),
    Owed("borealis", "moss", "Arun", "The checkout, ready for you to try.", made=8, days=5, size=Size.MAJOR),
    Owed(
        "littleotter", "ines", "Asha", "What we said in the first talk, on one page.", made=2, days=6, size=Size.SMALL
    ),
    Owed("tidewell", "fin", "Ruth", "The year's figures without your asking.", made=12, days=11),
    Owed("cassini", "teo", "Oriel", "The northern sheet in both sizes.", made=5, days=7),
    Owed("saltmarrow", "ada", "Delia", "We'll be there when the new rooms open.", made=15, days=19, size=Size.SMALL),
)


def owed(stage: Stage) -> list[tuple[str, Promised]]:
    """The open promises, each with its client's key."""
    return [(one.client, _promised(stage, one)) for one in OWED]


def _promised(stage: Stage, one: Owed) -> Promised:
    calendar = stage.calendars[OFFICE[one.client]]
    made, due = calendar.same_time_after(stage.at, -one.made), _due(stage, calendar, one)
    if not one.moved:
        return Promised(one.by, one.to, one.words, made, due, one.size)
    agreed = calendar.same_time_after(stage.at, -2)
    moved = CameOf(OutcomeKind.MOVED, agreed, new_due=due, reason="two more days of trying out", agreed="on the phone")
    return Promised(one.by, one.to, one.words, made, workday(calendar, stage.at, 1), one.size, (moved,))


def _due(stage: Stage, calendar: Calendar, one: Owed) -> datetime:
    if one.minutes:
        return half_hour(calendar.add(stage.at, timedelta(minutes=one.minutes)))
    return workday(calendar, stage.at, one.days, NOON if one.days > 0 and one.days % 2 else EVENING)
