"""One wrong row for every constraint on engagements, hours, conversations and promises."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from kept.ledgers.conversations.care import Acknowledgement, Aside
from kept.ledgers.conversations.models import Conversation, Message, Reference
from kept.ledgers.engagements.models import Budget, Engagement, Explanation, Gift, PromisedPerson
from kept.ledgers.hours.models import Entry, MonthTotal
from kept.ledgers.promises.models import Candidate, Outcome, Promise
from tests.cast import NOW, Studio, promised, sold, wrote
from tests.ledgers.acts_of_work import FRIDAY, seems
from tests.ledgers.violations import TODAY, Violation, made, turned, twice

YESTERDAY, LONG_BEFORE = TODAY - timedelta(days=1), date(2000, 1, 1)
MONTH = TODAY.replace(day=1)


def website(s: Studio) -> Engagement:
    return Engagement.objects.filter(name="Website").first() or sold(s.borealis, by=s.ada)


def asked(s: Studio) -> Message:
    return Message.objects.first() or wrote(s.borealis, by=s.cleo)


def drafts(s: Studio) -> Promise:
    return Promise.objects.first() or promised(s.borealis, by=s.bo, due=FRIDAY)


def after(given: Any, violation: Violation) -> Violation:
    """The violation, once what it needs is there."""
    return lambda s: (given(s), violation(s))


def budget(s: Studio) -> dict[str, Any]:
    return {"engagement": website(s), "starts": TODAY, "currency": "GBP", "hours": Decimal(1)}


def person(s: Studio) -> dict[str, Any]:
    return {"engagement": website(s), "member": s.kit, "since": TODAY, "share": Decimal("0.5")}


def month(s: Studio) -> dict[str, Any]:
    return {"engagement": website(s), "month": MONTH, "hours": Decimal(1), "by": s.ada, "at": NOW}


def entry(s: Studio) -> dict[str, Any]:
    return {"client": s.borealis, "person": "Kit", "day": TODAY, "seconds": 60, "source": "csv", "external_id": "1"}


def loose(s: Studio) -> dict[str, Any]:
    return {"client": s.borealis, "month": MONTH, "seconds": 60, "last_day": TODAY}


def aside(s: Studio) -> dict[str, Any]:
    return {"message": asked(s), "kind": "no_reply", "reason": "thanks only", "at": NOW}


def outcome(s: Studio) -> dict[str, Any]:
    return {"promise": drafts(s), "kind": "kept", "at": NOW, "was_due": FRIDAY}


def seen_twice(s: Studio) -> None:
    row = seems(s)
    row.pk = None
    row.save()


def accepted_and_dismissed(s: Studio) -> None:
    seems(s)
    Candidate.objects.update(promise=drafts(s), dismissed_at=NOW)


def same_message_id(s: Studio) -> None:
    asked(s)
    wrote(s.borealis, by=s.cleo)
    Message.objects.update(message_id="one")


def one_promise_for_two(s: Studio) -> None:
    first, second = seems(s), seems(s)
    Candidate.objects.filter(pk__in=[first.pk, second.pk]).update(promise=drafts(s))


VIOLATIONS_OF_WORK: dict[str, Violation] = {
    # engagements
    "engagement_name": after(
        website,
        made(Engagement, lambda s: {"client": s.borealis, "name": "WEBSITE", "kind": "fixed", "starts": TODAY}),
    ),
    "engagement_kind": after(website, turned(Engagement, kind="barter")),
    "engagement_ends_after_start": after(website, turned(Engagement, ends=LONG_BEFORE)),
    "engagement_closes_after_start": after(website, turned(Engagement, closed_on=LONG_BEFORE)),
    "budget_once": twice(Budget, budget, hours=Decimal(2)),
    "budget_ends_after_start": made(Budget, lambda s: budget(s) | {"ends": YESTERDAY}),
    "budget_hours": made(Budget, lambda s: budget(s) | {"hours": Decimal(-1)}),
    "promised_once": twice(PromisedPerson, person, share=Decimal(1)),
    "promised_share": made(PromisedPerson, lambda s: person(s) | {"share": Decimal("1.001")}),
    "promised_until_after_since": made(PromisedPerson, lambda s: person(s) | {"until": YESTERDAY}),
    "gift_above_zero": made(Gift, lambda s: month(s) | {"purpose": "x", "hours": Decimal(0)}),
    "gift_has_purpose": made(Gift, lambda s: month(s) | {"purpose": ""}),
    "explained_above_zero": made(Explanation, lambda s: month(s) | {"reason": "asked", "hours": Decimal(0)}),
    "explained_reason": made(Explanation, lambda s: month(s) | {"reason": "weather"}),
    # hours
    "entry_once": twice(Entry, entry, seconds=120),
    "month_total_once": twice(MonthTotal, lambda s: loose(s) | {"engagement": website(s)}, seconds=120),
    "month_total_loose_once": twice(MonthTotal, loose, seconds=120),
    # conversations
    "conversation_in_time": made(Conversation, lambda s: {"started_at": FRIDAY, "last_at": NOW}),
    "message_direction": after(asked, turned(Message, direction="up")),
    "message_channel": after(asked, turned(Message, channel="pigeon")),
    "Message.message_id": same_message_id,
    "reference_once": twice(Reference, lambda s: {"message": asked(s), "names": "before@cast.example"}),
    "acknowledged_once": twice(Acknowledgement, lambda s: {"message": asked(s), "at": NOW}, at=FRIDAY),
    "aside_once": twice(Aside, aside, reason="another"),
    "aside_has_reason": made(Aside, lambda s: aside(s) | {"reason": ""}),
    "aside_until": made(Aside, lambda s: aside(s) | {"until": FRIDAY}),
    "aside_kind": made(Aside, lambda s: aside(s) | {"kind": "ignored"}),
    # promises
    "promise_has_words": after(drafts, turned(Promise, words="")),
    "promise_size": after(drafts, turned(Promise, size="huge")),
    "promise_ends_once": twice(Outcome, outcome, kind="released", agreed="Cleo"),
    "move_has_day": made(Outcome, lambda s: outcome(s) | {"kind": "moved"}),
    "outcome_kind": made(Outcome, lambda s: outcome(s) | {"kind": "broken"}),
    "candidate_once": seen_twice,
    "Candidate.promise": one_promise_for_two,
    "accepted_or_dismissed": accepted_and_dismissed,
}
