"""A real SMTP server for a test, in a thread of its own, that misbehaves as it is told.

    with smtpserver.running() as server:
        server.answer_rcpt["zed@stranger.example"] = ["550 5.1.1 No such person"]
        ... server.taken[0].content

What it is told to say is said once each, in order; then it behaves again. A letter counts as taken when the server has
answered for it, or would have: `drop` "after" takes the letter and hangs up, "lost" hangs up and forgets it, "before"
hangs up in the middle of it.
"""

import asyncio
import logging
import ssl
import threading
import warnings
from base64 import b64decode
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session, syntax

PASSWORD = "an-apple-a-day"
TOKEN = "token-of-the-day"
SYSTEM = "smtp.larkfield.example"


@dataclass(frozen=True)
class Taken:
    """A letter that the server took; `encrypted`, and `user` who signed in."""

    sender: str
    receivers: list[str]
    content: bytes
    encrypted: bool
    user: str

    @property
    def mail(self) -> EmailMessage:
        parsed = message_from_bytes(self.content, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        return parsed

    @property
    def id(self) -> str:
        return str(self.mail["Message-ID"])


@dataclass
class Server:
    """Where it listens, what it took, and what it is to do next."""

    port: int = 0
    taken: list[Taken] = field(default_factory=list)
    answer_mail: list[str] = field(default_factory=list)
    answer_rcpt: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    answer_data: list[str] = field(default_factory=list)
    drop: list[str] = field(default_factory=list)  # "before", "after", "lost", one for each letter to come
    slow: float = 0.0  # seconds before each answer to a whole letter
    reached: threading.Event = field(default_factory=threading.Event)  # a letter is being taken in

    async def handle_MAIL(  # noqa: N802  # as the library calls it
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.answer_mail:
            return self.answer_mail.pop(0)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802  # as the library calls it
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.answer_rcpt[address]:
            return self.answer_rcpt[address].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802  # as the library calls it
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        self.reached.set()
        if self.slow:
            await asyncio.sleep(self.slow)
        if self.answer_data:
            return self.answer_data.pop(0)
        fate = self.drop.pop(0) if self.drop else ""
        if fate != "lost":
            self.taken.append(
                Taken(
                    sender=str(envelope.mail_from), receivers=list(envelope.rcpt_tos),
                    content=bytes(envelope.original_content or b""), encrypted=session.ssl is not None,
                    user=str(session.auth_data.login.decode() if session.auth_data else ""),
                )
            )  # fmt: skip
        if fate and server.transport:
            server.transport.abort()
        return "250 Taken"

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802  # as the library calls it
        said = b64decode(args[1])
        user = said.split(b"\1")[0].removeprefix(b"user=")
        good = said == b"user=" + user + f"\1auth=Bearer {TOKEN}\1\1".encode()
        return AuthResult(success=good, handled=False, auth_data=LoginPassword(user, b""))


class Moody(SMTP):
    """Hangs up in the middle of a letter when it is told to."""

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802  # as the library calls it
        server: Server = self.event_handler
        if server.drop[:1] == ["before"]:
            server.drop.pop(0)
            await self.push("354 Go on, then")
            await self._reader.readline()
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


class _Listening(Controller):
    """Takes whatever port is free."""

    def __init__(self, handler: Server, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__(handler, hostname="127.0.0.1", port=0)

    def factory(self) -> SMTP:
        with warnings.catch_warnings(action="ignore"):  # that somebody may sign in unencrypted
            return Moody(self.handler, hostname=SYSTEM, **self.options)

    def _trigger_server(self) -> None:
        # the port is known only now, and the controller wants to knock at it
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def running(*, tls: ssl.SSLContext | None = None, password: bool = False) -> Iterator[Server]:
    """A server on a free port of the loopback; with `tls` only by STARTTLS, with `password` only who signs in."""
    server = Server()
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)
    options: dict[str, Any] = {"tls_context": tls, "require_starttls": tls is not None}
    if password:
        options |= {"authenticator": _let_in, "auth_required": True, "auth_require_tls": tls is not None}
    listening = _Listening(server, options)
    listening.start()
    server.port = listening.port
    try:
        yield server
    finally:
        listening.stop()


def _let_in(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword) -> AuthResult:
    return AuthResult(success=data.password.decode() == PASSWORD, handled=False, auth_data=data)
