"""`kept import mail PATH...`: mbox, maildir, folders of .eml, single messages."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from kept.doors.post import files
from kept.doors.post.importing import Report, bring_in
from kept.doors.post.typed_days import typed_day
from kept.flows.receive_mail import Terms
from kept.kit import clock, words

LISTED = 20  # unreadable ones shown in the terminal; --json has all


class Command(BaseCommand):
    help = "Bring in mail: mbox, maildir, folders of .eml or single messages. Run again, it changes nothing."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument(
            "--ours", action="append", default=[], metavar="DOMAIN", help="a mail domain of ours; repeatable"
        )
        parser.add_argument("--suggest-clients", action="store_true", help="a client for each firm that wrote")
        parser.add_argument("--quiet-before", metavar="DATE", help="mail before this day is history, without clocks")
        parser.add_argument("--dry-run", action="store_true", help="look at what would come, keep nothing")
        parser.add_argument("--json", action="store_true", help="what came of it as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        paths: list[Path] = options["paths"]
        missing = [str(path) for path in paths if not path.exists()]
        if missing:
            raise CommandError(f"There is nothing at {', '.join(missing)}. Nothing was imported; check the path.")
        since = typed_day(options["quiet_before"], else_done="Nothing was imported.")
        terms = Terms(quiet_before=since, suggest_clients=options["suggest_clients"])
        console = Console(stderr=True, quiet=options["json"])
        report = _with_progress(paths, terms, options, console)
        if options["json"]:
            said = json.dumps(report.told(), ensure_ascii=False)
        else:
            said = _said(report, dry_run=options["dry_run"])
        # file names were written by others
        self.stdout.write(words.printable(said))


def _with_progress(paths: list[Path], terms: Terms, options: dict[str, Any], console: Console) -> Report:
    columns = TextColumn("Reading mail"), BarColumn(), DownloadColumn(), TimeRemainingColumn()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("mail", total=files.count(paths) or 1)
        try:
            return bring_in(
                paths,
                terms=terms,
                at=clock.now(),
                dry_run=options["dry_run"],
                ours=options["ours"],
                on_progress=lambda taken: bar.advance(task, taken),
            )
        except KeyboardInterrupt:
            raise CommandError(
                "Stopped. What was received so far is kept; run the same command again to go on, "
                "or `kept import list` shows the batch and `kept import undo BATCH` takes it back."
            ) from None


def _said(report: Report, *, dry_run: bool) -> str:
    lines = [
        f"{'Would bring in' if dry_run else 'Brought in'} {words.count(report.new, 'letter')} of {report.read:,} read, "
        f"in {words.count(report.conversations, 'conversation')}; {report.known:,} were known, "
        f"{report.automatic:,} were written by machines. {report.seconds:.1f} s.",
    ]
    if report.clients:
        lines.append(f"{words.sentence(words.count(report.clients, 'new client'))}, one for each firm that wrote.")
    if report.strangers:
        lines.append(f"{words.sentence(words.count(report.strangers, 'conversation'))} with people of no client yet.")
    for trouble in report.unreadable[:LISTED]:
        lines.append(f"  {trouble['source']}: {trouble['why']} {trouble['remedy']}")
    if len(report.unreadable) > LISTED:
        lines.append(f"  and {len(report.unreadable) - LISTED} more that could not be read; --json lists them all.")
    if report.batch:
        lines.append(f"`kept import undo {report.batch}` takes it all back.")
    return "\n".join(lines)
