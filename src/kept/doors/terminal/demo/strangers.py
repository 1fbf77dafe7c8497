"""People of no client: what they asked in the year, and what we answered."""

from collections.abc import Iterator
from datetime import timedelta

from kept.doors.terminal.demo.said import Put, Said, Talk
from kept.doors.terminal.demo.stage import Stage, dice
from kept.doors.terminal.demo.wording import Pen, phrases, words
from kept.ledgers.conversations.care import AsideKind
from kept.ledgers.conversations.models import Channel

EVERY = 8  # days between two of them, about
ANSWERS = ("ada", "bo", "bo", "kit", "moss")


def strangers(stage: Stage) -> Iterator[Talk]:
    """Their conversations of the year, all of them answered or put aside."""
    pen = Pen(dice("strangers"))
    asked = words("strangers")["asked"]
    calendar = stage.calendars["Leeds"]
    for days in range(EVERY, 366, EVERY):
        one = asked[pen.choose(range(len(asked)))]
        channel = Channel(one["channel"])
        asked_at = stage.ago(days + pen.rng.randrange(4)) + timedelta(minutes=pen.rng.randrange(500))
        address = f"{one['name'].split(' ')[0].lower()}@{one['name'].split(' ')[-1].lower()}.example"
        talk = Talk("", one["subject"], [Said(asked_at, False, one["name"], one["asked"], address, channel)])
        by = pen.choose(ANSWERS)
        at = calendar.add(asked_at, timedelta(minutes=pen.rng.randint(20, 230)))
        if one["answer"]:
            talk.said.append(Said(at, True, by, one["answer"], address, channel))
        else:
            talk.put = Put(AsideKind.NO_REPLY, pen.choose(phrases()["aside"]["stranger"]), by, at)
        if talk.last < stage.ends:
            yield talk
