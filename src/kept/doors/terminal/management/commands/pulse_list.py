"""`kept pulse list`: whom we asked how it felt, what became of it, and which calls are to be made."""

import json
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand

from kept.kit import words
from kept.kit.clock import now
from kept.ledgers.pulses.models import MARKS, Answer, FollowUp, Invitation

LATELY = 90  # days


class Command(BaseCommand):
    help = "Whom we asked how it felt, what became of it, and which calls are to be made."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=LATELY, help="how far back, 90 unless told otherwise")
        parser.add_argument("--json", action="store_true", help="as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        since = now() - timedelta(days=options["days"])
        rows = Invitation.objects.filter(at__gte=since).select_related(
            "client", "contact", "by", "letter", "answer__follow_up__owner"
        )
        told = [_told(row) for row in rows]
        if options["json"]:
            self.stdout.write(words.printable(json.dumps(told, ensure_ascii=False, indent=2)))
        elif not told:
            self.stdout.write(f"Nobody was asked in the last {options['days']} days. `kept pulse ask` asks somebody.")
        else:
            for one in told:
                self.stdout.write(words.printable(_line(one)))


def _told(row: Invitation) -> dict[str, Any]:
    answer: Answer | None = getattr(row, "answer", None)
    call: FollowUp | None = getattr(answer, "follow_up", None)
    return {
        "invitation": row.pk,
        "client": row.client.name,
        "contact": row.contact.name,
        "occasion": row.occasion,
        "about": row.about,
        "by": row.by.name,
        "at": row.at.isoformat(),
        "sent": bool(row.letter and row.letter.accepted_at),
        "reminded": row.reminded_at.isoformat() if row.reminded_at else None,
        "state": "answered" if answer else str(row.standing(now())),
        "marks": {name: getattr(answer, name) for name in MARKS if answer and getattr(answer, name) is not None},
        "words": answer.words if answer else "",
        "follow_up": _call(call) if call else None,
    }


def _call(call: FollowUp) -> dict[str, Any]:
    return {
        "owner": call.owner.name,
        "spoke": call.spoke_at.isoformat() if call.spoke_at else None,
        "outcome": call.outcome or None,
    }


def _line(one: dict[str, Any]) -> str:
    """ "Cleo North, Borealis, the quarter: answered, secure 4 and delighted 8; Bo Field is to speak with them"."""
    marks = words.listed([f"{'the work' if name == 'mark' else name} {mark}" for name, mark in one["marks"].items()])
    about = one["about"] or f"the {one['occasion']}"
    said = f"{one['invitation']}  {one['contact']}, {one['client']}, {about}: {one['state']}"
    call = one["follow_up"]
    calling = f"; {call['owner']} is to speak with them" if call and not call["spoke"] else ""
    return said + (f", {marks}" if marks else "") + calling
