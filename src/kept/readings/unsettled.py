"""Which conversations are unsettled: a person wrote after we last answered; now, or at a past moment."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery

from kept.kit.written_once import written_once
from kept.ledgers.conversations.care import Assignment
from kept.ledgers.conversations.models import LONG_AGO, Conversation, Conversations, Message
from kept.ledgers.conversations.settling import CLOSED, FROM_US, THEIRS
from kept.ledgers.conversations.undelivered import peoples_words
from kept.ledgers.journal.models import Line
from kept.ledgers.team.models import Member
from kept.readings.looked_after import Talk, as_talks
from kept.readings.stamp import Stamp


class Moved(NamedTuple):
    """The journal's last line and the newest message, as they stood when conversations were read."""

    stamp: Stamp = None
    mail: int = 0


def unsettled(viewer: Member, *, at: datetime, near: bool, besides: int, replay: bool) -> tuple[list[Talk], Moved]:
    """Of those the viewer may know of; `near` leaves out other leads' clients, but for the conversation `besides`.

    With what had moved by then; nothing in a replay, and where nothing is unsettled.
    """
    if replay:
        return _unsettled_at(_known(viewer, near=near, besides=besides), at), Moved()
    rows = _unsettled_now(viewer, at, near=near, besides=besides)
    if not rows:
        return [], Moved()
    line, when, mail = rows[0][-3:]
    return [Talk(*row[:-3]) for row in rows], Moved((line, when) if line else None, mail)


def _known(viewer: Member, *, near: bool, besides: int) -> Conversations:
    known = Conversation.objects.seen_by(viewer)
    return known.filter(_near(viewer) | Q(pk=besides)) if near else known


def _near(viewer: Member) -> Q:
    nobodys = Q(member=None) | Q(member__left_on__isnull=False)
    asked = Assignment.objects.filter(nobodys | Q(member_id=viewer.pk), conversation=OuterRef("pk"))
    leads = Q(client__lead=None) | Q(client__lead_id=viewer.pk) | Q(client__lead__left_on__isnull=False)
    return Q(client=None) | leads | Q(Exists(asked))


@written_once
def _unsettled_now(
    viewer: Member, at: datetime, *, near: bool, besides: int
) -> QuerySet[Conversation, tuple[Any, ...]]:
    line = Line.objects.order_by("-pk")
    # asked with them, so that nothing can come between
    moved = (Subquery(line.values("pk")[:1]), Subquery(line.values("at")[:1]))
    mail = Subquery(Message.objects.order_by("-pk").values("pk")[:1])
    known = _known(viewer, near=near, besides=besides).unsettled()
    return as_talks(known.annotate(line=moved[0], moved_at=moved[1], mail=mail), "line", "moved_at", "mail", at=at)


def _unsettled_at(known: Conversations, at: datetime) -> list[Talk]:
    """As `_unsettled_now`, from the messages and marks there were at that moment."""
    before, marked = Q(messages__at__lte=at), Q(messages__asides__at__lte=at)
    # what was contradicted later was still taken for what a machine had written, or for a mere thank-you
    people = Q(messages__contradictions=None) | Q(messages__contradictions__at__lte=at)
    rows = (
        known.filter(started_at__lte=at)
        .values("pk")
        .annotate(
            theirs=Max("messages__at", filter=THEIRS & before & people),
            ours=Max("messages__at", filter=FROM_US & peoples_words(at, "messages__") & before & people),
            closed=Max("messages__at", filter=CLOSED & before & marked),
        )
    )
    sums = {row["pk"]: (row["theirs"], max(row["ours"] or LONG_AGO, row["closed"] or LONG_AGO)) for row in rows}
    settled = {pk: until for pk, (theirs, until) in sums.items() if theirs and theirs > until}
    talks = [Talk(*row) for row in as_talks(Conversation.objects.filter(pk__in=settled), at=at)]
    return [talk._replace(until=settled[talk.pk]) for talk in talks]
