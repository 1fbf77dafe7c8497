"""`kept mailbox resume ADDRESS`: reads it again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from kept.doors.post.asking import mailbox_of
from kept.kit import clock
from kept.ledgers.mailboxes import verbs


class Command(BaseCommand):
    help = "Go on reading a mailbox that was paused."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address")

    def handle(self, *args: Any, **options: Any) -> None:
        mailbox = mailbox_of(options["address"])
        verbs.resume(mailbox, by=None, at=clock.now())
        self.stdout.write(f"{mailbox} is read again, from where it was left.")
