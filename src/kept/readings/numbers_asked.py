"""What a number tried would do to questions: about which moments people are asked, and when they are reminded."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from kept.flows.pulse_moments import Season
from kept.flows.pulse_people import SERVED
from kept.flows.remind_pulse import TO_ANSWER, due_at, unanswered
from kept.ledgers.deliverables.models import Receipt, ReceiptKind
from kept.ledgers.pulses.models import Invitation, Occasion
from kept.ledgers.touches.models import Ending, EndingKind
from kept.readings.numbers_asking import seasons
from kept.readings.numbers_effects import Change, Changes, Trial, gathered

type Moment = tuple[str, datetime, int, str]  # its key, when it was, the client, what it was about


def of_moments(tried: Trial) -> Changes[bool]:
    """Meetings and accepted work of which nobody was asked yet: whether they are near enough. Four queries.

    None of an occasion at which nobody is asked.
    """
    now, then = seasons(tried)
    reach = min(_earliest(now), _earliest(then))
    found = [*_meetings(now, reach, tried), *_accepted(now, reach, tried)]
    asked = set(Invitation.objects.filter(moment__in=[key for key, *_ in found]).values_list("moment", flat=True))
    every = (
        Change(client, tried.named[client], at >= _earliest(now), at >= _earliest(then), about=about)
        for key, at, client, about in found
        if key not in asked
    )
    return gathered(every, of=tried)


def of_reminders(tried: Trial) -> Changes[datetime | None]:
    """When each who was asked and has not answered is reminded; None: not before the question closes. Two queries."""
    now, then = seasons(tried)
    every = (
        Change(row.client_id, tried.named[row.client_id], _due(row, now), _due(row, then), about=row.contact.name)
        for row in unanswered(tried.at)
        if row.client_id in tried.named
    )
    return gathered(every, of=tried)


def _due(row: Invitation, season: Season) -> datetime | None:
    """What is due already goes today."""
    due = due_at(row, season)
    return max(due, season.at) if due is not None and due + TO_ANSWER < row.closes_at else None


def _earliest(season: Season) -> datetime:
    return season.at - timedelta(days=season.numbers.moment_within)


def _meetings(season: Season, reach: datetime, tried: Trial) -> Iterator[Moment]:
    since = season.habits.get(Occasion.MEETING)
    rows = Ending.objects.filter(kind=EndingKind.HELD, meeting__planned_at__lt=season.at)
    rows = _of(rows, "meeting__client", tried).filter(meeting__planned_at__gte=max(since or season.at, reach))
    for pk, at, client, about in rows.values_list(
        "meeting", "meeting__planned_at", "meeting__client", "meeting__about"
    ).order_by("meeting__planned_at", "pk"):
        yield f"touches.Meeting:{pk}", at, client, about


def _accepted(season: Season, reach: datetime, tried: Trial) -> Iterator[Moment]:
    since = season.habits.get(Occasion.MILESTONE)
    rows = Receipt.objects.filter(kind=ReceiptKind.ACCEPTED, said_at__lt=season.at)
    rows = _of(rows, "deliverable__client", tried).filter(said_at__gte=max(since or season.at, reach))
    for pk, at, client, about in rows.values_list(
        "deliverable", "said_at", "deliverable__client", "deliverable__name"
    ).order_by("said_at", "pk"):
        yield f"deliverables.Deliverable:{pk}", at, client, about


def _of(rows: QuerySet[Any], client: str, tried: Trial) -> QuerySet[Any]:
    """Those of clients who may be asked at all, of whom the viewer may know."""
    return rows.filter(**{f"{client}__in": tried.named, f"{client}__stage__in": SERVED})
