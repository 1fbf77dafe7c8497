"""The mailboxes with what came of them: how they stand, what waits, and what could not be read."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from kept.ledgers.mailboxes.models import Arrival, Kind, Mailbox
from kept.ledgers.mailboxes.verbs import may_settle
from kept.ledgers.team.models import Member

LISTED = 50


@dataclass(frozen=True)
class Box:
    """A mailbox, how many mails of it wait, how many could not be read, and whether the viewer settles it."""

    mailbox: Mailbox
    waiting: int
    troubled: int
    settles: bool


def boxes(viewer: Member | None = None) -> list[Box]:
    """The standing mailboxes that the viewer may know of (nobody: all of them, for the terminal). One query."""
    rows = Mailbox.objects.standing() if viewer is None else Mailbox.objects.standing().seen_by(viewer)
    unread, apart = Q(arrivals__trouble="", arrivals__isnull=False), ~Q(arrivals__trouble="")
    counted = rows.select_related("member").annotate(
        waiting=Count("arrivals", filter=unread), troubled=Count("arrivals", filter=apart & Q(arrivals__isnull=False))
    )
    return [Box(row, row.waiting, row.troubled, may_settle(row, viewer)) for row in counted]  # type: ignore[attr-defined]


def troubled(mailbox: Mailbox, viewer: Member | None = None) -> QuerySet[Arrival]:
    """What could not be read, the latest first; of another's own mailbox nothing, whoever asks."""
    rows = Arrival.objects.filter(mailbox=mailbox).exclude(trouble="").defer("zipped").order_by("-pk")
    foreign = viewer is not None and mailbox.kind == Kind.PERSONAL and mailbox.member_id != viewer.pk
    return rows.none() if foreign else rows
