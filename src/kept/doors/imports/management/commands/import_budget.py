"""`kept import budget PATH`: what was sold, engagement by engagement."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from kept.doors.imports.asking import add_flags, asking, progress, told
from kept.doors.imports.budget_import import BudgetReport, bring_in
from kept.doors.imports.budgets import FIELDS
from kept.doors.imports.headings import as_columns
from kept.kit import clock, words


class Command(BaseCommand):
    help = (
        "Bring in budgets: a table of client, engagement, kind (retainer, fixed or hourly), starts, ends, hours, fee "
        "and currency; of a retainer hours and fee are for each month. Run again, it changes nothing. "
        f"Fields to --map a column to: {', '.join(sorted(FIELDS))}."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_flags(parser, dates=True)

    def handle(self, *args: Any, **options: Any) -> None:
        with (
            asking(self.stdout, as_json=options["json"]),
            progress("Agreeing budgets", quiet=options["json"]) as on_progress,
        ):
            report = bring_in(
                options["path"],
                columns=as_columns(options["map"]),
                day_first=options["day_first"],
                at=clock.now(),
                dry_run=options["dry_run"],
                on_progress=on_progress,
            )
        self.stdout.write(told(report, _said(report, options), options))


def _said(report: BudgetReport, options: dict[str, Any]) -> list[str]:
    would = "Would agree" if options["dry_run"] else "Agreed"
    lines = [
        f"{would} {words.count(report.new, 'budget')} of {report.read:,} read. {report.known:,} were known, "
        f"{report.rejected:,} could not be taken in. {report.seconds:.1f} s.",
    ]
    opened = [
        words.count(number, noun)
        for number, noun in ((report.clients, "new client"), (report.engagements, "new engagement"))
        if number
    ]
    if opened:
        lines.append(f"{words.sentence(words.listed(opened))}.")
    if report.gathered:
        entries = words.sentence(words.count(report.gathered, "time entry", "time entries"))
        lines.append(f"{entries} recorded before under these names now count against them.")
    return lines
