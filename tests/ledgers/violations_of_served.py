"""One wrong row for every constraint on meetings, work handed over, bills and replacements."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from kept.ledgers.bills.models import Bill, Surprise
from kept.ledgers.deliverables.models import Deliverable, Receipt
from kept.ledgers.engagements.models import PromisedPerson, Replacement
from kept.ledgers.touches.models import Ending, Meeting, MeetingPerson
from tests.cast import NOW, Studio, london
from tests.ledgers.acts_of_served import bo_instead, homepage, kit_promised, october, review
from tests.ledgers.violations import TODAY, Violation, made, turned, twice
from tests.ledgers.violations_of_work import after

EARLIER = NOW - timedelta(hours=1)


def meeting(s: Studio) -> dict[str, Any]:
    return {"client": s.borealis, "about": "Review", "planned_at": NOW, "at": NOW}


def person(s: Studio) -> dict[str, Any]:
    return {"meeting": review(s), "member": s.ada, "promised": True}


def ending(s: Studio) -> dict[str, Any]:
    return {"meeting": review(s), "kind": "held", "minutes_late": 0, "at": NOW}


def deliverable(s: Studio) -> dict[str, Any]:
    return {"client": s.borealis, "name": "Logo", "handed_at": NOW, "at": NOW}


def receipt(s: Studio) -> dict[str, Any]:
    return {"deliverable": homepage(s), "kind": "accepted", "said_at": NOW, "at": NOW}


def bill(s: Studio) -> dict[str, Any]:
    return {"client": s.borealis, "number": "1", "sent_on": TODAY, "amount": Decimal(1), "currency": "GBP", "at": NOW}


def surprise(s: Studio) -> dict[str, Any]:
    return {"bill": october(s), "opened_at": NOW, "words": "Why?", "at": NOW}


def replacement(s: Studio) -> dict[str, Any]:
    promised = PromisedPerson.objects.first() or kit_promised(s)
    other, _ = PromisedPerson.objects.get_or_create(
        engagement=promised.engagement, member=s.bo, since=TODAY, defaults={"share": Decimal("0.5")}
    )
    return {"promised": promised, "instead": other, "since": TODAY, "at": NOW}


def other_instead(s: Studio) -> None:
    """Two who both gave their part to one."""
    row = bo_instead(s)
    ada = PromisedPerson.objects.create(
        engagement=row.promised.engagement, member=s.ada, since=london(1).date(), share=Decimal(1)
    )
    Replacement.objects.create(promised=ada, instead=row.instead, since=TODAY, at=NOW)


def two_instead(s: Studio) -> None:
    """One who gave the same part to two."""
    row = bo_instead(s)
    ada = PromisedPerson.objects.create(engagement=row.promised.engagement, member=s.ada, since=TODAY, share=Decimal(1))
    Replacement.objects.create(promised=row.promised, instead=ada, since=TODAY, at=NOW)


VIOLATIONS_OF_SERVED: dict[str, Violation] = {
    "meeting_has_about": made(Meeting, lambda s: meeting(s) | {"about": ""}),
    "meeting_once": twice(Meeting, meeting, at=EARLIER),
    "meeting_person_once": twice(MeetingPerson, person, came=True),
    "meeting_person_promised_or_came": made(MeetingPerson, lambda s: person(s) | {"promised": False}),
    "Ending.meeting": twice(Ending, ending, kind="missed", minutes_late=None),
    "meeting_ending_kind": made(Ending, lambda s: ending(s) | {"kind": "slept", "minutes_late": None}),
    "meeting_held_has_minutes": made(Ending, lambda s: ending(s) | {"minutes_late": None}),
    "deliverable_has_name": made(Deliverable, lambda s: deliverable(s) | {"name": ""}),
    "deliverable_once": twice(Deliverable, deliverable, rounds=3),
    "receipt_kind": made(Receipt, lambda s: receipt(s) | {"kind": "liked"}),
    "receipt_once": twice(Receipt, lambda s: receipt(s) | {"kind": "redone"}, words="again"),
    "receipt_accepted_once": twice(Receipt, receipt, said_at=EARLIER),
    "bill_has_number": made(Bill, lambda s: bill(s) | {"number": ""}),
    "bill_amount": made(Bill, lambda s: bill(s) | {"amount": Decimal("-0.01")}),
    "bill_quoted": made(Bill, lambda s: bill(s) | {"quoted": Decimal("-0.01")}),
    "bill_once": twice(Bill, bill, amount=Decimal(2)),
    "surprise_has_words": made(Surprise, lambda s: surprise(s) | {"words": ""}),
    "surprise_settled_in_words": made(Surprise, lambda s: surprise(s) | {"settled_at": NOW}),
    "surprise_settled_later": made(Surprise, lambda s: surprise(s) | {"settled_at": EARLIER, "how": "a credit"}),
    "surprise_open_once": twice(Surprise, surprise, words="Why again?"),
    "replacement_told_how": made(Replacement, lambda s: replacement(s) | {"told_on": TODAY}),
    "replacement_two_people": after(bo_instead, turned(Replacement, instead_id=1, promised_id=1)),
    "Replacement.promised": two_instead,
    "Replacement.instead": other_instead,
}
