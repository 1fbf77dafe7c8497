"""A connection to a mailbox over IMAP: encrypted, signed in, and every fault of it said in a plain sentence."""

import imaplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError
from imap_tools.mailbox import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted

from kept.doors.post.access import is_renewed, secret_for
from kept.doors.post.authorities import trusted
from kept.doors.post.imap_reach import may_be_reached
from kept.doors.post.token_giver import NoToken
from kept.kit.secrets import Unreadable
from kept.ledgers.mailboxes.models import Auth, Kind, Mailbox, Security

Box = BaseMailBox  # signed in
TIMEOUT = 30.0  # seconds without a word from the server after which the connection counts as lost
FAULTS = (OSError, imaplib.IMAP4.error, ImapToolsError, Unreadable, NoToken)
REFUSED = (imaplib.IMAP4.error, MailboxLoginError)
# what servers say, between brackets, when they let nobody in for the moment (RFC 5530)
_BUSY = ("UNAVAILABLE", "INUSE", "LIMIT", "CONTACTADMIN")
_BROKE_OFF = "The connection to {host} broke off. Kept goes on trying."
_NO_MAIL_SERVER = "{host}, port {port}, did not answer as a mail server does. Check the server and the port."


class Trouble(ValueError):
    """What keeps us from a mailbox; a sentence that says what to do, and never a password."""


@contextmanager
def signed_in(mailbox: Mailbox, *, timeout: float = TIMEOUT) -> Iterator[Box]:
    """The mailbox, saved or not, open to be read. Raises Trouble, also for what happens while it is used."""
    try:
        box = _connected(mailbox, timeout)
        try:
            _sign_in(box, mailbox)
            yield box
        except BaseException:
            _hang_up(box)
            raise
        with suppress(*FAULTS):
            box.logout()
    except FAULTS as fault:
        raise Trouble(_said(fault, mailbox)) from None


def _connected(mailbox: Mailbox, timeout: float) -> Box:
    if mailbox.kind == Kind.PERSONAL and not may_be_reached(mailbox):
        raise Trouble(f"{mailbox.host} is not a public mail server. Ask an owner to add a mailbox on it first.")
    where = {"host": mailbox.host, "port": mailbox.port, "timeout": timeout}
    if mailbox.security == Security.TLS:
        return MailBox(**where, ssl_context=trusted())
    if mailbox.security == Security.STARTTLS:
        return MailBoxStartTls(**where, ssl_context=trusted())
    return MailBoxUnencrypted(**where)


def _sign_in(box: Box, mailbox: Mailbox) -> None:
    secret = secret_for(mailbox)
    try:
        try:
            _show(box, mailbox, secret)
        except REFUSED as fault:
            if not is_renewed(mailbox) or isinstance(fault, imaplib.IMAP4.abort) or _is_busy(str(fault)):
                raise
            _show(box, mailbox, secret_for(mailbox, refused=secret))
    except imaplib.IMAP4.abort:
        raise
    except REFUSED as fault:
        raise Trouble(_not_let_in(str(fault), mailbox)) from None


def _show(box: Box, mailbox: Mailbox, secret: str) -> None:
    name = mailbox.username
    if mailbox.auth == Auth.TOKEN:
        box.xoauth2(name, secret, initial_folder=None)
    elif f"{name}{secret}".isascii():
        box.login(name, secret, initial_folder=None)
    else:  # what LOGIN has no letters for
        box.login_utf8(name, secret, initial_folder=None)


def _hang_up(box: Box) -> None:
    """Without a goodbye: a server that no longer answers would keep us waiting for its own."""
    with suppress(*FAULTS):
        box.client.shutdown()


def _is_busy(said: str) -> bool:
    return any(f"[{code}]" in said for code in _BUSY)


def _not_let_in(said: str, mailbox: Mailbox) -> str:
    if _is_busy(said):
        return f"{mailbox.host} lets nobody in at the moment. Kept goes on trying."
    if is_renewed(mailbox):
        return (
            f"{mailbox.host} did not take a fresh token of {mailbox.username} either. "
            "Check the name, and whether the token may read mail."
        )
    if mailbox.auth == Auth.TOKEN:
        return f"{mailbox.host} did not take the token of {mailbox.username}. Give a fresh one."
    return (
        f"{mailbox.host} did not let {mailbox.username} in. Check the name and the password; "
        "many providers want a password made for this purpose here."
    )


def _said(fault: Exception, mailbox: Mailbox) -> str:
    """The fault as a sentence: what the other side wrote is not repeated, it may be anything."""
    if "unexpected response" in str(fault):  # imaplib's words where a greeting is none
        return _NO_MAIL_SERVER.format(host=mailbox.host, port=mailbox.port)
    said = next((words for kinds, words in _SENTENCES if isinstance(fault, kinds)), _NO_MAIL_SERVER)
    why = getattr(fault, "verify_message", "") or fault
    return said.format(host=mailbox.host, port=mailbox.port, why=why)


# the first that fits: the narrow ones before those they belong to
_SENTENCES: list[tuple[tuple[type[Exception], ...], str]] = [
    ((NoToken,), "{why}"),
    ((Unreadable,), "{why} Give the password again."),
    ((socket.gaierror,), "There is no server named {host}. Check its name, or whether this machine is online."),
    (
        (ssl.SSLCertVerificationError,),
        "The certificate of {host} cannot be trusted: {why}. If it is your own, name it in KEPT_MAIL_CA.",
    ),
    ((ssl.SSLEOFError,), _BROKE_OFF),
    ((ssl.SSLError,), "{host} does not speak TLS at port {port}. Check the port (993 as a rule), or choose STARTTLS."),
    ((ConnectionRefusedError,), "Nothing answers at {host}, port {port}. Check the port, or whether the server runs."),
    ((TimeoutError,), "{host} did not answer in time. Kept goes on trying."),
    ((MailboxFolderSelectError,), "{host} does not open a folder that was chosen. Choose the folders anew."),
    ((imaplib.IMAP4.abort, OSError), _BROKE_OFF),
]
