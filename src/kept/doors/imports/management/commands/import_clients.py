"""`kept import clients PATH`: clients and their people, from a CRM, an address book or any table."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from kept.doors.imports.asking import add_flags, asking, listed, progress, told
from kept.doors.imports.client_import import ClientReport, bring_in
from kept.doors.imports.client_lists import FIELDS
from kept.doors.imports.headings import as_columns
from kept.kit import clock, words


class Command(BaseCommand):
    help = (
        "Bring in clients and their people: a HubSpot, Pipedrive, Salesforce or Google export, any table, or vCards. "
        f"Run again, it changes nothing. Fields to --map a column to: {', '.join(sorted(FIELDS))}."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_flags(parser, dates=False)

    def handle(self, *args: Any, **options: Any) -> None:
        with (
            asking(self.stdout, as_json=options["json"]),
            progress("Meeting people", quiet=options["json"]) as on_progress,
        ):
            report = bring_in(
                options["path"],
                columns=as_columns(options["map"]),
                at=clock.now(),
                dry_run=options["dry_run"],
                on_progress=on_progress,
            )
        self.stdout.write(told(report, _said(report, options), options))


def _said(report: ClientReport, options: dict[str, Any]) -> list[str]:
    met = [
        words.count(number, noun)
        for number, noun in (
            (report.clients, "new client"),
            (report.contacts, "new contact"),
            (report.domains, "new mail domain"),
        )
        if number
    ]
    would = "Would bring" if options["dry_run"] else "Brought"
    lines = [
        f"{would} {words.listed(met) or 'nobody new'}, from {report.read:,} rows read. {report.known:,} were known, "
        f"{report.rejected:,} could not be taken in. {report.seconds:.1f} s.",
    ]
    if report.conversations:
        found = words.sentence(words.count(report.conversations, "conversation"))
        lines.append(f"{found} of strangers turned out to be with clients, and stand with them now.")
    return [*lines, *listed(options["path"], report.remarks)]
