"""`kept import time PATH`: exports of time tools, and tables of hours."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from kept.doors.imports.asking import add_flags, asking, progress, told
from kept.doors.imports.headings import as_columns
from kept.doors.imports.time_files import FIELDS, FORMATS
from kept.doors.imports.time_import import Asked, TimeReport, bring_in
from kept.flows.record_hours import UNNAMED
from kept.kit import clock, words


class Command(BaseCommand):
    help = (
        "Bring in hours from Toggl, Clockify, Harvest, Kimai or any table. Run again, it changes nothing. "
        f"Fields to --map a column to: {', '.join(sorted(FIELDS))}."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_flags(parser, dates=True)
        parser.add_argument("--format", default="auto", choices=FORMATS, help="which tool wrote it; it tells by itself")
        parser.add_argument("--person-column", metavar="COLUMN", help="the column that names who worked")
        parser.add_argument("--client", default=UNNAMED, metavar="NAME", help="whose the rows are that name no client")
        parser.add_argument("--from", default="", dest="origin", metavar="NAME", help="tells two tools' numbers apart")

    def handle(self, *args: Any, **options: Any) -> None:
        with (
            asking(self.stdout, as_json=options["json"]),
            progress("Recording hours", quiet=options["json"]) as on_progress,
        ):
            report = bring_in(
                options["path"],
                asked=_asked(options),
                at=clock.now(),
                dry_run=options["dry_run"],
                on_progress=on_progress,
            )
        self.stdout.write(told(report, _said(report, options), options))


def _asked(options: dict[str, Any]) -> Asked:
    return Asked(
        format=options["format"],
        columns=as_columns(options["map"]),
        person_column=options["person_column"],
        day_first=options["day_first"],
        unnamed=options["client"].strip() or UNNAMED,
        origin=options["origin"],
    )


def _said(report: TimeReport, options: dict[str, Any]) -> list[str]:
    new = words.count(report.new, "time entry", "time entries")
    lines = [
        f"{'Would record' if options['dry_run'] else 'Recorded'} {new} of {report.read:,} read: "
        f"{_hours(report.hours - report.hours_known)} hours. {report.known:,} were known, "
        f"{report.rejected:,} could not be taken in. {report.seconds:.1f} s.",
    ]
    if report.clients:
        lines.append(f"{words.sentence(words.count(report.clients, 'new client'))}.")
    if report.without_client:
        rows = words.sentence(words.count(report.without_client, "row"))
        lines.append(f"{rows} named no client and went to “{options['client']}”; --client NAME says whose they are.")
    if report.without_engagement:
        rows = words.sentence(words.count(report.without_engagement, "new entry", "new entries"))
        lines.append(f"{rows} belong to no engagement yet: `kept import budget` brings them, in any order.")
    if report.without_member:
        rows = words.sentence(words.count(report.without_member, "new entry", "new entries"))
        lines.append(f"{rows} are of people who are not in the team here; their names are kept.")
    return lines


def _hours(hours: float) -> str:
    return words.hours(hours * 3600, digits=2)
