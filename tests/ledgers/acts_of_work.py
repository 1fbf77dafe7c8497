"""Acts on engagements, hours, conversations and promises."""

from decimal import Decimal
from typing import Any

from kept.ledgers.conversations import verbs as conversations
from kept.ledgers.conversations.care import AsideKind
from kept.ledgers.engagements import verbs as engagements
from kept.ledgers.engagements.models import Kind, OverReason
from kept.ledgers.hours import verbs as hours
from kept.ledgers.promises import candidates
from kept.ledgers.promises import verbs as promises
from kept.ledgers.promises.models import Candidate
from tests.cast import NOW, Studio, london, promised, sold, wrote
from tests.ledgers.act import Act, Do

TODAY = NOW.date()
FRIDAY = london(23, "17:00")


def asked(s: Studio) -> Any:
    return wrote(s.borealis, by=s.cleo, at=london(19, "15:00")).conversation


def will_send(s: Studio) -> Any:
    return promised(s.borealis, by=s.bo, due=FRIDAY, at=london(19))


def seems(s: Studio) -> Candidate:
    message = wrote(s.borealis, by=s.bo, text="I'll send it on Friday.")
    return Candidate.objects.create(
        client=s.borealis, contact=s.cleo, by=s.bo, words="I'll send it on Friday", due=FRIDAY,
        source_noun="conversations.Message", source_id=message.pk, said_at=message.at,
    )  # fmt: skip


def website(s: Studio) -> Any:
    return sold(s.borealis, by=s.ada)


def aside(kind: AsideKind, **more: Any) -> Do:
    return lambda s, talk, w: conversations.set_aside(talk, kind=kind, reason="told Cleo by phone", **more, **w)


def bring_back(s: Studio, talk: Any, row: Any, w: dict[str, Any]) -> None:
    conversations.bring_back(row, **w)


def outcome_back(s: Studio, row: Any, outcome: Any, w: dict[str, Any]) -> None:
    promises.take_back(outcome, **w)


def row_back(s: Studio, engagement: Any, row: Any, w: dict[str, Any]) -> None:
    engagements.take_back(row, **w)


ENGAGEMENTS = [
    Act(
        "engagements.budget",
        lambda s, row, w: engagements.budget(
            row, starts=TODAY, hours=Decimal(-10), fee=None, currency="gbp", reason="less to do", **w
        ),
        row_back,
        "engagements.take_back",
        website,
    ),
    Act(
        "engagements.promise_person",
        lambda s, row, w: engagements.promise_person(row, member=s.kit, share=Decimal("0.5"), since=TODAY, **w),
        row_back,
        "engagements.take_back",
        website,
    ),
    Act(
        "engagements.give",
        lambda s, row, w: engagements.give(row, month=TODAY, hours=Decimal(3), purpose="A second draft", **w),
        row_back,
        "engagements.take_back",
        website,
        repeats=True,
    ),
    Act(
        "engagements.explain",
        lambda s, row, w: engagements.explain(row, month=TODAY, hours=Decimal(2), reason=OverReason.ASKED, **w),
        row_back,
        "engagements.take_back",
        website,
        repeats=True,
    ),
    Act(
        "engagements.close",
        lambda s, row, w: engagements.close(row, on=TODAY, **w),
        lambda s, row, _, w: engagements.reopen(row, **w),
        "engagements.reopen",
        website,
    ),
]

HOURS = [
    Act(
        "hours.log",
        lambda s, row, w: hours.log(s.borealis, member=s.kit, day=TODAY, seconds=5400, engagement=row, **w),
        lambda s, row, entry, w: hours.strike(entry, **w),
        "hours.strike",
        website,
    ),
]

CONVERSATIONS = [
    Act(
        "conversations.assign",
        lambda s, talk, w: conversations.assign(talk, to=s.kit, **w),
        lambda s, talk, row, w: conversations.take_back_assignment(row, **w),
        "conversations.take_back_assignment",
        asked,
    ),
    Act(
        "conversations.acknowledge",
        lambda s, talk, w: conversations.acknowledge(talk, **w),
        lambda s, talk, row, w: conversations.take_back_acknowledgement(row, **w),
        "conversations.take_back_acknowledgement",
        asked,
    ),
    Act("conversations.set_aside", aside(AsideKind.NO_REPLY), bring_back, "conversations.bring_back", asked),
    Act("conversations.set_aside", aside(AsideKind.ELSEWHERE), bring_back, "conversations.bring_back", asked),
    Act("conversations.set_aside", aside(AsideKind.LATER, until=FRIDAY), bring_back, "conversations.bring_back", asked),
    Act(
        "conversations.belong_to",
        lambda s, talk, w: conversations.belong_to(talk, client=s.cassini, **w),
        lambda s, talk, row, w: conversations.belong_to(talk, client=s.borealis, **w),
        "conversations.belong_to",
        asked,
    ),
]

PROMISES = [
    Act(
        "promises.promise",
        lambda s, _, w: promises.promise(s.borealis, words="the drafts", due=FRIDAY, contact=s.cleo, **w),
        lambda s, _, row, w: promises.withdraw(row, **w),
        "promises.withdraw",
        repeats=True,
    ),
    Act("promises.keep", lambda s, row, w: promises.keep(row, **w), outcome_back, "promises.take_back", will_send),
    Act(
        "promises.release",
        lambda s, row, w: promises.release(row, agreed="Cleo, by phone", **w),
        outcome_back,
        "promises.take_back",
        will_send,
    ),
    Act(
        "promises.accept",
        lambda s, row, w: candidates.accept(row, due=FRIDAY, **w),
        lambda s, row, promise, w: promises.withdraw(promise, **w),
        "promises.withdraw",
        seems,
        tells=("promises.promise", "promises.accept"),
    ),
    Act(
        "promises.dismiss",
        lambda s, row, w: candidates.dismiss(row, why="only a wish", **w),
        lambda s, row, _, w: candidates.reconsider(row, **w),
        "promises.reconsider",
        seems,
    ),
]

BEGINNINGS = [
    Act(
        "engagements.start",
        lambda s, _, w: engagements.start(s.borealis, name="Logo", kind=Kind.HOURLY, starts=TODAY, **w),
        repeats=True,
    ),
]
