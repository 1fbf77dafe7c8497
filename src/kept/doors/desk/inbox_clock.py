"""In words why a clock stands or never started, each with the act that says otherwise."""

from dataclasses import dataclass

from django.urls import reverse

from kept.doors.desk.inbox_glance import when
from kept.doors.desk.inbox_words import CAME_BY, Eye, waits_for
from kept.kit import words
from kept.kit.names import calling
from kept.ledgers.conversations.holding import FollowUp
from kept.ledgers.conversations.models import Message
from kept.ledgers.conversations.noticed import About, Contradiction
from kept.readings.conversation_clock import ConversationClock, conversation_clock
from kept.readings.conversation_page import Talk
from kept.readings.inbox import Row
from kept.readings.waiting import name_of


@dataclass(frozen=True)
class Told:
    """A sentence, and the act beside it: a form to `to` with these hidden fields; without an act it is only said."""

    words: str
    title: str = ""
    to: str = ""
    act: str = ""
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ClockLines:
    """What parts/clock.html draws: lines, and the forms to let the clock stand or our letter come back."""

    lines: list[Told]
    pause_to: str  # where "we wait for them" posts to; "" where no clock runs
    follow_to: str  # where a day for our letter posts to; "" where nobody is to answer
    follow_message: str = ""


def clock_lines(talk: Talk, eye: Eye) -> ClockLines:
    """Of a conversation's newest page; nothing of its older ones. One query, none there."""
    if talk.page > 1:
        return ClockLines([], "", "")
    waits = talk.wait is not None or talk.later is not None
    one = conversation_clock([said.message for said in talk.spoken], pause=talk.pause, waits=waits)
    pk = talk.conversation.pk
    lines = [*_pause(one, pk), *_thanks(one, pk, eye), *_machines(one, pk, eye), *_said(one, pk, eye), *_typed(one)]
    awaited = one.awaited
    return ClockLines(
        lines=[*lines, *(_awaited(awaited, pk, eye) if awaited else [])],
        pause_to=reverse("desk:pause", args=[pk]) if one.waits and one.pause is None else "",
        follow_to=reverse("desk:follow_up", args=[pk]) if awaited else "",
        follow_message=str(awaited.pk) if awaited else "",
    )


def acts_on(row: Row) -> list[Told]:
    """What can be done about a row's clock from the inbox itself."""
    pk = row.conversation.pk
    if row.pause:
        return [Told("", to=reverse("desk:pause_end", args=[pk, row.pause.pk]), act="Let the clock run")]
    if row.awaited:
        fields = (("message", str(row.message.pk)), ("never", "1"))
        return [Told("", to=reverse("desk:follow_up", args=[pk]), act="It needs no answer", fields=fields)]
    if row.aside is None and row.message.closing:
        return [_against("", row.message, About.CLOSING, pk, "It does need a reply")]
    return []


def _pause(one: ConversationClock, pk: int) -> list[Told]:
    if one.pause is None:
        return []
    to = reverse("desk:pause_end", args=[pk, one.pause.pk])
    return [Told(f"{words.sentence(waits_for(one.pause))}. Their clock stands.", to=to, act="Let the clock run")]


def _thanks(one: ConversationClock, pk: int, eye: Eye) -> list[Told]:
    if one.thanks is None:
        return []
    why = one.thanks.closing.rstrip(".")
    runs_on = " What was asked before it still waits." if one.waits else ""
    said = f"{_of(one.thanks, eye)}: {why[:1].lower()}{why[1:]}, so no clock runs for it.{runs_on}"
    return [_against(said, one.thanks, About.CLOSING, pk, "It does need a reply")]


def _machines(one: ConversationClock, pk: int, eye: Eye) -> list[Told]:
    return [
        _against(f"{_of(row, eye)} was taken for a machine’s.", row, About.AUTOMATIC, pk, "A person wrote it")
        for row in one.machines
    ]


def _said(one: ConversationClock, pk: int, eye: Eye) -> list[Told]:
    return [_contradicted(row, pk, eye) for row in one.contradicted]


def _contradicted(row: Contradiction, pk: int, eye: Eye) -> Told:
    who = calling(row.by.name) if row.by else "Somebody"
    what = "needs a reply" if row.about == About.CLOSING else "was written by a person"
    said = f"{who} says that {_of(row.message, eye, begins=False)} {what}."
    to = reverse("desk:contradiction_row", args=[pk, row.pk])
    return Told(said, words.full(row.at, eye.zone), to, "Take it back", (("undo", "1"),))


def _typed(one: ConversationClock) -> list[Told]:
    if one.typed is None:
        return []
    how = CAME_BY[one.typed.channel]
    said = f"Somebody {how}." if how.startswith("asks") else f"This came {how}."
    if one.typed.sender_email:
        said += f" The address {one.typed.sender_email} is as it was typed; nothing proves that it is theirs."
    return [Told(said)]


def _awaited(message: Message, pk: int, eye: Eye) -> list[Told]:
    chosen: FollowUp | None = getattr(message, "follow_up", None)
    if chosen is None:
        return []
    who = calling(chosen.by.name) if chosen.by else "Somebody"
    said = f"{who} says that our last letter needs no answer."
    if chosen.due_at:
        said = (
            f"Our last letter comes back {words.moment(chosen.due_at, now=eye.now, zone=eye.zone)}, if nobody answers."
        )
    to = reverse("desk:follow_up_row", args=[pk, chosen.pk])
    return [Told(said, words.full(chosen.at, eye.zone), to, "Take it back", (("undo", "1"),))]


def _against(said: str, message: Message, about: About, pk: int, act: str) -> Told:
    fields = (("message", str(message.pk)), ("about", about.value))
    title = message.automatic_why if about == About.AUTOMATIC else message.closing
    return Told(said, title, reverse("desk:contradiction", args=[pk]), act, fields)


def _of(message: Message, eye: Eye, *, begins: bool = True) -> str:
    """ "Cleo’s message of today, 09:20"."""
    said = f"{calling(name_of(message))}’s message of {when(message, eye)}"
    return words.sentence(said) if begins else said
