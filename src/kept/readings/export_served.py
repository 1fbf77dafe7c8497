"""Meetings, work handed over and bills as plain facts, row by row."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from kept.ledgers.bills.models import Bill
from kept.ledgers.deliverables.models import Deliverable
from kept.ledgers.team.models import Member
from kept.ledgers.touches.models import Meeting
from kept.readings.evidence.bills import verdict_of
from kept.readings.trust_numbers import parameters_at

Facts = dict[str, Any]
CHUNK = 500


def meetings(viewer: Member, *, at: datetime) -> Iterator[Facts]:
    """Every meeting the viewer may know of, with how it ended and who of us was promised and came."""
    rows = Meeting.objects.seen_by(viewer).select_related("client", "engagement", "ending__held_by")
    for row in rows.prefetch_related("people__member").order_by("pk").iterator(CHUNK):
        people = list(row.people.all())
        ending = getattr(row, "ending", None)
        yield {
            "id": row.pk,
            "client": row.client.name,
            "engagement": row.engagement.name if row.engagement else None,
            "about": row.about,
            "planned_at": row.planned_at,
            "ended": ending.kind if ending else None,
            "minutes_late": ending.minutes_late if ending else None,
            "held_by": ending.held_by.name if ending and ending.held_by else None,
            "help_asked": ending.help_asked if ending else None,
            "words": ending.words if ending else "",
            "promised": [one.member.name for one in people if one.promised],
            "came": [one.member.name for one in people if one.came],
        }


def deliverables(viewer: Member, *, at: datetime) -> Iterator[Facts]:
    """All work handed over to clients the viewer may know of, with what was said of it."""
    rows = Deliverable.objects.seen_by(viewer).select_related("client", "engagement")
    for row in rows.prefetch_related("receipts__contact").order_by("pk").iterator(CHUNK):
        yield {
            "id": row.pk,
            "client": row.client.name,
            "engagement": row.engagement.name if row.engagement else None,
            "name": row.name,
            "handed_at": row.handed_at,
            "rounds": row.rounds,
            "receipts": [
                {"kind": one.kind, "said_at": one.said_at, "contact": one.contact.name if one.contact else None,
                 "words": one.words}
                for one in row.receipts.all()
            ],
        }  # fmt: skip


def bills(viewer: Member, *, at: datetime) -> Iterator[Facts]:
    """Every bill the viewer may know of and what it was to them; amounts and words to those who may see money."""
    streams = parameters_at(at).streams
    rows = Bill.objects.seen_by(viewer).select_related("client", "engagement")
    for row in rows.prefetch_related("surprises__contact").order_by("pk").iterator(CHUNK):
        judged = verdict_of(row, streams=streams)
        facts = {"id": row.pk, "client": row.client.name, "sent_on": row.sent_on, "verdict": judged}
        yield facts | (_money(row) if viewer.may_see_money else {})


def _money(row: Bill) -> Facts:
    return {
        "engagement": row.engagement.name if row.engagement else None,
        "number": row.number,
        "link": row.link,
        "amount": row.amount,
        "quoted": row.quoted,
        "currency": row.currency,
        "told_beforehand": row.told_beforehand,
        "surprises": [
            {"opened_at": one.opened_at, "contact": one.contact.name if one.contact else None, "words": one.words,
             "settled_at": one.settled_at, "how": one.how}
            for one in row.surprises.all()
        ],
    }  # fmt: skip
