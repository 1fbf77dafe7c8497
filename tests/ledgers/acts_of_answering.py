"""Acts that keep everyone answered: pauses, contradictions, follow-ups, duty and inlets."""

from typing import Any

from kept.ledgers.conversations import (
    asked,
    coming_back,
    contradicting,
    following_up,
    handing_out,
    letting_in,
    noting,
    pausing,
    settling,
)
from kept.ledgers.conversations.duty import Looks
from kept.ledgers.conversations.inlets import Inlet
from kept.ledgers.conversations.models import Channel, Message
from kept.ledgers.conversations.noticed import About, Request
from kept.ledgers.conversations.noting import Meeting
from tests.cast import Studio, london, wrote
from tests.ledgers.act import Act
from tests.ledgers.acts_of_work import asked as waiting

FRIDAY = london(23, "17:00")


def ours(s: Studio) -> Message:
    return wrote(s.borealis, by=s.bo, at=london(19, "15:00"), text="Could you send the logo?")


def a_thank_you(s: Studio) -> Message:
    message = wrote(s.borealis, by=s.cleo, at=london(19, "15:00"), text="Thanks!")
    Message.objects.filter(pk=message.pk).update(closing="It only says thanks.")
    settling.recount([message.conversation_id])
    return message


def a_machines(s: Studio) -> Message:
    return wrote(s.borealis, by=s.cleo, at=london(19, "15:00"), automatic="away")


def paused(s: Studio) -> Any:
    return pausing.pause(waiting(s), reason="their logo", by=s.bo, at=london(19, "16:00"))


def an_inlet(s: Studio) -> Inlet:
    return letting_in.open_inlet(name="Our blog", channel=Channel.COMMENT, by=s.ada, at=london(19))[0]


def a_request(s: Studio) -> Request:
    message = wrote(s.borealis, by=s.cleo, at=london(19, "15:00"))
    return Request.objects.create(message=message, words="Could you send the new drafts?", probability=0.9)


ANSWERING = [
    Act(
        "conversations.note",
        lambda s, _, w: noting.note(
            s.borealis, words="Bo sends the map.", meeting=Meeting(london(19), [s.cleo], [s.kit]), **w
        ),
        lambda s, _, row, w: noting.take_back_note(row, **w),
        "conversations.take_back_note",
    ),
    Act(
        "conversations.dismiss_request",
        lambda s, row, w: asked.dismiss_request(row, **w),
        lambda s, row, _, w: asked.reconsider_request(row, **w),
        "conversations.reconsider_request",
        a_request,
    ),
    Act(
        "conversations.pause",
        lambda s, talk, w: pausing.pause(talk, reason="We wait for their logo", **w),
        lambda s, talk, row, w: pausing.take_back_pause(row, **w),
        "conversations.take_back_pause",
        waiting,
    ),
    Act(
        "conversations.end_pause",
        lambda s, row, w: pausing.end_pause(row, **w),
        lambda s, row, _, w: pausing.take_back_end(row, **w),
        "conversations.take_back_end",
        paused,
    ),
    Act(
        "conversations.contradict",
        lambda s, row, w: contradicting.contradict(row, about=About.CLOSING, **w),
        lambda s, _, row, w: contradicting.take_back_contradiction(row, **w),
        "conversations.take_back_contradiction",
        a_thank_you,
    ),
    Act(
        "conversations.contradict",
        lambda s, row, w: contradicting.contradict(row, about=About.AUTOMATIC, reason="I wrote it", **w),
        lambda s, _, row, w: contradicting.take_back_contradiction(row, **w),
        "conversations.take_back_contradiction",
        a_machines,
    ),
    Act(
        "conversations.come_back",
        lambda s, row, w: coming_back.come_back(row, whom="cleo@borealis.example", **w),
        lambda s, _, row, w: coming_back.arrived_after_all(row, **w),
        "conversations.arrived_after_all",
        ours,
    ),
    Act(
        "conversations.choose_day",
        lambda s, row, w: following_up.choose_day(row, due_at=FRIDAY, **w),
        lambda s, _, row, w: following_up.take_back_follow_up(row, **w),
        "conversations.take_back_follow_up",
        ours,
    ),
    Act(
        "conversations.never",
        lambda s, row, w: following_up.never(row, **w),
        lambda s, _, row, w: following_up.take_back_follow_up(row, **w),
        "conversations.take_back_follow_up",
        ours,
    ),
    Act(
        "conversations.set_rota",
        lambda s, _, w: handing_out.set_rota([s.kit, s.bo], **w),
        lambda s, _, before, w: handing_out.set_rota([], **w),
        "conversations.set_rota",
    ),
    Act(
        "conversations.add_rule",
        lambda s, _, w: handing_out.add_rule(looks=Looks.SUBJECT, words="museum", member=s.kit, **w),
        lambda s, _, row, w: handing_out.remove_rule(row, **w),
        "conversations.remove_rule",
    ),
    Act(
        "conversations.open_inlet",
        lambda s, _, w: letting_in.open_inlet(name="Our blog", channel=Channel.COMMENT, **w),
        lambda s, _, made, w: letting_in.take_back_inlet(made[0], **w),
        "conversations.take_back_inlet",
        repeats=True,
    ),
    Act(
        "conversations.close_inlet",
        lambda s, row, w: letting_in.close_inlet(row, **w),
        lambda s, row, _, w: letting_in.reopen_inlet(row, **w),
        "conversations.reopen_inlet",
        an_inlet,
    ),
]
