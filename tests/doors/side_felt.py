"""How it felt to one of two clients: they were asked, were not pleased, and somebody is to speak with them."""

from typing import Any

from kept.ledgers.clients.models import Contact
from kept.ledgers.pulses.models import Why
from kept.ledgers.team.models import Member
from tests.readings.feeling import asked, felt, skipped, to_call
from tests.studio import london


def felt_by(contact: Contact, *, by: Member) -> dict[str, Any]:
    """An invitation with a low answer and what follows it, and one more that was passed over."""
    name = contact.client.name
    invitation = asked(contact, by=by, at=london(12), about=f"the {name} site")
    answer = felt(invitation, secure=4, words=f"{name} expected more.")
    skipped(contact, why=Why.THROTTLED, words=f"{name} was asked on Monday.")
    return {"invitation": invitation, "follow_up": to_call(answer, owner=by)}
