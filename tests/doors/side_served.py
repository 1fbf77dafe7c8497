"""A client's meeting, work handed over, bill that surprised them, and promised person who was replaced."""

from decimal import Decimal
from typing import Any

from kept.ledgers.bills import verbs as bills
from kept.ledgers.bills.verbs import Amount
from kept.ledgers.clients.models import Client
from kept.ledgers.deliverables import verbs as deliverables
from kept.ledgers.deliverables.models import ReceiptKind
from kept.ledgers.engagements import replacing
from kept.ledgers.engagements import verbs as engagements
from kept.ledgers.engagements.models import Engagement
from kept.ledgers.team.models import Member
from kept.ledgers.team.walls import admitted
from kept.ledgers.touches import verbs as touches
from tests.studio import NOW, london

BILLED = Decimal("4812.50")


def served(client: Client, *, work: Engagement, by: Member) -> dict[str, Any]:
    """A row of each, as `two_clients.Side` names them."""
    who: dict[str, Any] = {"by": by, "at": NOW}
    instead = admitted(client.wall_id).exclude(pk=by.pk)[0]
    amount = Amount(BILLED, "GBP", Decimal(4500))
    meeting = touches.plan(client, about=f"{client.name} reviewed", planned_at=london(19), promised=[by], **who)
    deliverable = deliverables.hand_over(client, name=f"{client.name} cover", handed_at=london(12), **who)
    said = {"said_at": london(13), "words": f"Not {client.name} enough"}
    receipt = deliverables.receive(deliverable, kind=ReceiptKind.EXTRA_ROUND, **said, **who)
    bill = bills.send(client, number=f"{client.name}-1", amount=amount, sent_on=london(5).date(), **who)
    surprise = bills.surprise(bill, words=f"Why {client.name}?", opened_at=london(6), **who)
    part = engagements.promise_person(work, member=by, share=Decimal("0.5"), since=work.starts, **who)
    replacing.replace(part, instead=instead, since=NOW.date(), told=None, **who)
    return {
        "meeting": meeting, "deliverable": deliverable, "receipt": receipt, "bill": bill, "surprise": surprise,
        "part": part,
    }  # fmt: skip
