"""Acts on invitations and on what follows a low answer; what whoever was asked does stands in `test_pulses`."""

from datetime import timedelta
from typing import Any

from kept.ledgers.clients.models import Client, Contact
from kept.ledgers.pulses import following, tokens, wishing
from kept.ledgers.pulses import verbs as pulses
from kept.ledgers.pulses.models import Answer, FollowUp, Invitation, Occasion, Why
from kept.ledgers.pulses.verbs import Moment
from kept.ledgers.team.models import Member
from tests.cast import NOW, Studio, london
from tests.ledgers.act import Act

BEFORE = london(19, "10:00")
QUARTER = Moment(Occasion.QUARTER, key="quarter:2026-4")


def invited(s: Studio, **more: Any) -> Invitation:
    """Cleo was asked by Ada about the quarter, yesterday at ten, for three weeks."""
    facts: dict[str, Any] = {
        "moment": QUARTER,
        "by": s.ada,
        "at": BEFORE,
        "closes_at": BEFORE + timedelta(days=21),
    } | more
    return pulses.invite(s.cleo, **({"hashed": tokens.mint().hashed} | facts))


def low(s: Studio) -> Answer:
    return pulses.answer(invited(s), marks={"secure": 3}, at=BEFORE + timedelta(hours=1))


def followed(s: Studio) -> FollowUp:
    """A follow-up whose promise somebody took out by hand."""
    return FollowUp.objects.create(answer=low(s), owner=s.bo, opened_at=BEFORE)


def spoken_about(s: Studio) -> FollowUp:
    return following.spoke(followed(s), by=s.bo, at=london(19, "15:00"), words="by phone")


PULSES = [
    Act(
        "pulses.withdraw",
        lambda s, row, w: pulses.withdraw(row, **w),
        lambda s, row, _, w: pulses.take_back_withdrawal(row, **w),
        "pulses.take_back_withdrawal",
        invited,
    ),
    Act(
        "pulses.leave_alone",
        lambda s, _, w: wishing.leave_alone(s.cleo, words="by phone", **w),
        lambda s, _, row, w: wishing.take_back_wish(row, **w),
        "pulses.take_back_wish",
    ),
    Act(
        "pulses.take_up",
        lambda s, _, w: wishing.take_up(Occasion.QUARTER, **w),
        lambda s, _, row, w: wishing.give_up(row, **w),
        "pulses.give_up",
    ),
    Act(
        "pulses.spoke",
        lambda s, row, w: following.spoke(row, words="by phone", **w),
        lambda s, row, _, w: following.take_back_spoke(row, **w),
        "pulses.take_back_spoke",
        followed,
    ),
    Act(
        "pulses.end",
        lambda s, row, w: following.end(row, outcome="Bo checks dates with Kit first", **w),
        lambda s, row, _, w: following.take_back_end(row, **w),
        "pulses.take_back_end",
        spoken_about,
    ),
]
BEGINNINGS = [
    Act("pulses.invite", lambda s, _, w: invited(s, **w, closes_at=NOW + timedelta(days=1)), repeats=True),
    Act("pulses.remind", lambda s, row, w: pulses.remind(row, hashed="1" * 64, **w), given=invited),
]


def ask_how_it_felt(client: Client, *, contact: Contact, by: Member) -> None:
    """A row of every kind there is about how it felt."""
    row = Invitation.objects.create(client=client, contact=contact, by=by, at=BEFORE, closes_at=NOW, occasion="quarter")
    answer = Answer.objects.create(client=client, contact=contact, at=BEFORE, secure=3, invitation=row)
    FollowUp.objects.create(answer=answer, owner=by, opened_at=BEFORE)
    pulses.skip(contact, moment=QUARTER, why=Why.WISH, at=BEFORE)
    wishing.leave_alone(contact, by=by, at=BEFORE)
