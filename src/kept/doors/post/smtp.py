"""One letter over one SMTP connection: step by step, so that it is known at every fault whether it may have gone."""

import re
import smtplib
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from kept.doors.post.outgoing import Way
from kept.doors.post.token_giver import NoToken
from kept.ledgers.letters.trying import Refused
from kept.ledgers.mailboxes.models import Auth, Security

TIMEOUT = 60.0  # seconds without a word from the server after which the connection counts as lost
LAST_TIMEOUT = 600.0  # for its answer to the whole letter (RFC 5321, 4.5.3.2.6): who gives up early sends twice
PIECE = 256 * 1024  # bytes sent between two signs of life
_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_TOO_MANY = 452  # what servers say of receivers that are too many for one go


@dataclass(frozen=True)
class Envelope:
    """What is sent, by whom, to whom; `content` has CRLF line ends."""

    sender: str
    receivers: Sequence[str]
    content: bytes


@dataclass(frozen=True)
class Steps:
    """What is told while it goes on: `still` now and then, `last_word` before the final dot; either may stop it."""

    still: Callable[[], None]
    last_word: Callable[[], None]


class Later(Exception):
    """It did not go, and may another time."""


class Never(Exception):
    """It did not go, and will not like this."""


class Unsure(Exception):
    """All was sent, and no answer came."""


def deliver(way: Way, envelope: Envelope, *, steps: Steps, patient: bool = True) -> list[Refused]:
    """Hand the letter to the server; answers the receivers it did not take.

    `patient`: while any receiver is refused only for the moment, nobody gets it yet. Raises Later, Never, Unsure, and
    whatever `steps` raise, of which only Unsure means that it may have gone.
    """
    try:
        line = connected(way)
    except (OSError, smtplib.SMTPException, ValueError) as fault:
        raise Later(said(fault, way)) from fault
    try:
        return _handed_over(line, way, envelope, steps, patient)
    except (OSError, smtplib.SMTPException) as fault:
        raise Later(said(fault, way)) from fault
    finally:
        line.close()


def connected(way: Way) -> smtplib.SMTP:
    """A connection on which letters may be handed over. Raises OSError and smtplib's, with the connection closed."""
    name = urlsplit(settings.KEPT_URL).hostname or "localhost"
    if way.security == Security.TLS:
        line: smtplib.SMTP = smtplib.SMTP_SSL(
            way.host, way.port, local_hostname=name, timeout=TIMEOUT, context=way.trusted()
        )
    else:
        line = smtplib.SMTP(way.host, way.port, local_hostname=name, timeout=TIMEOUT)
    try:
        line.ehlo_or_helo_if_needed()
        if way.security == Security.STARTTLS:
            line.starttls(context=way.trusted())
            line.ehlo()
        if way.username:
            _sign_in(line, way)
    except BaseException:
        line.close()
        raise
    return line


def _sign_in(line: smtplib.SMTP, way: Way) -> None:
    if way.auth != Auth.TOKEN:
        line.login(way.username, way.secret)
        return
    try:
        _show(line, way.bearer(way.secret))
    except smtplib.SMTPAuthenticationError:
        if way.renewed is None:
            raise
        _show(line, way.bearer(way.renewed(way.secret)))


def _show(line: smtplib.SMTP, bearer: str) -> None:
    line.auth("XOAUTH2", lambda challenge=None: "" if challenge else bearer)


def _handed_over(line: smtplib.SMTP, way: Way, envelope: Envelope, steps: Steps, patient: bool) -> list[Refused]:
    steps.still()
    size = [f"size={len(envelope.content)}"] if line.has_extn("size") else []
    _expect(line.mail(envelope.sender, size), (250,), "the sender")
    refused = _name_receivers(line, envelope.receivers, steps, patient=patient)
    _expect(line.docmd("DATA"), (354,), "the letter")
    stuffed = re.sub(rb"(?m)^\.", b"..", envelope.content)
    stuffed += b"" if stuffed.endswith(b"\r\n") else b"\r\n"
    for start in range(0, len(stuffed), PIECE):
        line.send(stuffed[start : start + PIECE])
        steps.still()
    steps.last_word()
    try:
        if line.sock:
            line.sock.settimeout(LAST_TIMEOUT)
        line.send(b".\r\n")
        code, words = line.getreply()
    except (OSError, smtplib.SMTPException) as fault:
        raise Unsure(f"{way.host} was given the whole letter, and the connection broke before it answered.") from fault
    if code < 200:
        raise Unsure(f"{way.host} was given the whole letter, and what it answered cannot be understood.")
    _expect((code, words), tuple(range(200, 300)), "the letter")
    with suppress(OSError, smtplib.SMTPException):
        line.sock.settimeout(1.0)  # type: ignore[union-attr]  # it is there: it has just answered
        line.quit()
    return refused


def _name_receivers(line: smtplib.SMTP, receivers: Sequence[str], steps: Steps, *, patient: bool) -> list[Refused]:
    """Name everybody who gets it. Raises Later or Never when it goes to nobody, Later when it should wait for some."""
    refused = []
    for receiver in receivers:
        code, words = line.rcpt(receiver)
        if code == 421:
            raise Later(f"The server ended the connection: {_plain(words)}")
        if code not in (250, 251, 252):
            refused.append(Refused(receiver, code, _plain(words)))
        steps.still()
    for_now = [one for one in refused if one.code // 100 != 5]
    if for_now and (patient or len(refused) == len(receivers)):
        raise Later(f"{for_now[0].email} is not taken for the moment: {for_now[0].code} {for_now[0].said}")
    if len(refused) == len(receivers):
        raise Never(f"Nobody it is for was taken. {refused[0].email}: {refused[0].code} {refused[0].said}")
    return refused


def _expect(answer: tuple[int, bytes], good: tuple[int, ...], what: str) -> None:
    code, words = answer
    if code in good:
        return
    said = f"The server did not take {what}: {code} {_plain(words)}"
    raise Never(said) if code // 100 == 5 else Later(said)


def _plain(words: bytes | str) -> str:
    """What the other side said, in one line that steers nothing."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join(_STEERING.sub(" ", text).split())[:300]


def said(fault: Exception, way: Way) -> str:
    """What keeps us from the server, as a sentence that says what to do; never with a password in it."""
    told = next((words for kind, words in _SAID if isinstance(fault, kind)), "The connection to {host} broke off.")
    code, words = getattr(fault, "smtp_code", ""), _plain(getattr(fault, "smtp_error", ""))
    why = str(fault) if isinstance(fault, NoToken) else getattr(fault, "verify_message", "")
    return told.format(host=way.host, port=way.port, name=way.username, code=code, words=words, why=why)


# the first that fits
_SAID: tuple[tuple[type[Exception], str], ...] = (
    (NoToken, "{why}"),
    (
        smtplib.SMTPAuthenticationError,
        "{host} did not let {name} in. Check the name and the password of the mailbox.",
    ),
    (smtplib.SMTPNotSupportedError, "{host} does not offer what was asked of it: encryption (STARTTLS) or signing in."),
    (smtplib.SMTPResponseException, "{host} is not taking letters: {code} {words}"),
    (ssl.SSLCertVerificationError, "The certificate of {host} cannot be trusted: {why}."),
    (ssl.SSLError, "{host} does not speak TLS at port {port}. Check the port, or choose STARTTLS."),
    (ConnectionRefusedError, "Nothing answers at {host}, port {port}. Check the port, or whether the server runs."),
    (TimeoutError, "{host} did not answer in time."),
    (ValueError, "{host} cannot be spoken to with this name or password: only plain letters and signs are taken."),
)
