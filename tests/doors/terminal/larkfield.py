"""Looking at the demo as a whole: all its rows, the latest of its moments, its morning brief."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models

from kept.doors.terminal.demo import story
from kept.doors.terminal.demo.stage import HOME
from kept.ledgers.conversations.models import Message, Request
from kept.ledgers.hours.models import Entry
from kept.ledgers.journal.models import Line
from kept.ledgers.promises.models import Candidate, Outcome, Promise
from kept.ledgers.team.models import Member
from kept.readings.brief import Brief, brief

A_TUESDAY = datetime(2026, 10, 20, 9, 40, tzinfo=HOME)
MAY_LIE_AHEAD = {  # what is agreed for a day to come; everything else has happened
    "Promise.due",
    "Promise.first_due",
    "Outcome.new_due",
    "Meeting.planned_at",
    "Outcome.was_due",
    "Candidate.due",
    "Request.by_at",
    "Aside.until",
    "Engagement.ends",
    "Budget.ends",
    "Holiday.day",
    "Invitation.closes_at",
}


def brief_of(key: str, at: datetime = A_TUESDAY) -> Brief:
    return brief(Member.objects.get(email=f"{key}@larkfield.example"), at=at)


def rows() -> dict[str, list[Any]]:
    """All that a reader could tell apart, without the numbers the database gives."""
    found = {
        "messages": list(
            Message.objects.values_list(
                "message_id",
                "at",
                "sender_email",
                "to",
                "subject",
                "automatic",
                "body__text",
                "conversation__client__name",
            )
        ),
        "promises": list(
            Promise.objects.values_list("words", "made_at", "due", "ended_at", "by__name", "contact__name", "size")
        ),
        "outcomes": list(Outcome.objects.values_list("kind", "at", "new_due", "agreed")),
        "hours": list(
            Entry.objects.values_list(
                "external_id", "day", "person", "seconds", "client__name", "engagement__name", "note", "billable"
            )
        ),
        "offers": list(Candidate.objects.values_list("words", "due", "by__name", "contact__name", "client__name")),
        "requests": list(Request.objects.values_list("words", "by_at", "urgent", "probability")),
        "journal": list(Line.objects.values_list("at", "verb", "by_name", "said")),
    }
    return {name: sorted(every, key=str) for name, every in found.items()}


def happened_after(at: datetime) -> dict[str, datetime]:
    """The columns that hold a later moment, though what they tell cannot lie ahead."""
    return {name: latest for name, latest in _latest_of_all() if latest > at and name not in MAY_LIE_AHEAD}


def _latest_of_all() -> Iterator[tuple[str, datetime]]:
    """The latest moment in every column of moments or days of every ledger."""
    for label in story.LEDGERS:
        for model in apps.get_app_config(label).get_models():
            for column in model._meta.get_fields():
                if isinstance(column, models.DateField):
                    latest = model._default_manager.aggregate(latest=models.Max(column.name))["latest"]
                    if latest is not None:
                        yield f"{model.__name__}.{column.name}", _moment_of(latest)


def _moment_of(latest: date | datetime) -> datetime:
    if isinstance(latest, datetime):
        return latest
    return datetime.combine(latest, datetime.min.time(), HOME)
