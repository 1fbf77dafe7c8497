"""What the commands about mailboxes share: which one is meant, and its password, typed or piped, never on the line."""

import sys
from getpass import getpass

from django.core.management.base import CommandError

from kept.ledgers.mailboxes.models import Mailbox


def mailbox_of(address: str) -> Mailbox:
    """The standing mailbox of that address. Raises CommandError, naming those there are."""
    found = Mailbox.objects.standing().filter(address__iexact=address.strip().lower()).first()
    if found is None:
        there = ", ".join(Mailbox.objects.standing().values_list("address", flat=True)) or "none yet"
        raise CommandError(f"No mailbox is read as {address}. There is: {there}.")
    return found


def secret(of: str, *, called: str = "Password or token") -> str:
    """Typed unseen, or the next line of standard input. Raises CommandError for none."""
    given = _typed(f"{called} of {of}: ")
    if not given:
        raise CommandError("Without a password the server lets nobody in. Type it, or pipe it in. Nothing was changed.")
    return given


def client_secret(of: str) -> str:
    """The same; some providers give none, so it may be empty."""
    return _typed(f"Client secret for {of} (empty: none): ")


def _typed(asked: str) -> str:
    given = getpass(asked) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    if not given.isprintable():
        raise CommandError("There is an invisible sign in the password. Copy it anew. Nothing was changed.")
    return given
