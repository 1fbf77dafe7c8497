"""What people said about a message, below it: why it needs no answer, and that we told them we have it."""

from dataclasses import dataclass

from django.urls import reverse

from kept.doors.desk.inbox_words import Eye
from kept.kit import words
from kept.kit.names import calling
from kept.ledgers.conversations.care import Aside, AsideKind
from kept.ledgers.conversations.models import Channel
from kept.readings.spoken import Spoken


@dataclass(frozen=True)
class Note:
    """What a person said about a message, and the way back."""

    words: str
    title: str
    undo: str
    act: str


def notes(one: Spoken, here: int, eye: Eye) -> list[Note]:
    """The marks on a message, each with the way back."""
    found = [_note(aside, here, eye) for aside in one.asides]
    if one.told_at:
        said = f"{calling(one.told_by) if one.told_by else 'Somebody'} told them we have it"
        undo = reverse("desk:acknowledgement", args=[here]) + f"?message={one.message.pk}"
        found.append(Note(said, words.full(one.told_at, eye.zone), undo, "Take it back"))
    client = one.message.conversation.client_id
    if one.message.channel == Channel.NOTE and client:
        undo = reverse("desk:note", args=[client, one.message.pk])
        found.append(Note("A note of what was said when we met", "", undo, "Take the note back"))
    return found


def _note(aside: Aside, here: int, eye: Eye) -> Note:
    until = f" until {words.moment(aside.until, now=eye.now, zone=eye.zone)}" if aside.until else ""
    kind = {AsideKind.NO_REPLY: "Needs no reply: ", AsideKind.LATER: f"Set aside{until}: "}.get(
        AsideKind(aside.kind), ""
    )
    said = f"{kind}{aside.reason}" + (f" · {calling(aside.by.name)}" if aside.by else "")
    undo = reverse("desk:aside_row", args=[here, aside.pk])
    return Note(said, words.full(aside.at, eye.zone), undo, "Bring it back")
