"""A year of conversations with every client, each in its own rhythm and tone."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from kept.doors.terminal.demo.characters import EVERYBODY
from kept.doors.terminal.demo.machines import away
from kept.doors.terminal.demo.promising import promising
from kept.doors.terminal.demo.said import Talk
from kept.doors.terminal.demo.sheets import Sheet
from kept.doors.terminal.demo.stage import HOME, Stage, dice
from kept.doors.terminal.demo.talking import Talker, talk
from kept.doors.terminal.demo.wording import Pen, topics
from kept.doors.terminal.demo.work import LEFT

WORKDAYS_A_MONTH = 21
LATELY, QUIET = 90, 60  # days: since when a client's clocks run slower, and since when they write less
WITH_PROMISE, AT_NIGHT, AWAY = 0.36, 0.06, 0.05  # shares of the conversations
TRIES = 4  # a conversation that would reach into the present is told anew, shorter, or not at all


def year(stage: Stage) -> list[Talk]:
    """All conversations with clients that ended before the day, in the order in which they began."""
    pen = Pen(dice("letters"))
    return [talk for sheet in EVERYBODY for day in _days(stage, sheet, pen) if (talk := _told(stage, sheet, day, pen))]


def _days(stage: Stage, sheet: Sheet, pen: Pen) -> Iterator[date]:
    """The days on which a conversation begins."""
    voice, days = sheet.voice, timedelta(days=1)
    for day in stage.workdays(sheet.office, stage.day - voice.first * days, stage.day - max(voice.last, 1) * days):
        share = voice.quiet if stage.day - day <= QUIET * days else 1.0
        if pen.likely(share * voice.letters / WORKDAYS_A_MONTH):
            yield day


def _told(stage: Stage, sheet: Sheet, day: date, pen: Pen) -> Talk | None:
    for _ in range(TRIES):
        talker = _talker(stage, sheet, day, pen)
        start = _start(talker, day)
        told = talk(talker, start, promising=promising if pen.likely(WITH_PROMISE) else None)
        if told.last < stage.ends:
            return away(told, talker.person, pen) if pen.likely(AWAY) else told
    return None


def _talker(stage: Stage, sheet: Sheet, day: date, pen: Pen) -> Talker:
    name = pen.choose(list(dict.fromkeys(sheet.voice.topics)))
    topic = topics()[name]
    person = pen.rng.choices(sheet.people, weights=[person.letters for person in sheet.people])[0]
    slow = sheet.voice.lately if stage.day - day <= timedelta(days=LATELY) else 1.0
    return Talker(
        stage=stage,
        sheet=sheet,
        person=person,
        ours=_ours(stage, sheet, day, pen),
        topic=topic,
        pen=pen,
        slow=slow,
        talk=Talk(sheet.key, ""),
    )


def _ours(stage: Stage, sheet: Sheet, day: date, pen: Pen) -> str:
    """Who of us speaks: half of the time the lead, else somebody who works for them and is still there."""
    crew = sheet.sold[0].working if sheet.sold else {}
    staying = [key for key in crew if key not in LEFT or day < stage.month(LEFT[key])]
    return sheet.lead if not staying or pen.likely(0.5) else pen.rng.choice(staying)


def _start(talker: Talker, day: date) -> datetime:
    """A moment of the day at which letters are written; few of them at night."""
    rng = talker.rng
    hour = rng.uniform(19, 22.5) if rng.random() < AT_NIGHT else rng.triangular(7.7, 18.2, 10.2)
    return datetime.combine(day, time(0), HOME) + timedelta(seconds=round(hour * 3600))
