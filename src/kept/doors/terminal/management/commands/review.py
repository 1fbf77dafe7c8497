"""`kept review`: a client's quarter as they would read it, as PDF or JSON, assembled now from the ledgers."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kept.flows.share_review import told
from kept.kit import clock, words
from kept.kit.called import called
from kept.kit.paper import printed
from kept.ledgers.clients.models import Client
from kept.ledgers.reviews.models import Review
from kept.readings.calendars import offices
from kept.readings.review_quarter import named, quarter_before, read_quarter


class Command(BaseCommand):
    help = "A client's service review, as PDF or JSON; without a quarter that of the newest one that is over."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("client", metavar="CLIENT", help="their name")
        parser.add_argument("--quarter", metavar="QUARTER", help="such as 2026Q3")
        parser.add_argument("--pdf", metavar="FILE", type=Path, help="write it there, as paper")
        parser.add_argument("--json", action="store_true", help="as JSON, which is all that the paper is made from")

    def handle(self, *args: Any, **options: Any) -> None:
        review, at = self._review(options["client"], options["quarter"]), clock.now()
        content = told(review, at=at, offices=offices(), money=True)
        if options["pdf"]:
            self._write(options["pdf"], printed("review.typ", content, at=at))
        elif options["json"]:
            self.stdout.write(words.printable(json.dumps(content, ensure_ascii=False, indent=2)))
        else:
            self.stdout.write(words.printable(content["opening"]))

    def _review(self, name: str, typed: str | None) -> Review:
        client = called(Client.objects.all(), name.strip()).first()
        if client is None:
            raise CommandError(f"No client is called “{name}”. `kept export clients` lists them.")
        try:
            quarter = read_quarter(typed) if typed else quarter_before(clock.now().astimezone(offices().zone).date())
        except ValueError as fault:
            raise CommandError(str(fault)) from None
        found = Review.objects.filter(client=client, quarter=quarter).select_related("client__lead", "lead").first()
        if found is None:
            nobody = f"Nobody has begun the review of {client.name} for {named(quarter)}."
            raise CommandError(f"{nobody} Begin it at Reviews, where its words are written.")
        return found

    def _write(self, path: Path, body: bytes) -> None:
        try:
            path.write_bytes(body)
        except OSError as fault:
            raise CommandError(f"{path} could not be written: {fault.strerror}. Nothing else was changed.") from None
        self.stdout.write(words.printable(f"Written to {path}, {words.weight(len(body))}."))
