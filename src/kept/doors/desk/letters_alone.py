"""The page of a letter that belongs to no conversation yet: where it is written, and what became of it."""

from dataclasses import replace
from typing import Any

from django.urls import reverse

from kept.doors.desk.conversation_words import owed
from kept.doors.desk.inbox_glance import when
from kept.doors.desk.inbox_words import Eye
from kept.doors.desk.letters_composer import writing
from kept.doors.desk.letters_receivers import called
from kept.doors.desk.letters_ways import way
from kept.doors.desk.mailto import draft
from kept.kit.names import calling
from kept.ledgers.letters.models import Letter, Skeleton
from kept.ledgers.team.models import Member
from kept.readings.calendars import offices
from kept.readings.conversation_page import beside
from kept.readings.drafts import contact_of, files_of, mailboxes_of


def alone(letter: Letter, *, viewer: Member, eye: Eye, begin: bool) -> dict[str, Any]:
    """The context of desk/letter.html."""
    context: dict[str, Any] = {"place": "inbox", "letter": letter, "says": _says(letter)}
    context |= _person(letter, viewer=viewer, eye=eye)
    if letter.go_at is not None:
        return context | {"one": way(letter, eye)}
    if letter.dropped_at is not None:
        return context
    boxes, files = list(mailboxes_of(viewer)), files_of([letter]).get(letter.pk, [])
    drawn = writing(
        letter,
        files,
        eye=eye,
        way_out=any(box.smtp_host for box in boxes),
        back=reverse("desk:letter", args=[letter.pk]),
    )
    return context | {
        "c": replace(drawn, mailto=draft(letter)),
        "mailboxes": boxes,
        "receivers": letter.client_id or 0,
        "skeletons": list(Skeleton.objects.filter(retired_at=None)) if begin else [],
        "begin_to": "?begin=1#begin",
    }


def _says(letter: Letter) -> str:
    """The first words of the page."""
    whom = called(letter.to)
    if letter.dropped_at is not None:
        return "This letter was thrown away."
    if letter.go_at is not None:
        return f"Your letter to {whom}: {letter}"
    return f"A letter to {whom}." if whom else "A letter to somebody."


def _person(letter: Letter, *, viewer: Member, eye: Eye) -> dict[str, Any]:
    """Whom one writes to, and how they like it."""
    contact = contact_of(viewer, [email for _, email in letter.to])
    client = letter.client or (contact.client if contact else None)
    known = beside(client, contact, at=eye.now, offices=offices())
    return {
        "first": calling(contact.name) if contact else called(letter.to[:1]) or "them",
        "client": client,
        "contact": contact,
        "known": known,
        "agreed": known.agreement.lines() if known.agreement else [],
        "owed": owed(known.owed, eye),
        "said_last": known.last,
        "said_when": when(known.last, eye) if known.last else "",
    }
