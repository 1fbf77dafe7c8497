"""A real server that gives OAuth2 tokens over HTTP on this machine, and tells a Dovecot which of them hold."""

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

CLIENT, CLIENT_SECRET, REFRESH = "kept-here", "a secret of the client", "refresh-0"


@dataclass
class Giver:
    """What it was asked and what it answers; `says` takes the place of every right answer."""

    address: str = ""  # whose tokens they are
    lasts: object = 3600
    turning: bool = False  # whether each refresh token serves once
    says: tuple[int, bytes] | None = None
    leads: str = ""  # where it sends whoever asks
    port: int = 0
    scheme: str = "http"
    refresh: str = REFRESH
    tokens: list[str] = field(default_factory=list)  # the next ones it gives, before it makes up its own
    holding: set[str] = field(default_factory=set)
    asked: list[dict[str, str]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}/token"

    def forget(self) -> None:
        """No token that was given holds any more."""
        self.holding.clear()

    def answer(self, form: dict[str, str]) -> tuple[int, bytes]:
        self.asked.append(form)
        if self.says:
            return self.says
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT, CLIENT_SECRET):
            return 401, b'{"error": "invalid_client"}'
        if form.get("grant_type") != "refresh_token" or form.get("refresh_token") != self.refresh:
            return 400, b'{"error": "invalid_grant", "error_description": "no <b>such</b> token"}'
        token = self.tokens.pop(0) if self.tokens else f"token-{len(self.asked)}"
        self.holding.add(token)
        facts = {"access_token": token, "token_type": "Bearer", "expires_in": self.lasts}
        if self.turning:
            self.refresh = facts["refresh_token"] = f"refresh-{len(self.asked)}"
        return 200, json.dumps(facts).encode()


@contextmanager
def giving(*, certificate: Path | None = None, **facts: object) -> Iterator[Giver]:
    """A fresh giver, by HTTPS with the certificate in that folder."""
    giver = Giver(**facts)  # type: ignore[arg-type]

    class Asked(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self._say(*giver.answer({name: values[0] for name, values in form.items()}))

        def do_GET(self) -> None:
            token = parse_qs(urlsplit(self.path).query).get("t", [""])[0]
            good = token in giver.holding
            said = {"email": giver.address} if good else {"error": "invalid"}
            self._say(200 if good else 401, json.dumps(said).encode())

        def _say(self, status: int, body: bytes) -> None:
            self.send_response(status)
            if giver.leads:
                self.send_header("Location", giver.leads)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Asked) as server:
        giver.port = server.server_port
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate / "server.pem", certificate / "server.key")
            server.socket = context.wrap_socket(server.socket, server_side=True)
            giver.scheme = "https"
        threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
        try:
            yield giver
        finally:
            server.shutdown()
