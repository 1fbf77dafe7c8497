"""What lies on the table today: who waits, who was answered a moment ago, what was set aside.

Every letter stands so many working minutes before the moment of loading, so whatever the hour or the weekday, a
person who is 38 minutes past our pledge is 38 minutes past it.
"""

from datetime import datetime, time, timedelta
from typing import Any

from kept.doors.terminal.demo.characters import EVERYBODY
from kept.doors.terminal.demo.people import COLLEAGUES
from kept.doors.terminal.demo.said import Put, Said, Talk
from kept.doors.terminal.demo.stage import Stage, workday
from kept.doors.terminal.demo.wording import words
from kept.ledgers.conversations.care import AsideKind
from kept.ledgers.conversations.models import Channel

OURS = {sheet.key for sheet in COLLEAGUES}
OFFICE = {sheet.key: sheet.office for sheet in EVERYBODY}
MORNING = time(9)
NOTED_AFTER = timedelta(minutes=6)

Scene = dict[str, Any]  # one of words/present.toml


def present(stage: Stage) -> list[Talk]:
    """The conversations of the last working days."""
    return [_talk(stage, scene) for scene in words("present")["scene"]]


def _talk(stage: Stage, scene: Scene) -> Talk:
    calendar = stage.calendars[OFFICE.get(scene["client"], "Leeds")]
    said = [
        Said(
            at=calendar.add(stage.at, -timedelta(minutes=letter["ago"])),
            ours=letter["who"] in OURS,
            who=letter["who"],
            text=letter["text"],
            address=scene.get("address", ""),
            channel=Channel(scene.get("channel", "mail")),
        )
        for letter in scene["letters"]
    ]
    talk = Talk(scene["client"], scene["subject"], said)
    talk.hand_to = scene.get("hand_to", "")
    if "aside" in scene:
        talk.put = _put(stage, scene, said[-1].at)
    return talk


def _put(stage: Stage, scene: Scene, said: datetime) -> Put:
    """How it was set aside, a few minutes after their last letter; for later means until the next working morning."""
    kind = AsideKind(scene["aside"])
    calendar = stage.calendars[OFFICE[scene["client"]]]
    until = workday(calendar, stage.at, 1, MORNING) if kind == AsideKind.LATER else None
    return Put(kind, scene["why"], scene["by"], min(said + NOTED_AFTER, stage.at), until=until)
