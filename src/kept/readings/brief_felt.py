"""The item of a brief for who was asked how it felt, and is now to be spoken with."""

from datetime import datetime
from zoneinfo import ZoneInfo

from kept.kit import words
from kept.ledgers.pulses.models import Answer
from kept.ledgers.team.models import Member
from kept.measures.promises import OVERDUE
from kept.readings.brief_items import Item
from kept.readings.promised import Owed

SOURCE = Answer._meta.label  # whence a promise came that was made because of what somebody answered


def of_felt(said: Owed, *, viewer: Member, at: datetime, zone: ZoneInfo) -> Item:
    """Somebody’s answer asks for a human word within a working day."""
    promise, due, late = said.promise, said.judged.due, said.judged.state in OVERDUE
    when = words.moment(due, now=at, zone=zone)
    answered = words.day(promise.made_at.astimezone(zone).date(), today=at.astimezone(zone).date(), article=True)
    speaks = "You speak" if promise.by_id == viewer.pk else f"{promise.by.first_name} speaks"
    return Item(
        kind="felt",
        row=promise.pk,
        client=promise.client,
        who=said.to,
        what=promise.words,
        why=f"{said.first} answered {answered}, and it asks for a human word. {speaks} with them.",
        state="late" if late else "soon",
        says=f"nobody has spoken with {said.first} yet" if late else f"by {when}",
        by=f"was due {when}" if late else "within a working day",
        due=due,
        late=late,
        act=f"Speak with {said.first}",
        place=("desk:client_felt", promise.client_id),
        subject=said,
    )
