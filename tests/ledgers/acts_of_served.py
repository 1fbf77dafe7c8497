"""Acts on meetings, work handed over, bills and promised people."""

from decimal import Decimal
from typing import Any

from kept.ledgers.bills import verbs as bills
from kept.ledgers.bills.models import Bill, Surprise
from kept.ledgers.bills.verbs import Amount
from kept.ledgers.clients.models import Client
from kept.ledgers.deliverables import verbs as deliverables
from kept.ledgers.deliverables.models import Deliverable, ReceiptKind
from kept.ledgers.engagements import replacing
from kept.ledgers.engagements import verbs as engagements
from kept.ledgers.engagements.models import Engagement, PromisedPerson, Replacement
from kept.ledgers.engagements.replacing import Told
from kept.ledgers.team.models import Member
from kept.ledgers.touches import verbs as touches
from kept.ledgers.touches.models import Meeting
from kept.ledgers.touches.verbs import Held
from tests.cast import NOW, Studio, london, sold
from tests.ledgers.act import Act

TODAY = NOW.date()
MONDAY = london(19, "10:00")
FEE = Amount(Decimal("4800.00"), "gbp", quoted=Decimal("4500.00"))


def review(s: Studio) -> Meeting:
    return touches.plan(s.borealis, about="Monthly review", planned_at=MONDAY, promised=[s.bo, s.kit], by=s.bo, at=NOW)


def homepage(s: Studio) -> Deliverable:
    return deliverables.hand_over(s.borealis, name="Homepage", handed_at=MONDAY, rounds=2, by=s.kit, at=NOW)


def october(s: Studio) -> Bill:
    return bills.send(s.borealis, number="2026-104", amount=FEE, sent_on=TODAY, by=s.fin, at=NOW)


def why_more(s: Studio) -> Surprise:
    return bills.surprise(october(s), words="Why is it more?", opened_at=NOW, contact=s.cleo, by=s.bo, at=NOW)


def kit_promised(s: Studio) -> PromisedPerson:
    work = sold(s.borealis, by=s.ada)
    return engagements.promise_person(
        work, member=s.kit, share=Decimal("0.5"), since=london(1).date(), by=s.ada, at=NOW
    )


def bo_instead(s: Studio) -> Replacement:
    return replacing.replace(kit_promised(s), instead=s.bo, since=TODAY, told=None, by=s.ada, at=NOW)


def serve(client: Client, *, work: Engagement, by: Member, instead: Member) -> None:
    """A row in every one of these ledgers."""
    who: dict[str, Any] = {"by": by, "at": NOW}
    touches.met(client, about="Review", met_at=MONDAY, promised=[by], came=[by], **who)
    deliverables.hand_over(client, name="Homepage", handed_at=MONDAY, **who)
    bill = bills.send(client, number="2026-104", amount=FEE, sent_on=TODAY, **who)
    bills.surprise(bill, words="Why?", opened_at=NOW, **who)
    person = engagements.promise_person(work, member=by, share=Decimal(1), since=london(1).date(), **who)
    replacing.replace(person, instead=instead, since=TODAY, told=None, **who)


def meeting_back(s: Studio, given: Any, row: Any, w: dict[str, Any]) -> None:
    touches.take_back(row, **w)


def work_back(s: Studio, given: Any, row: Any, w: dict[str, Any]) -> None:
    deliverables.take_back(row, **w)


def bill_back(s: Studio, given: Any, row: Any, w: dict[str, Any]) -> None:
    bills.take_back(row, **w)


TOUCHES = [
    Act(
        "touches.plan",
        lambda s, _, w: touches.plan(s.borealis, about="Review", planned_at=MONDAY, promised=[s.bo], **w),
        meeting_back,
        "touches.take_back",
    ),
    Act(
        "touches.met",
        lambda s, _, w: touches.met(s.borealis, about="Review", met_at=MONDAY, promised=[s.bo], came=[s.kit], **w),
        meeting_back,
        "touches.take_back",
        tells=("touches.plan", "touches.hold"),
    ),
    Act(
        "touches.hold",
        lambda s, row, w: touches.hold(row, came=[s.bo, s.ada], held=Held(12, s.bo, True, "More time"), **w),
        meeting_back,
        "touches.take_back",
        review,
    ),
    Act("touches.miss", lambda s, row, w: touches.miss(row, **w), meeting_back, "touches.take_back", review),
    Act(
        "touches.call_off",
        lambda s, row, w: touches.call_off(row, by_us=False, words="Cleo is ill", **w),
        meeting_back,
        "touches.take_back",
        review,
    ),
    Act(
        "touches.move",
        lambda s, row, w: touches.move(row, to=london(22, "10:00"), **w),
        lambda s, row, _, w: touches.move(row, to=MONDAY, **w),
        "touches.move",
        review,
    ),
]

DELIVERABLES = [
    Act(
        "deliverables.hand_over",
        lambda s, _, w: deliverables.hand_over(s.borealis, name="Homepage", handed_at=MONDAY, rounds=2, **w),
        work_back,
        "deliverables.take_back",
    ),
    *(
        Act(
            "deliverables.receive",
            lambda s, row, w, kind=kind: deliverables.receive(row, kind=kind, said_at=NOW, contact=s.cleo, **w),
            work_back,
            "deliverables.take_back",
            homepage,
        )
        for kind in ReceiptKind
    ),
]

BILLS = [
    Act(
        "bills.send",
        lambda s, _, w: bills.send(s.borealis, number="2026-104", amount=FEE, sent_on=TODAY, **w),
        bill_back,
        "bills.take_back",
    ),
    Act(
        "bills.surprise",
        lambda s, row, w: bills.surprise(row, words="Why is it more?", opened_at=NOW, contact=s.cleo, **w),
        bill_back,
        "bills.take_back",
        october,
    ),
    Act(
        "bills.settle",
        lambda s, row, w: bills.settle(row, how="We took the 300 off.", **w),
        lambda s, row, _, w: bills.open_again(row, **w),
        "bills.open_again",
        why_more,
    ),
]

REPLACING = [
    Act(
        "replacing.replace",
        lambda s, row, w: replacing.replace(row, instead=s.bo, since=TODAY, told=Told(MONDAY.date(), "by phone"), **w),
        lambda s, _, row, w: replacing.put_back(row, **w),
        "engagements.put_back",
        kit_promised,
        tells=("engagements.replace",),
    ),
    Act(
        "replacing.tell",
        lambda s, row, w: replacing.tell(row, told=Told(TODAY, "Ada told Cleo by phone"), **w),
        lambda s, row, _, w: replacing.untell(row, **w),
        "engagements.untell",
        bo_instead,
        tells=("engagements.tell",),
    ),
]

SERVED = [*TOUCHES, *DELIVERABLES, *BILLS, *REPLACING]
