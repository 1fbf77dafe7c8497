"""A draft seen from outside: as a row of a list, and what is noticed in its words."""

from typing import Any

from django.urls import reverse

from kept.doors.desk.inbox_words import Eye
from kept.doors.desk.letters_noticed import Noticed, noticed
from kept.doors.desk.letters_receivers import called
from kept.kit import words
from kept.ledgers.letters.models import Letter, Skeleton
from kept.ledgers.team.models import Member
from kept.readings.calendars import offices
from kept.readings.drafts import contact_of, draft_count
from kept.readings.rhythm import if_sent_now
from kept.readings.sameness import sameness


def draft_line(draft: Letter, eye: Eye) -> dict[str, Any]:
    """A draft as a row of a list."""
    client = draft.client or (draft.conversation.client if draft.conversation else None)
    return {
        "pk": draft.pk,
        "to": reverse("desk:letter", args=[draft.pk]),
        "who": called(draft.to) or "Nobody yet",
        "of": client.name if client else "",
        "subject": draft.subject or "(without a subject)",
        "cut": " ".join(draft.words[:200].split()),
        "kept": words.moment(draft.changed_at, now=eye.now, zone=eye.zone),
        "title": words.full(draft.changed_at, eye.zone),
    }


def letters_begun(viewer: Member) -> str:
    """ "Two drafts", "" of none."""
    count = draft_count(viewer)
    return words.sentence(words.count(count, "draft")) if count else ""


def comes_back(draft: Letter, *, viewer: Member, eye: Eye) -> dict[str, str]:
    """When the letter should come back if it went now, and why. Five queries."""
    contact, places = contact_of(viewer, [email for _, email in draft.to]), offices()
    day, why = if_sent_now(contact, client=draft.client, at=eye.now, offices=places)
    local = day.astimezone(eye.zone).date()
    return {"day": local.isoformat(), "says": f"{why} That would be {words.long_day(local)}."}


def told(draft: Letter, *, viewer: Member, eye: Eye) -> list[Noticed]:
    """What is noticed in the draft, for its writer alone. Five queries; none of an empty one."""
    if not draft.words.strip():
        return []
    approved = list(Skeleton.objects.values_list("words", flat=True))
    to = called(draft.to[:1])
    return noticed(sameness(draft.words, viewer=viewer, client=draft.client, at=eye.now, to=to, skeletons=approved))
