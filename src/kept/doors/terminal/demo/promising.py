"""A promise inside a conversation, and what came of it: kept, moved, late, broken or released."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta

from kept.doors.terminal.demo.said import CameOf, Promised, Said
from kept.doors.terminal.demo.stage import EVENING, HOME, NOON, workday
from kept.doors.terminal.demo.talking import Talker
from kept.doors.terminal.demo.wording import phrases
from kept.kit.words import MONTHS, WEEKDAYS, sentence
from kept.ledgers.promises.models import OutcomeKind, Size

BREAKS_AFTER = 11  # working days past due: by then a promise is broken (MEASURES 1.2)

End = Callable[[Talker, Promised], Promised]


def promising(talker: Talker) -> None:
    """Add a promise to our last letter, and play out what came of it."""
    pen, said = talker.pen, talker.talk.said
    days = talker.rng.choice((1, 1, 2, 2, 3, 3, 4, 6, 8))
    clock = talker.rng.choice((NOON, EVENING, EVENING))
    due = workday(talker.calendar, talker.now, days, clock)
    place = pen.place(talker.topic, "promise", of=talker.sheet.key)
    talker.owed = talker.topic["deliver"][place]
    words = f"{talker.topic['promise'][place]} {by(talker.now, due)}."
    last = said[-1]
    matter, _, sign = last.text.rpartition("\n\n")
    said[-1] = Said(last.at, True, last.who, f"{matter}\n\n{words}\n\n{sign}")
    size = talker.rng.choices([Size.SMALL, Size.NORMAL, Size.MAJOR], weights=[25, 60, 15])[0]
    made = Promised(last.who, talker.person.key, words, last.at, due, size=size)
    end = talker.rng.choices(ENDS, weights=talker.sheet.voice.word)[0]
    talker.talk.promised = end(talker, made)


def by(said: datetime, due: datetime) -> str:
    """The day of a promise as one writes it: "by Thursday noon", "by tomorrow", "by Monday 3 May"."""
    local, days = due.astimezone(HOME), (due.astimezone(HOME).date() - said.astimezone(HOME).date()).days
    noon = " noon" if local.time() == time(12) else ""
    if days == 1:
        return f"by tomorrow{noon}"
    if days <= 6:
        return f"by {WEEKDAYS[local.weekday()]}{noon}"
    return f"by {WEEKDAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]}"


def _kept(talker: Talker, made: Promised) -> Promised:
    at = _between(talker, made.made_at, made.due)
    return replace(made, came=(_delivered(talker, at),))


def _moved(talker: Talker, made: Promised) -> Promised:
    """We ask for another day in time, they agree, and then it is kept."""
    pen, move = talker.pen, phrases()["move"]
    asked = _between(talker, made.made_at, made.due)
    room = talker.calendar.between(asked, made.due)
    agreed = talker.calendar.add(asked, room * talker.rng.uniform(0.2, 0.8))
    new_due = workday(talker.calendar, made.due, 2)
    was, new = (by(asked, day).removeprefix("by ") for day in (made.due, new_due))
    talker.from_us(pen.choose(move["ours"]).format(was=was, new=new), asked)
    talker.from_them(pen.choose(move["yes"]).format(new=sentence(new)), agreed)
    moved = CameOf(
        OutcomeKind.MOVED, agreed, new_due=new_due, reason="needs two more days", agreed=pen.choose(move["how"])
    )
    return replace(made, came=(moved, _delivered(talker, _between(talker, agreed, new_due))))


def _late(talker: Talker, made: Promised) -> Promised:
    at = talker.calendar.add(made.due, timedelta(minutes=talker.rng.randint(45, 1100)))
    return replace(made, came=(_delivered(talker, at, sorry=True),))


def _broken(talker: Talker, made: Promised) -> Promised:
    """It came, when nobody believed in it any more."""
    days = BREAKS_AFTER + talker.rng.randrange(4)
    at = workday(talker.calendar, made.due, days, time(11, talker.rng.randrange(60)))
    return replace(made, size=Size.MAJOR, came=(_delivered(talker, at, sorry=True),))


def _released(talker: Talker, made: Promised) -> Promised:
    words = phrases()["released"]
    at = _between(talker, made.made_at, made.due)
    talker.from_them(talker.pen.choose(words["theirs"]), at)
    talker.from_us(talker.pen.choose(words["ours"]), talker.after(talker.our_delay()))
    return replace(made, came=(CameOf(OutcomeKind.RELEASED, at, agreed=f"{talker.person.name} wrote it"),))


ENDS: tuple[End, ...] = (_kept, _moved, _late, _broken, _released)  # as the weights of Voice.word


def _between(talker: Talker, first: datetime, last: datetime) -> datetime:
    """A working moment in the latter part of the time between two others."""
    length = talker.calendar.between(first, last)
    return talker.calendar.add(first, length * talker.rng.uniform(0.4, 0.97))


def _delivered(talker: Talker, at: datetime, *, sorry: bool = False) -> CameOf:
    before = talker.pen.choose(phrases()["late"]["ours"]) if sorry else ""
    talker.from_us(talker.owed, at, before=before)
    return CameOf(OutcomeKind.KEPT, at)
