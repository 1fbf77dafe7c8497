"""What came while one was writing: a colleague's answer, on its way or there, or their own next mail."""

from dataclasses import dataclass

from kept.doors.desk.inbox_words import Eye
from kept.kit import words
from kept.kit.names import calling
from kept.ledgers.letters.models import Letter
from kept.ledgers.letters.verbs import Overtaken
from kept.readings.conversation_page import Talk


@dataclass(frozen=True)
class Since:
    """What somebody wrote while one was writing oneself."""

    says: str
    who: str
    words: str
    when: str
    title: str
    iso: str
    ours: bool


def since(why: Overtaken | None, talk: Talk, eye: Eye) -> Since | None:
    """What overtook a letter: a colleague's answer, on its way or there, or their own next mail."""
    if why is None:
        return None
    what = why.what
    if isinstance(what, Letter):
        text, at = what.words, what.sent_off_at or what.changed_at
    else:
        here = next((one for one in talk.spoken if one.message.pk == what.pk), None)
        text, at = here.visible if here else what.snippet, what.at
    said = words.moment(at, now=eye.now, zone=eye.zone)
    who = calling(why.who)
    if isinstance(what, Letter):
        says = f"{who} has an answer on its way already."
    else:
        says = f"{who} has answered meanwhile." if why.ours else f"{who} has written again meanwhile."
    return Since(
        says,
        why.who,
        text,
        words.sentence(said if "," in said else f"today, {said}"),
        words.full(at, eye.zone),
        at.isoformat(),
        why.ours,
    )
