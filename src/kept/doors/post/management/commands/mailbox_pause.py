"""`kept mailbox pause ADDRESS`: reads it no more for now."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from kept.doors.post.asking import mailbox_of
from kept.kit import clock
from kept.ledgers.mailboxes import verbs


class Command(BaseCommand):
    help = "Stop reading a mailbox for now."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address")

    def handle(self, *args: Any, **options: Any) -> None:
        mailbox = mailbox_of(options["address"])
        verbs.pause(mailbox, by=None, at=clock.now())
        self.stdout.write(f"{mailbox} is paused. `kept mailbox resume` goes on where it was left.")
