"""What it takes to read an account, and the row it becomes: as it is given by somebody, before it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from ipaddress import ip_address
from urllib.parse import urlsplit

from kept.kit import secrets
from kept.ledgers.mailboxes.models import Auth, Kind, Mailbox, Security
from kept.ledgers.team.models import Member


@dataclass(frozen=True)
class Renewal:
    """Where fresh access tokens are asked for, and as whom: the address, and the client as it was registered there.

    `client_secret` may be empty: some providers give none.
    """

    token_url: str
    client_id: str
    client_secret: str = ""

    def __repr__(self) -> str:
        return f"Renewal({self.token_url!r})"  # a traceback must not show the secret


@dataclass(frozen=True)
class Account:
    """What it takes to read an account. `member`: whose own it is; None: shared. `secret`: as it was given, not kept.

    With a `renewal` the secret is the refresh token. Of mail before `quiet_before` none starts a clock. An empty
    `folders`: INBOX and where sent mail lies. An empty `smtp_host`: letters go by the firm's own server.
    """

    address: str
    host: str
    username: str
    secret: str
    quiet_before: datetime
    name: str = ""
    member: Member | None = None
    port: int = 993
    security: Security = Security.TLS
    auth: Auth = Auth.PASSWORD
    folders: Sequence[str] = ()
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_security: Security = Security.STARTTLS
    renewal: Renewal | None = None

    def __repr__(self) -> str:
        return f"Account({self.address!r})"  # a traceback must not show the secret


def unsaved(account: Account, *, at: datetime) -> Mailbox:
    """The account as a row that stands nowhere yet, to try it out. Raises ValueError for what must not be connected."""
    facts = {name: value for name, value in vars(account).items() if name not in {"secret", "renewal"}}
    facts |= {"address": account.address.strip().lower(), "folders": list(account.folders), "added_at": at}
    kind = Kind.PERSONAL if account.member else Kind.SHARED
    for host, security in ((account.host, account.security), (account.smtp_host, account.smtp_security)):
        if security == Security.PLAIN and host and not on_this_machine(host):
            raise ValueError(f"The password would go to {host} in the clear. Choose TLS or STARTTLS.")
    mailbox = Mailbox(**facts, kind=kind)
    if account.renewal:
        _renewed_by(mailbox, account.renewal)
    return with_secret(mailbox, account.secret)


def with_secret(mailbox: Mailbox, secret: str) -> Mailbox:
    """The same row, by no number and not kept, as it would be with this secret: to try that out."""
    facts = {field.attname: getattr(mailbox, field.attname) for field in Mailbox._meta.concrete_fields}
    return Mailbox(**{**facts, "id": None, **as_kept(mailbox, secret)})


def as_kept(mailbox: Mailbox, secret: str) -> dict[str, object]:
    """The columns in which a secret of this mailbox is kept: where tokens are renewed it is the refresh token."""
    if not mailbox.token_url:
        return {"secret": secrets.close(secret)}
    return {"refresh_token": secrets.close(secret), "secret": "", "token_until": None}


def secret_of(mailbox: Mailbox) -> str:
    """The secret as somebody gave it, or as whoever renews tokens has replaced it since. Raises Unreadable."""
    return secrets.open_(mailbox.refresh_token if mailbox.token_url else mailbox.secret)


def as_tried(account: Account, trial: Mailbox) -> Account:
    """The account after its trial, in which a refresh token may have been replaced by the next one."""
    return replace(account, secret=secret_of(trial))


def on_this_machine(host: str) -> bool:
    """Whether what goes to that host stays on this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _renewed_by(mailbox: Mailbox, renewal: Renewal) -> None:
    if mailbox.auth != Auth.TOKEN:
        raise ValueError("Only OAuth2 tokens are renewed. Choose OAuth2 token as the way to sign in.")
    if not renewal.client_id:
        raise ValueError("Say the client id too, as it was registered where tokens are given.")
    mailbox.token_url = checked(renewal.token_url)
    mailbox.client_id, mailbox.client_secret = renewal.client_id, secrets.close(renewal.client_secret)


def checked(url: str) -> str:
    """The address, if secrets may go there. Raises ValueError."""
    why = f"“{url}” is no address where tokens are given. Write it like https://login.example/oauth2/token."
    try:
        found = urlsplit(url)
        host, _ = found.hostname or "", found.port
    except ValueError:
        raise ValueError(why) from None
    if not host or not url.isprintable() or not url.isascii() or "@" in found.netloc or " " in url or found.fragment:
        raise ValueError(why)
    if found.scheme != "https" and not (found.scheme == "http" and on_this_machine(host)):
        raise ValueError(f"The refresh token would go to {host} in the clear. The address must begin with https://.")
    return url
