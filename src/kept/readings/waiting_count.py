"""How many wait, as a number that another query brings along."""

from datetime import datetime
from typing import Any

from django.db.models import F, Func, IntegerField, QuerySet, Subquery

from kept.kit.written_once import written_once
from kept.ledgers.conversations.models import Conversation
from kept.ledgers.team.models import Firm, Member

COUNTED = Func(F("pk"), function="COUNT", output_field=IntegerField())


def how_many(viewer: Member, *, at: datetime) -> QuerySet[Any]:
    """One row of one column for a Subquery: the conversations that wait, of those the viewer may know of."""
    rows = Conversation.objects.seen_by(viewer).waiting_at(at).order_by()
    return rows.annotate(size=COUNTED).values("size")


@written_once
def named(viewer: Member, *, at: datetime) -> QuerySet[Firm, tuple[str, int]]:
    """The firm's name, and beside it how many wait: a query of its own would be one more on every page."""
    return Firm.objects.values_list("name", Subquery(how_many(viewer, at=at)))
