"""One conversation as it might have gone: they ask, we answer, now and then something is promised, somebody thanks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from kept.doors.terminal.demo import people
from kept.doors.terminal.demo.said import Put, Said, Talk
from kept.doors.terminal.demo.sheets import Person, Sheet
from kept.doors.terminal.demo.stage import Stage
from kept.doors.terminal.demo.wording import Pen, Topic, first, phrases
from kept.ledgers.conversations.care import AsideKind
from kept.measures.working_time import Calendar

NAMES = {sheet.key: sheet.name for sheet in people.COLLEAGUES}
PATIENCE = 2.2  # pledges after which they write a second time
LONGEST = 2400  # working minutes: nobody is left longer than a week
CALLED, TOLD, GOES_ON, THANKED, LAST_WORD = 0.05, 0.2, 0.4, 0.5, 0.4  # shares of the conversations


@dataclass
class Talker:
    """Writes one conversation: who speaks in it, how slow we are, and the letters so far."""

    stage: Stage
    sheet: Sheet
    person: Person
    ours: str  # who of us speaks
    topic: Topic
    pen: Pen
    slow: float
    talk: Talk

    @property
    def rng(self) -> Random:
        return self.pen.rng

    @property
    def calendar(self) -> Calendar:
        return self.stage.calendars[self.sheet.office]

    @property
    def pledge(self) -> int:
        return self.sheet.pledge or people.PLEDGE_MINUTES

    @property
    def now(self) -> datetime:
        """When the last letter was written."""
        return self.talk.said[-1].at

    def from_them(self, matter: str, at: datetime) -> None:
        """A letter of theirs."""
        text = self.pen.theirs(matter, of=self.person.name, to=first(NAMES[self.ours]), warmth=self.sheet.voice.warmth)
        self.talk.said.append(Said(at, False, self.person.key, text))

    def from_us(self, matter: str, at: datetime, *, before: str = "") -> None:
        """A letter of ours."""
        warmth, name = self.sheet.voice.warmth, NAMES[self.ours]
        text = self.pen.ours(matter, of=name, to=first(self.person.name), warmth=warmth, before=before)
        self.talk.said.append(Said(at, True, self.ours, text))

    def after(self, minutes: float) -> datetime:
        """So many working minutes after the last letter, and a few seconds, as letters have."""
        return self.calendar.add(self.now, timedelta(minutes=minutes, seconds=self.rng.randrange(60)))

    def our_delay(self) -> float:
        """Working minutes until we answer."""
        voice = self.sheet.voice
        minutes = voice.answer * self.slow * self.rng.lognormvariate(0, voice.wobble)
        return min(max(minutes, 4), LONGEST)

    def their_delay(self) -> float:
        return min(max(150 * self.rng.lognormvariate(0, 1.1), 6), LONGEST)


Promising = Callable[[Talker], None]


def talk(talker: Talker, start: datetime, *, promising: Promising | None) -> Talk:
    """Let the conversation go from `start`; `promising` adds a promise to our answer and what came of it."""
    pen, topic = talker.pen, talker.topic
    if pen.likely(TOLD):
        talker.from_us(pen.choose(topic["tell"]), start)
        if talker.sheet.voice.quiet < 1 and talker.slow > 1:  # who is about to leave no longer answers
            return talker.talk
    else:
        talker.from_them(pen.choose(topic["ask"]), start)
        if pen.likely(CALLED):
            return _answered_elsewhere(talker)
        _answer(talker, pen.choose(topic["answer"]))
        if promising:
            promising(talker)
        elif pen.likely(GOES_ON):
            talker.from_them(pen.choose(topic["more"]), talker.after(talker.their_delay()))
            _answer(talker, pen.choose(topic["reply"]))
    if pen.likely(THANKED):
        _thanks(talker)
    return talker.talk


def _answer(talker: Talker, matter: str) -> None:
    """Our answer; late enough, they ask again first, and we say sorry."""
    delay, pledge = talker.our_delay(), talker.pledge
    due = talker.after(delay)
    if delay > PATIENCE * pledge:
        chase = phrases()["chase"]["cold" if talker.sheet.voice.warmth == "cold" else "plain"]
        talker.from_them(talker.pen.choose(chase), talker.after(PATIENCE * pledge * 0.9))
    sorry = talker.pen.choose(phrases()["sorry"]["ours"]) if delay > pledge else ""
    talker.from_us(matter, due, before=sorry)


def _answered_elsewhere(talker: Talker) -> Talk:
    said = talker.pen.choose(phrases()["aside"]["elsewhere"])
    talker.talk.put = Put(AsideKind.ELSEWHERE, said, talker.ours, talker.after(talker.our_delay()))
    return talker.talk


def _thanks(talker: Talker) -> None:
    """They thank us; we say a last word, or somebody notes that none is needed."""
    thanks = phrases()["thanks"][talker.sheet.voice.warmth]
    talker.from_them(talker.pen.choose(thanks), talker.after(talker.their_delay()))
    if talker.pen.likely(LAST_WORD):
        talker.from_us(talker.pen.choose(phrases()["last"]["ours"]), talker.after(talker.our_delay()))
    else:
        why = talker.pen.choose(phrases()["aside"]["thanks"])
        at = talker.after(min(talker.our_delay(), talker.pledge / 2))
        talker.talk.put = Put(AsideKind.NO_REPLY, why, talker.ours, at)
