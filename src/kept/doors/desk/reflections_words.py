"""What the page of reflections says: its sentence, and each reflection as it is drawn."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse

from kept.kit import words
from kept.ledgers.reflections.models import Kind, Wording
from kept.readings.reflections import Occasion, Reflecting, Thought

# rows that have a page of their own; another is told in its words alone
PAGES = {"promises.Promise": "desk:promise"}


@dataclass(frozen=True)
class Eye:
    """Whose page it is: now, and in which zone they read."""

    at: datetime
    zone: ZoneInfo

    def day(self, at: datetime) -> str:
        return words.day(at.astimezone(self.zone).date(), today=self.at.astimezone(self.zone).date())


def opening(one: Reflecting) -> str:
    """The sentence on top."""
    if not one.thoughts:
        if one.occasions:
            return f"Nothing was thought over with {one.client.name} yet, though something happened."
        return f"Nothing was thought over with {one.client.name} yet."
    learned = words.sentence(words.count(len(one.thoughts), "thing", "things"))
    return f"{learned} learned with {one.client.name}. The last change: {_plain(one.thoughts[0].now.change)}"


def _plain(said: str) -> str:
    return said if said.endswith((".", "!", "?")) else f"{said}."


def thought(one: Thought, eye: Eye) -> dict[str, Any]:
    """A reflection as the template draws it."""
    row = one.row
    return {
        "row": row,
        "kind": "After a delight" if row.kind == Kind.DELIGHT else "After a disappointment",
        "day": eye.day(row.at),
        "by": row.by.first_name if row.by else "somebody who has gone",
        "to": page_of(row.after_noun, row.after_id),
        "now": one.now,
        "earlier": [(eye.day(wording.at), wording) for wording in one.wordings[1:]],
        "undo": undo_of(one.wordings[0]) if len(one.wordings) > 1 else "",
        "moved": [moved(each) for each in row.moved],
    }


def moved(one: dict[str, Any]) -> dict[str, str]:
    """A row of trust as it stood: its words, its points with their sign, and its page if it has one."""
    points = float(one.get("points", 0))
    return {
        "words": str(one.get("words", "")),
        "points": f"{points:+.1f}".replace("-", "−"),
        "to": page_of(str(one.get("noun", "")), one.get("pk")),
    }


def occasion(one: Occasion, eye: Eye, *, client: int) -> dict[str, str]:
    """Something to think over, and where."""
    here = reverse("desk:reflections", args=[client])
    return {
        "words": one.words,
        "day": eye.day(one.at),
        "kind": one.kind.label,
        "to": f"{here}?after={one.noun}:{one.pk}#write",
        "key": key_of(one),
    }


def key_of(one: Occasion) -> str:
    """How a form names it."""
    return f"{one.noun}:{one.pk}"


def undo_of(wording: Wording) -> str:
    row = wording.reflection
    return reverse("desk:reflection_wording", args=[row.client_id, row.pk, wording.pk])


def page_of(noun: str, pk: int | None) -> str:
    name = PAGES.get(noun)
    return reverse(name, args=[pk]) if name and pk else ""
