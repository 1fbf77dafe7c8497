"""`kept reparse`: reads every original again with today's parser."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from kept.doors.post.reparse import Report, how_many, reparse
from kept.doors.post.typed_days import typed_day
from kept.kit import clock, words


class Command(BaseCommand):
    help = (
        "Read every kept original again, and mail that could not be read before, with the parser as it is today. "
        "What people contradicted stays as they said. It may be stopped anywhere and run again."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--since", metavar="DATE", help="only messages from this day on")
        parser.add_argument("--dry-run", action="store_true", help="count what would change, change nothing")
        parser.add_argument("--json", action="store_true", help="what came of it as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        since = typed_day(options["since"], else_done="Nothing was changed.")
        columns = TextColumn("Reading again"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
        with Progress(*columns, console=Console(stderr=True, quiet=options["json"]), transient=True) as bar:
            task = bar.add_task("mail", total=how_many(since) or 1)
            try:
                report = reparse(
                    at=clock.now(), since=since, dry_run=options["dry_run"],
                    on_progress=lambda done: bar.advance(task, done),
                )  # fmt: skip
            except KeyboardInterrupt:
                raise CommandError("Stopped. What was read again is kept; run it again to go on.") from None
        said = json.dumps(report.told()) if options["json"] else _said(report, dry_run=options["dry_run"])
        self.stdout.write(said)


def _said(report: Report, *, dry_run: bool) -> str:
    each = f", {report.read / report.seconds:,.0f} a second" if report.seconds else ""
    done = "would change" if dry_run else "changed"
    lines = [
        f"Read {report.read:,} messages again in {report.seconds:.1f} s{each}; "
        f"{report.changed:,} {done}{_listed(report.fields)}."
    ]
    if report.unreadable:
        lines.append(f"{words.sentence(words.count(report.unreadable, 'original'))} could not be read; left as before.")
    if report.placed:
        lines.append(f"{words.sentence(words.count(report.placed, 'mail'))} that could not be read before came in.")
    if report.still_apart:
        lines.append(f"{words.sentence(words.count(report.still_apart, 'mail'))} can still not be read.")
    return "\n".join(lines)


def _listed(fields: dict[str, int]) -> str:
    told = [f"{name} of {many:,}" for name, many in sorted(fields.items(), key=lambda each: -each[1])]
    return f" ({', '.join(told)})" if told else ""
