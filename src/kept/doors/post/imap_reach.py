"""Where a member's own mailbox may lie, and send by: public mail servers, never a machine inside."""

import socket
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings

from kept.ledgers.mailboxes.models import Kind, Mailbox

MAIL_PORTS, LETTER_PORTS = {143, 993}, {25, 465, 587}
TOKEN_PLACES = {("https", None), ("https", 443)}


def may_be_reached(mailbox: Mailbox) -> bool:
    """Whether the server is a public one at a port of mail, or one that an owner uses for a shared mailbox.

    Raises OSError where its name is not known.
    """
    shared = Mailbox.objects.standing().filter(kind=Kind.SHARED, host__iexact=mailbox.host, port=mailbox.port)
    return shared.exists() or (mailbox.port in MAIL_PORTS and _is_public(mailbox.host, mailbox.port))


def may_send_by(mailbox: Mailbox) -> bool:
    """The same of its server for letters out; the firm's own is always one."""
    host, port = mailbox.smtp_host, mailbox.smtp_port
    if (host.lower(), port) == (settings.MAIL_HOST.lower(), settings.MAIL_PORT):
        return True
    if Mailbox.objects.standing().filter(kind=Kind.SHARED, smtp_host__iexact=host, smtp_port=port).exists():
        return True
    try:
        return port in LETTER_PORTS and _is_public(host, port)
    except OSError:
        return True  # nothing is reached by it; connecting says what is wrong


def may_ask(mailbox: Mailbox) -> bool:
    """The same of the address where its tokens are given."""
    if Mailbox.objects.standing().filter(kind=Kind.SHARED, token_url=mailbox.token_url).exists():
        return True
    where = urlsplit(mailbox.token_url)
    try:
        return (where.scheme, where.port) in TOKEN_PLACES and _is_public(where.hostname or "", 443)
    except OSError:
        return True  # nothing is reached by it; asking says what is wrong


def _is_public(host: str, port: int) -> bool:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return all(ip_address(address[0]).is_global for *_, address in found)
