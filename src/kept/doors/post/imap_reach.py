"""Where a member's own mailbox may lie: public mail servers, never a machine inside."""

import socket
from ipaddress import ip_address

from kept.ledgers.mailboxes.models import Kind, Mailbox

MAIL_PORTS = {143, 993}


def may_be_reached(mailbox: Mailbox) -> bool:
    """Whether the server is a public one at a port of mail, or one that an owner uses for a shared mailbox.

    Raises OSError where its name is not known.
    """
    shared = Mailbox.objects.standing().filter(kind=Kind.SHARED, host__iexact=mailbox.host, port=mailbox.port)
    if shared.exists():
        return True
    found = socket.getaddrinfo(mailbox.host, mailbox.port, type=socket.SOCK_STREAM)
    return mailbox.port in MAIL_PORTS and all(ip_address(address[0]).is_global for *_, address in found)
