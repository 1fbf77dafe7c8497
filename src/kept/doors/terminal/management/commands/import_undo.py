"""`kept import undo BATCH`: take an import back."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kept.flows.undo_import import AlreadyUndone, undo_import
from kept.kit import clock, words
from kept.ledgers.journal.models import Batch

NOUNS = {
    "messages": ("message", ""),
    "conversations": ("conversation", ""),
    "hours": ("time entry", "time entries"),
    "budgets": ("budget", ""),
    "engagements": ("engagement", ""),
    "contacts": ("contact", ""),
    "clients": ("client", ""),
}


class Command(BaseCommand):
    help = "Take an import back: everything it brought. `kept import list` names the batches."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("batch", type=int, metavar="BATCH")
        parser.add_argument("--json", action="store_true", help="what went as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        batch = Batch.objects.filter(pk=options["batch"]).first()
        if batch is None:
            raise CommandError(f"There is no batch {options['batch']}. `kept import list` names those there are.")
        try:
            counts = undo_import(batch, by=None, at=clock.now())
        except AlreadyUndone as fault:
            raise CommandError(str(fault)) from None
        if options["json"]:
            self.stdout.write(json.dumps({"batch": batch.pk, **counts}))
        else:
            self.stdout.write(_said(counts))


def _said(counts: dict[str, int]) -> str:
    gone = [words.count(counts[kind], *noun) for kind, noun in NOUNS.items() if counts[kind]]
    said = f"Taken back: {words.listed(gone) or 'nothing was left of it'}."
    if counts["stayed"]:
        said += (
            f" {words.sentence(words.count(counts['stayed'], 'row'))} stayed, as something else hangs on them by now."
        )
    return said
