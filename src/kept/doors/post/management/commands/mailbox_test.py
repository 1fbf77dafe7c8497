"""`kept mailbox test ADDRESS`: whether it answers, and which folders there are."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kept.doors.post.asking import mailbox_of
from kept.doors.post.imap_trial import try_out
from kept.kit import clock, words
from kept.ledgers.mailboxes import arriving


class Command(BaseCommand):
    help = "Connect to a mailbox and say what is there; nothing is fetched."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address")

    def handle(self, *args: Any, **options: Any) -> None:
        mailbox = mailbox_of(options["address"])
        try:
            found = try_out(mailbox)
        except ValueError as trouble:
            arriving.looked(mailbox, at=clock.now(), trouble=str(trouble))
            raise CommandError(words.printable(str(trouble))) from None
        lines = [f"{mailbox} answers; {words.count(found.messages, 'mail')} in {words.listed(found.chosen)}."]
        lines.append(f"Folders: {', '.join(found.folders)}.")
        self.stdout.write(words.printable("\n".join(lines)))
