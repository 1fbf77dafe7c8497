"""Beside the inbox: one conversation at a glance, and whom we have not spoken to for longest."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Left

from kept.ledgers.clients.models import Agreement, Client
from kept.ledgers.conversations.models import Body, Conversation
from kept.ledgers.team.models import Member
from kept.readings.inbox import Row

GLANCE = 1500  # characters: what a glance can take in


@dataclass(frozen=True)
class Glance:
    """The newest message of theirs in a conversation, without opening it."""

    row: Row
    words: str
    cut: bool
    agreement: Agreement | None


def glance(row: Row) -> Glance:
    """What one sees of a row without opening it. Two queries, one for a stranger."""
    words = Body.objects.filter(message=row.message).values_list(Left("visible", GLANCE + 1), flat=True).first() or ""
    contact = row.message.contact_id
    return Glance(
        row=row,
        words=words[:GLANCE],
        cut=len(words) > GLANCE,
        agreement=Agreement.objects.filter(contact=contact).first() if contact else None,
    )


@dataclass(frozen=True)
class Unheard:
    """A client we have not spoken with for a while."""

    client: Client
    last_at: datetime
    subject: str
    conversation_id: int


def unheard(viewer: Member, *, before: datetime, most: int = 3) -> list[Unheard]:
    """The clients the viewer leads (or, leading none, all the viewer sees) with whom nothing was said since `before`.

    The longest silence first; one query.
    """
    last = Conversation.objects.filter(client=OuterRef("pk")).order_by("-last_at")
    served: QuerySet[Client] = Client.objects.seen_by(viewer).served()
    rows = served.annotate(
        last_at=Subquery(last.values("last_at")[:1]),
        last_subject=Subquery(last.values("subject")[:1]),
        last_pk=Subquery(last.values("pk")[:1]),
    )
    quiet = list(rows.filter(last_at__lt=before).order_by("last_at", "pk"))
    own = [row for row in quiet if row.lead_id == viewer.pk]
    return [Unheard(row, row.last_at, row.last_subject, row.last_pk) for row in (own or quiet)[:most]]
