"""Short ways to let the cast be asked how it felt, and answer."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from kept.ledgers.clients.models import Contact
from kept.ledgers.pulses.models import Answer, FollowUp, Invitation, Occasion, Skip, Why
from kept.ledgers.team.models import Member
from kept.readings import felt_page
from tests.studio import NOW

_tokens = count(1)
OPEN = timedelta(days=21)


def asked(contact: Contact, *, by: Member, at: datetime = NOW, **facts: Any) -> Invitation:
    """An invitation that closes three weeks later."""
    kept = {"occasion": Occasion.QUARTER, "closes_at": at + OPEN, "token_hash": f"hash-{next(_tokens)}"} | facts
    _forget()
    return Invitation.objects.create(client=contact.client, contact=contact, by=by, at=at, **kept)


def felt(invitation: Invitation, *, at: datetime | None = None, words: str = "", **marks: int) -> Answer:
    """What was answered, a day later unless said otherwise."""
    when = at or invitation.at + timedelta(days=1)
    of = {"invitation": invitation, "client": invitation.client, "contact": invitation.contact}
    _forget()
    return Answer.objects.create(at=when, words=words, **of, **marks)


def to_call(answer: Answer, *, owner: Member, **facts: Any) -> FollowUp:
    """The follow-up of a low answer."""
    return FollowUp.objects.create(answer=answer, owner=owner, opened_at=answer.at, **facts)


def skipped(contact: Contact, *, why: Why = Why.THROTTLED, at: datetime = NOW, words: str = "") -> Skip:
    """Somebody who was not asked."""
    facts = {"occasion": Occasion.QUARTER, "why": why, "words": words}
    return Skip.objects.create(client=contact.client, contact=contact, at=at, **facts)


def _forget() -> None:
    """These rows are written without the journal."""
    felt_page._felt.cache_clear()
    felt_page._firm.cache_clear()
