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
CALLED, TOLD, GOES_ON, THANKED, LAST_WORD = 0.05, 0.12, 0.5, 0.5, 0.35  # shares of the conversations
ANY = -1  # in a topic's `after`


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
    owed: str = ""  # what the letter says that brings what was promised

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
        text = self.pen.theirs(
            matter,
            of=self.person.name,
            to=first(NAMES[self.ours]),
            warmth=self.sheet.voice.warmth,
            opens=not self.talk.said,
        )
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
    if talker.pen.likely(TOLD):
        place = talker.pen.place(talker.topic, "tell", of=talker.sheet.key)
        talker.talk.subject = talker.topic["told"][place]
        talker.from_us(talker.topic["tell"][place], talker.calendar.next_open(start))
        if talker.sheet.voice.quiet < 1 and talker.slow > 1:  # who is about to leave no longer answers
            return talker.talk
    else:
        place = talker.pen.place(talker.topic, "ask", of=talker.sheet.key)
        talker.talk.subject = talker.topic["subjects"][place]
        talker.from_them(talker.topic["ask"][place], start)
        if talker.pen.likely(CALLED):
            return _answered_elsewhere(talker)
        _answer(talker, talker.topic["answer"][place])
        if promising:
            promising(talker)
        elif talker.pen.likely(GOES_ON):
            _go_on(talker, place)
    if talker.pen.likely(THANKED):
        _thanks(talker)
    return talker.talk


def _go_on(talker: Talker, asked: int) -> None:
    """They write again about the same thing, where there is more to say about it."""
    topic = talker.topic
    fitting = [place for place, after in enumerate(topic["after"]) if after in {ANY, asked}]
    if fitting:
        place = talker.pen.place(topic, "more", of=f"{talker.sheet.key} {asked}", among=fitting)
        talker.from_them(topic["more"][place], talker.after(talker.their_delay()))
        _answer(talker, topic["reply"][place])


def _answer(talker: Talker, matter: str) -> None:
    """Our answer; late enough, they ask again first, and we say sorry."""
    delay, pledge = talker.our_delay(), talker.pledge
    due = talker.after(delay)
    if delay > PATIENCE * pledge:
        chase = phrases()["chase"]["cold" if talker.sheet.voice.warmth == "cold" else "plain"]
        talker.from_them(talker.pen.choose(chase), talker.after(PATIENCE * pledge * 0.9))
    before = ""
    if delay > pledge:
        before = talker.pen.choose(phrases()["sorry"]["ours"])
    elif len(talker.talk.said) == 1 and talker.pen.likely(0.3):
        before = talker.pen.choose(phrases()["before"]["ours"])
    talker.from_us(matter, due, before=before)


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
