"""Asking for a fresh access token with a refresh token (RFC 6749, section 6): one POST, encrypted, followed nowhere."""

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

from kept.ledgers.mailboxes.renewing import Fresh

TIMEOUT = 10.0  # seconds until the line stands, and for the whole answer
LONGEST = 64 * 1024  # bytes of an answer; a token has a few thousand
LONGEST_TOKEN = 16_000
LONGEST_LIFE = timedelta(days=365)
_UNKNOWN_TOKEN = "invalid_grant"  # noqa: S105  # what RFC 6749, 5.2 calls it
_UNKNOWN_CLIENT = {"invalid_client", "unauthorized_client"}


class NoToken(ValueError):
    """No fresh token was given; a sentence that says what to do, and never a secret."""


class NotTaken(NoToken):
    """The refresh token is taken no longer."""


@dataclass(frozen=True)
class Asking:
    """Where to ask, as which client, with what."""

    url: str
    client_id: str
    client_secret: str
    refresh_token: str

    def __repr__(self) -> str:
        return f"Asking({self.url!r})"  # a traceback must not show the secrets

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""


def ask(asking: Asking, *, at: datetime, trusted: ssl.SSLContext) -> Fresh:
    """A fresh token. Raises NoToken; what the other side wrote is not repeated, it may be anything."""
    host = asking.host
    try:
        status, body = _posted(asking, trusted)
    except ssl.SSLCertVerificationError as fault:
        raise NoToken(f"The certificate of {host} cannot be trusted: {fault.verify_message}.") from None
    except ssl.SSLError:
        raise NoToken(f"{host} does not speak TLS where tokens are given. Check that address.") from None
    except TimeoutError:
        raise NoToken(f"{host} gave no fresh token in time. Kept goes on trying.") from None
    except (OSError, HTTPException, ValueError):
        raise NoToken(f"{host}, where tokens are given, cannot be reached. Kept goes on trying.") from None
    return _read(status, body, host, at)


def _posted(asking: Asking, trusted: ssl.SSLContext) -> tuple[int, bytes]:
    where = urlsplit(asking.url)
    form = {"grant_type": "refresh_token", "refresh_token": asking.refresh_token, "client_id": asking.client_id}
    if asking.client_secret:
        form["client_secret"] = asking.client_secret
    # http.client follows no redirect and goes by no proxy of the environment: the secrets go there and nowhere else
    line: HTTPConnection = (
        HTTPSConnection(asking.host, where.port, timeout=TIMEOUT, context=trusted)
        if where.scheme == "https"
        else HTTPConnection(asking.host, where.port, timeout=TIMEOUT)
    )
    line.connect()
    with closing(line), _in_time(line.sock):
        path = (where.path or "/") + (f"?{where.query}" if where.query else "")
        kinds = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        line.request("POST", path, urlencode(form), kinds)
        answer = line.getresponse()
        return answer.status, _whole(answer)


@contextmanager
def _in_time(line: socket.socket) -> Iterator[None]:
    """Cut the line once its time is up: a timeout of the socket begins anew with every byte of a head that drips."""
    over = threading.Event()

    def cut() -> None:
        over.set()
        with suppress(OSError):
            socket.socket.shutdown(line, socket.SHUT_RDWR)

    timer = threading.Timer(TIMEOUT, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, HTTPException, ValueError):
        if not over.is_set():
            raise
    finally:
        timer.cancel()
    if over.is_set():
        raise TimeoutError


def _whole(answer: HTTPResponse) -> bytes:
    body = b""
    while piece := answer.read1(LONGEST):
        body += piece
        if len(body) > LONGEST:
            raise TimeoutError
    return body


def _read(status: int, body: bytes, host: str, at: datetime) -> Fresh:
    if 300 <= status < 400:
        raise NoToken(f"{host} gives tokens elsewhere, where Kept does not follow it. Write that other address.")
    if status >= 500 or status == 429:
        raise NoToken(f"{host} gives no tokens at the moment. Kept goes on trying.")
    try:
        said: Any = json.loads(body)
    except (ValueError, RecursionError):
        said = None
    facts: dict[str, Any] = said if isinstance(said, dict) else {}
    if facts.get("error") == _UNKNOWN_TOKEN:
        raise NotTaken(f"{host} takes the refresh token no longer. Let Kept in there anew, and give the new one here.")
    if facts.get("error") in _UNKNOWN_CLIENT or status == 401:
        raise NoToken(f"{host} does not know Kept by this client id and secret. Check both as they are registered.")
    token, refresh = _token(facts.get("access_token")), _token(facts.get("refresh_token"))
    if status != 200 or not token:
        raise NoToken(f"{host} did not answer with a token. Check the address where tokens are given.")
    return Fresh(token, _until(facts.get("expires_in"), at), refresh)


def _token(said: Any) -> str:
    fits = isinstance(said, str) and len(said) <= LONGEST_TOKEN and said.isascii() and said.isprintable()
    return said if fits else ""


def _until(said: Any, at: datetime) -> datetime | None:
    """Some say the seconds as text; who says none, or nonsense, has the token used until it is refused."""
    try:
        lasts = timedelta(seconds=float(said))
    except (TypeError, ValueError, OverflowError):
        return None
    return at + lasts if timedelta() < lasts <= LONGEST_LIFE else None
