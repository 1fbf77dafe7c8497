"""`kept mailbox rekey`: passwords that an older key closed are closed anew with the newest."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kept.kit import clock, words
from kept.kit.secrets import Unreadable
from kept.ledgers.mailboxes import verbs


class Command(BaseCommand):
    help = "Encrypt every password of a mailbox with the first of KEPT_SECRETS; then the older keys can go."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            turned = verbs.rekey(by=None, at=clock.now())
        except Unreadable as fault:
            raise CommandError(
                f"{fault} Name that key again, at the end of KEPT_SECRETS; nothing was changed."
            ) from None
        said = f"{words.count(turned, 'password')} turned over." if turned else "All are closed with the newest key."
        self.stdout.write(words.sentence(said))
