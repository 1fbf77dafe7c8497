"""Who looks at a conversation: told anew every few seconds, so it writes no journal line and needs no undoing."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from kept.ledgers.conversations.models import Conversation
from kept.ledgers.conversations.presence import Looking
from kept.ledgers.team.models import Member

BELIEVED = timedelta(seconds=25)  # three signs of life at one every eight seconds: one that is lost does no harm


def look(conversation: Conversation, *, by: Member, at: datetime, typing: bool = False) -> None:
    """Somebody has the conversation before their eyes, or (`typing`) writes in it. One query."""
    row = Looking(conversation=conversation, member=by, at=at, typing_at=at if typing else None)
    told = ["at", "typing_at"] if typing else ["at"]
    Looking.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["conversation", "member"], update_fields=told
    )


def look_away(conversation: Conversation, *, by: Member) -> None:
    """They closed it, or went elsewhere. One query."""
    Looking.objects.filter(conversation=conversation, member=by).delete()


def looking(conversation: Conversation, *, besides: Member, at: datetime) -> QuerySet[Looking]:
    """The others who look at it at this moment, who came first leading."""
    recent = Looking.objects.filter(conversation=conversation, at__gt=at - BELIEVED).exclude(member=besides)
    return recent.select_related("member").order_by("pk")
