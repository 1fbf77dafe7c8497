"""What stands around every page: the rail with its counts, the firm's name, the line that offers undo."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from kept.doors.desk.acts import me, take_undo
from kept.kit import clock
from kept.ledgers.team.models import Member, Role
from kept.readings.waiting_count import named


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of the frame; empty for strangers, so that no page of theirs can tell anything.

    Read only where it is drawn: a page without the frame costs nothing, and uses up no line that offers undo.
    """
    if not request.user.is_authenticated:
        return {}
    member = me(request)
    return {
        "rail": SimpleLazyObject(lambda: rail(member)),
        "undo": SimpleLazyObject(lambda: take_undo(request)),
    }


def rail(member: Member) -> dict[str, Any]:
    """The firm, who is signed in, and how many wait, of those the member may know of. One query."""
    firm, inbox = next(iter(named(member, at=clock.now())), ("", 0))
    return rail_of(member, firm=firm, inbox=inbox)


def rail_of(member: Member, *, firm: str, inbox: int) -> dict[str, Any]:
    """The rail of a page that knows the firm and how many wait already: no query."""
    leads = member.role in {Role.OWNER, Role.LEAD}  # whoever looks after clients; others read no portfolio
    return {"firm": firm, "me": f"{member.first_name}, {member.get_role_display()}", "inbox": inbox, "leads": leads}
