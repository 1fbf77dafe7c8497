"""Writes the promises through their verbs: made, moved, kept, released; and notices what only sounds like one."""

from datetime import datetime

from kept.doors.terminal.demo.owing import owed
from kept.doors.terminal.demo.posting import Posted
from kept.doors.terminal.demo.said import CameOf, Promised
from kept.doors.terminal.demo.stage import Stage
from kept.flows.notice import REACH, notice
from kept.ledgers.conversations.models import Direction, Message
from kept.ledgers.promises import verbs as promises
from kept.ledgers.promises.models import OutcomeKind, Promise
from kept.ledgers.promises.verbs import Source

NOUN = "conversations.Message"


def keep(stage: Stage, posted: list[Posted]) -> int:
    """Write all promises of the year and of the day. Answers how many."""
    made = [(talk.client, talk.promised, messages) for talk, messages in posted if talk.promised]
    made += [(client, promised, []) for client, promised in owed(stage)]
    made.sort(key=lambda one: one[1].made_at)
    for client, promised, messages in made:
        _promise(stage, client, promised, messages)
    _notice(stage, posted)
    return len(made)


def _notice(stage: Stage, posted: list[Posted]) -> None:
    """What only sounds like a promise, and what they ask, is noticed as in any firm; what was written down is not."""
    counted = set(Promise.objects.filter(source_noun=NOUN).values_list("source_id", flat=True))
    fresh = (row for _, messages in posted for row in messages if row.at >= stage.at - REACH)
    notice([row.pk for row in fresh if row.pk not in counted], at=stage.at)


def _promise(stage: Stage, client: str, promised: Promised, messages: list[Message]) -> None:
    row = promises.promise(
        stage.clients[client],
        words=promised.words,
        due=promised.due,
        by=stage.members[promised.by],
        at=promised.made_at,
        contact=stage.contacts[client, promised.to],
        size=promised.size,
        source=_source(messages, promised.made_at),
        engagement=next((row for (key, _), row in stage.engagements.items() if key == client), None),
    )
    for came in promised.came:
        _came(stage, row, promised, came)


def _came(stage: Stage, row: Promise, promised: Promised, came: CameOf) -> None:
    by = stage.members[promised.by]
    if came.new_due is not None:
        promises.move(row, to=came.new_due, by=by, at=came.at, reason=came.reason, agreed=came.agreed)
    elif came.kind == OutcomeKind.RELEASED:
        promises.release(row, by=by, at=came.at, agreed=came.agreed)
    else:
        promises.keep(row, by=by, at=came.at)


def _source(messages: list[Message], at: datetime) -> Source:
    """The letter in which it was said."""
    said = next((row for row in messages if row.at == at and row.direction == Direction.OUT), None)
    return Source(NOUN, said.pk) if said else Source()
