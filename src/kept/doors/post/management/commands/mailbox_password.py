"""`kept mailbox password ADDRESS`: another password or token, typed or piped in; for tokens that run out."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kept.doors.post import asking
from kept.doors.post.imap_trial import try_out
from kept.kit import clock
from kept.kit.secrets import close
from kept.ledgers.mailboxes import verbs


class Command(BaseCommand):
    help = "Sign in to a mailbox with another password or token from now on; it is tried out first."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address")
        parser.add_argument("--untried", action="store_true", help="keep it even if the server does not answer now")

    def handle(self, *args: Any, **options: Any) -> None:
        mailbox = asking.mailbox_of(options["address"])
        given = asking.secret(mailbox.address)
        if not options["untried"]:
            trial = asking.mailbox_of(options["address"])
            trial.secret = close(given)
            try:
                try_out(trial)
            except ValueError as fault:
                raise CommandError(f"{fault} The password before is kept.") from None
        verbs.give_secret(mailbox, secret=given, by=None, at=clock.now())
        self.stdout.write(f"{mailbox} is read with the new password.")
