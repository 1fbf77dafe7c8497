"""`kept import list`: the imports there were."""

from typing import Any

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from kept.kit import words
from kept.ledgers.journal.models import Batch
from kept.readings.calendars import offices


class Command(BaseCommand):
    help = "The imports there were, newest first."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        zone = offices().zone
        table = Table(box=None, pad_edge=False)
        for column in ("batch", "what", "from", "when", "new", ""):
            table.add_column(column, overflow="fold")
        for batch in Batch.objects.all()[:100]:
            undone = f"taken back {batch.undone_at.astimezone(zone):%d %b %Y}" if batch.undone_at else ""
            when = f"{batch.at.astimezone(zone):%a %d %b %Y, %H:%M}"
            source = escape(words.printable(batch.source))
            table.add_row(str(batch.pk), batch.kind, source, when, str(batch.counts.get("new", "")), undone)
        if table.row_count:
            Console(highlight=False).print(table)
        else:
            self.stdout.write("Nothing was imported yet.")
