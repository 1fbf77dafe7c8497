"""How it felt to the demo's clients, by the verbs of the ledger: asked for a year, silent at times, spoken with."""

from datetime import datetime, timedelta
from typing import Any

from kept.doors.terminal.demo.characters import EVERYBODY
from kept.doors.terminal.demo.stage import Stage, dice, workday
from kept.doors.terminal.demo.wording import words
from kept.ledgers.clients.models import Contact
from kept.ledgers.pulses import following, verbs, wishing
from kept.ledgers.pulses.following import Call
from kept.ledgers.pulses.models import MARKS, Answer, Language, Occasion, Why

STAYS_OPEN = timedelta(days=21)
LEADS = {sheet.key: sheet.lead for sheet in EVERYBODY}
OFFICE = {sheet.key: sheet.office for sheet in EVERYBODY}
OPEN = -1  # a mark that was left open

Scene = dict[str, Any]  # one of words/feeling.toml


def feel(stage: Stage) -> None:
    """Let everybody be asked, answer, and be spoken with; and keep who was not asked."""
    told = words("feeling")
    rng = dice("feeling")
    for number, scene in enumerate(sorted(told["asked"], key=lambda one: -int(one["ago"]))):
        calendar = stage.calendars[OFFICE[scene["client"]]]
        asked_at = calendar.next_open(stage.ago(scene["ago"])) + timedelta(minutes=rng.randrange(50))
        if asked_at > stage.at - timedelta(hours=1):  # holidays since: the next opening still lies ahead
            asked_at = calendar.previous_open(stage.ago(scene["ago"])) - timedelta(minutes=55)
        said_at = _said_at(stage, scene, asked_at, rng.randrange(440))
        _ask(stage, scene, asked_at, said_at=said_at, number=number)
    for scene in told["skipped"]:
        _skip(stage, scene)


def _said_at(stage: Stage, scene: Scene, asked_at: datetime, minutes: int) -> datetime:
    if "minutes" in scene:
        return stage.at - timedelta(minutes=scene["minutes"])
    near = stage.calendars[OFFICE[scene["client"]]].next_open(asked_at + timedelta(days=scene.get("after", 1)))
    return min(near + timedelta(minutes=minutes), stage.at - timedelta(minutes=5))


def _ask(stage: Stage, scene: Scene, asked_at: datetime, *, said_at: datetime, number: int) -> None:
    client = scene["client"]
    row = verbs.invite(
        stage.contacts[client, scene["person"]],
        moment=_moment(scene),
        hashed=f"of the demo, number {number}",  # no token hashes to it, so nobody can answer for them
        by=stage.members["ines" if LEADS[client] == "ada" else "ada"],
        at=asked_at,
        closes_at=asked_at + STAYS_OPEN,
        language=Language(scene.get("language", "en")),
    )
    if "marks" in scene:
        marks = {name: mark for name, mark in zip(MARKS, scene["marks"], strict=True) if mark != OPEN}
        said = verbs.answer(row, marks=marks, words=scene.get("words", "").replace("'", "’"), at=said_at)
        if "follow" in scene:
            _follow(stage, scene, said)


def _follow(stage: Stage, scene: Scene, answer: Answer) -> None:
    """Whose it is, who spoke with them, and what came of it."""
    told, calendar = scene["follow"], stage.calendars[OFFICE[scene["client"]]]
    by, at = stage.members[told["by"]], answer.at
    call = Call(f"Speak with {_first(answer.contact)} about how it felt", workday(calendar, at, 1))
    row = following.open_follow_up(answer, owner=by, call=call, at=at)
    if "spoke" in told:
        spoke_at = min(calendar.add(at, timedelta(minutes=95)), stage.at - timedelta(minutes=2))
        following.spoke(row, by=by, at=spoke_at, words=told["spoke"].replace("'", "’"))
    if "outcome" in told:
        following.end(row, outcome=told["outcome"].replace("'", "’"), by=by, at=at + timedelta(days=4))


def _first(contact: Contact | None) -> str:
    return contact.first_name if contact else "them"


def _skip(stage: Stage, scene: Scene) -> None:
    contact = stage.contacts[scene["client"], scene["person"]]
    at = stage.ago(scene["ago"])
    verbs.skip(contact, moment=_moment(scene), why=Why(scene["why"]), at=at, words=scene["words"])
    if scene.get("wish"):
        wishing.leave_alone(contact, by=None, at=at - timedelta(days=3), words=scene["words"])


def _moment(scene: Scene) -> verbs.Moment:
    occasion = Occasion(scene.get("occasion", "quarter"))
    return verbs.Moment(occasion=occasion, about=scene.get("about", "").replace("'", "’"))
