"""How many wait, as a number that another query brings along."""

from datetime import datetime
from typing import Any

from django.db.models import F, Func, IntegerField, QuerySet

from kept.ledgers.conversations.models import Conversation
from kept.ledgers.team.models import Member

COUNTED = Func(F("pk"), function="COUNT", output_field=IntegerField())


def how_many(viewer: Member, *, at: datetime) -> QuerySet[Any]:
    """One row of one column for a Subquery: the conversations that wait, of those the viewer may know of."""
    rows = Conversation.objects.seen_by(viewer).waiting_at(at).order_by()
    return rows.annotate(size=COUNTED).values("size")
