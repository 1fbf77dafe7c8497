"""`kept mailbox remove ADDRESS`: reads it no longer."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from kept.doors.post.asking import mailbox_of
from kept.kit import clock
from kept.ledgers.mailboxes import verbs


class Command(BaseCommand):
    help = "Read a mailbox no longer; what it brought stays."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address")

    def handle(self, *args: Any, **options: Any) -> None:
        mailbox = mailbox_of(options["address"])
        verbs.remove(mailbox, by=None, at=clock.now())
        self.stdout.write(f"{mailbox} is read no longer. What it brought stays.")
