"""The way out of a mailbox: its own server for outgoing mail, else the firm's."""

import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any, cast

from django.conf import settings

from kept.doors.post.access import is_renewed, secret_for
from kept.doors.post.authorities import trusted
from kept.doors.post.imap_reach import may_send_by
from kept.doors.post.token_giver import NoToken
from kept.ledgers.mailboxes.models import Auth, Kind, Mailbox, Security


class NoWay(Exception):
    """There is no server to hand letters to, or it must not be used as it is set up; a sentence with what to do."""


@dataclass(frozen=True)
class Way:
    """A server that takes letters, and how it lets us in; without `username` it asks for nothing."""

    host: str
    port: int
    security: str
    username: str = ""
    secret: str = field(default="", repr=False)
    auth: str = Auth.PASSWORD
    renewed: Callable[[str], str] | None = field(default=None, repr=False, compare=False)  # refused token -> fresh one

    def trusted(self) -> ssl.SSLContext:
        """Whom we believe to be that server."""
        return trusted()

    def bearer(self, token: str) -> str:
        """What XOAUTH2 wants to be told (Google's and Microsoft's way of signing in by a token)."""
        return f"user={self.username}\1auth=Bearer {token}\1\1"


def way_of(mailbox: Mailbox | None) -> Way:
    """The server for letters of this mailbox. Raises NoWay, and secrets.Unreadable."""
    if mailbox is None or not mailbox.smtp_host:
        return _of_the_firm()
    if mailbox.kind == Kind.PERSONAL and not may_send_by(mailbox):
        host = mailbox.smtp_host
        raise NoWay(f"{host} is not a public server for letters. Ask an owner to add a mailbox that uses it first.")
    if mailbox.smtp_security == Security.PLAIN and not _is_here(mailbox.smtp_host):
        host = mailbox.smtp_host
        raise NoWay(f"{host} would get the password in the clear. Choose TLS or STARTTLS for this mailbox.")
    try:
        secret = secret_for(mailbox)
    except NoToken as fault:
        raise NoWay(str(fault)) from None
    return Way(
        mailbox.smtp_host,
        mailbox.smtp_port,
        mailbox.smtp_security,
        mailbox.username,
        secret,
        mailbox.auth,
        renewed=(lambda refused: secret_for(mailbox, refused=refused)) if is_renewed(mailbox) else None,
    )


def _of_the_firm() -> Way:
    options = cast("dict[str, Any]", settings.MAILERS["default"].get("OPTIONS") or {})
    if not options.get("host"):
        raise NoWay("There is no server for outgoing mail. Give the mailbox one in Settings, or set KEPT_SMTP_HOST.")
    security = Security.TLS if options["use_ssl"] else Security.STARTTLS if options["use_tls"] else Security.PLAIN
    return Way(options["host"], options["port"], security, options["username"] or "", options["password"] or "")


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
