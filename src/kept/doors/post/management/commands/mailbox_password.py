"""`kept mailbox password ADDRESS`: another password, token or refresh token, typed or piped in."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kept.doors.post import asking
from kept.doors.post.imap_trial import try_out
from kept.kit import clock
from kept.ledgers.mailboxes import verbs
from kept.ledgers.mailboxes.accounts import secret_of, with_secret


class Command(BaseCommand):
    help = "Sign in to a mailbox with another password or token from now on; it is tried out first."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address")
        parser.add_argument("--untried", action="store_true", help="keep it even if the server does not answer now")

    def handle(self, *args: Any, **options: Any) -> None:
        mailbox = asking.mailbox_of(options["address"])
        called = "refresh token" if mailbox.token_url else "password"
        given = asking.secret(mailbox.address, called="Refresh token" if mailbox.token_url else "Password or token")
        if not options["untried"]:
            trial = with_secret(mailbox, given)
            try:
                try_out(trial)
            except ValueError as fault:
                raise CommandError(f"{fault} The {called} before is kept.") from None
            given = secret_of(trial)
        verbs.give_secret(mailbox, secret=given, by=None, at=clock.now())
        self.stdout.write(f"{mailbox} is read with the new {called}.")
