"""What need not be answered now: what people set aside, and what Kept took for a mere thank-you."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from kept.kit.written_once import written_once
from kept.ledgers.clients.models import behind_wall
from kept.ledgers.conversations.care import Aside, AsideKind
from kept.ledgers.conversations.models import Message
from kept.ledgers.team.models import KeptOut, Member

# how long one may still see, and take back, that something needed no reply
REMEMBERED = timedelta(days=7)
MOST = 200  # so many of each are read, the newest first; the page says when there are more


def marks(viewer: Member, *, at: datetime, begins: datetime, own: bool) -> Sequence[Aside]:
    """What people said about the newest message of a conversation, as far as it still stands; MOST + 1 at most.

    `own`: only what the viewer marked, or what was marked in conversations of clients they lead, and what nobody who
    is here did either. Found from the marks, by when they were made and when they end, not through all messages.
    """
    found = _marks(viewer, at, begins, at - REMEMBERED, own=own)
    return sorted(found, key=lambda mark: (mark.until is None, mark.until or at))


@written_once
def _marks(viewer: Member, at: datetime, begins: datetime, lately: datetime, *, own: bool) -> QuerySet[Aside]:
    theirs, settled = F("message__conversation__their_last_at"), F("message__conversation__settled_until")
    later = Q(kind=AsideKind.LATER, until__gt=at, message__at__gt=settled)
    closed = Q(kind=AsideKind.NO_REPLY, at__gte=lately) | Q(kind=AsideKind.ELSEWHERE, at__gte=begins)
    put_off = Aside.objects.filter(until__gt=at).order_by().values("pk")
    fresh = Aside.objects.filter(at__gte=lately).order_by().values("pk")
    rows = (
        Aside.objects.filter(pk__in=put_off.union(fresh))
        .exclude(behind_wall(viewer, "message__conversation__client__wall_id"))
        .filter(later | closed & Q(message__at=settled), message__at=theirs)
        .select_related("message__conversation__client", "message__contact", "by")
        .order_by("-at", "-pk")
    )
    if own:
        # whom a wall keeps out since cannot look at what they put off
        apart = KeptOut.objects.filter(wall=OuterRef("message__conversation__client__wall_id"), member=OuterRef("by"))
        lead = "message__conversation__client__lead"
        nobodys = (_nobody("by") | Exists(apart)) & _nobody(lead)
        rows = rows.filter(Q(by=viewer) | Q(**{lead: viewer}) | nobodys)
    return rows[: MOST + 1]


def thanks(viewer: Member, *, at: datetime, own: bool) -> Sequence[Message]:
    """Messages of the last days that Kept took for mere thank-yous, where nobody spoke since; MOST + 1 at most.

    `own`: only of clients the viewer leads, and of those nobody leads.
    """
    return _thanks(viewer, at - REMEMBERED, at, own=own)


@written_once
def _thanks(viewer: Member, lately: datetime, at: datetime, *, own: bool) -> QuerySet[Message]:
    settled = Q(conversation__their_last_at=None) | Q(conversation__their_last_at__lte=F("conversation__settled_until"))
    rows = (
        Message.objects.seen_by(viewer)
        .theirs()
        .exclude(closing="")
        .filter(settled, at__gte=lately, at__lte=at, quiet=False, at=F("conversation__last_at"))
        .select_related("conversation__client__lead", "contact")
        .order_by("-at", "-pk")
    )
    if own:
        lead = "conversation__client__lead"
        rows = rows.filter(Q(**{lead: viewer}) | _nobody(lead))
    return rows[: MOST + 1]


def _nobody(column: str) -> Q:
    return Q(**{column: None}) | Q(**{f"{column}__left_on__isnull": False})
