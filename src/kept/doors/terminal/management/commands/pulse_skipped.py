"""`kept pulse skipped`: whom we did not ask how it felt, and why; a mean without them would hide who was left out."""

import json
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand

from kept.kit import words
from kept.kit.clock import now
from kept.ledgers.pulses.models import Skip

LATELY = 90  # days


class Command(BaseCommand):
    help = "Whom we did not ask how it felt, and why."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=LATELY, help="how far back, 90 unless told otherwise")
        parser.add_argument("--json", action="store_true", help="as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        since = now() - timedelta(days=options["days"])
        told = [_told(row) for row in Skip.objects.filter(at__gte=since).select_related("client", "contact")]
        if options["json"]:
            self.stdout.write(words.printable(json.dumps(told, ensure_ascii=False, indent=2)))
        elif not told:
            self.stdout.write(f"Nobody was passed over in the last {options['days']} days.")
        for one in [] if options["json"] else told:
            why = f"{one['why']} {one['words']}".strip()
            self.stdout.write(words.printable(f"{one['at'][:10]}  {one['contact']}, {one['client']}: {why}"))


def _told(row: Skip) -> dict[str, Any]:
    return {
        "at": row.at.isoformat(),
        "client": row.client.name,
        "contact": row.contact.name,
        "occasion": row.occasion,
        "about": row.about,
        "why": f"{row.get_why_display()}.",
        "words": row.words,
    }
