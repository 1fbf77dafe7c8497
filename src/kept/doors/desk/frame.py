"""What stands around every page: the rail with its counts, the firm's name, the line that offers undo."""

from typing import Any

from django.http import HttpRequest

from kept.doors.desk.acts import me, take_undo
from kept.kit import clock
from kept.ledgers.conversations.models import Conversation
from kept.ledgers.team.models import Firm


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of the frame; empty for strangers, so that no page of theirs can tell anything."""
    if not request.user.is_authenticated:
        return {}
    member = me(request)
    return {
        "rail": {
            "firm": Firm.objects.values_list("name", flat=True).first(),
            "me": f"{member.first_name}, {member.get_role_display()}",
            "inbox": Conversation.objects.seen_by(member).waiting_at(clock.now()).count(),
        },
        "undo": take_undo(request),
    }
