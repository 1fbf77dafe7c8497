"""What keeps Kept out of a mailbox is said in a sentence that helps, and never with the password."""

import json
import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from kept.doors.post.imap import Trouble, signed_in
from kept.doors.post.imap_trial import try_out
from kept.kit.secrets import close
from kept.ledgers.mailboxes.models import Auth, Kind, Mailbox, Security
from tests import mailserver
from tests.doors.post.boxes import mail, mailbox
from tests.mailserver import FOREIGN, TOKEN, Server, needs_dovecot
from tests.studio import Studio

pytestmark = needs_dovecot


def trouble(box: Mailbox) -> str:
    with pytest.raises(Trouble) as told, signed_in(box, timeout=60):
        pass
    assert told.value.__cause__ is None
    return str(told.value)


def test_a_mailbox_that_answers_says_what_is_there(server: Server, studio: Studio) -> None:
    box = mailbox(server)
    server.deliver(box.address, mail(), mail())
    found = try_out(box)
    assert (found.folders, found.chosen, found.messages) == (("INBOX", "Gesendet"), ("INBOX", "Gesendet"), 2)


def test_a_wrong_password_is_said_and_not_shown(
    server: Server, studio: Studio, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    said = trouble(mailbox(server, secret=close("of-the-neighbour")))
    assert said.startswith("127.0.0.1 did not let box-")
    assert "of-the-neighbour" not in said + caplog.text


def test_a_password_of_any_letters_is_taken(server: Server, studio: Studio) -> None:
    assert try_out(mailbox(server, secret=close(FOREIGN))).messages == 0


def test_a_certificate_of_nobody_is_not_believed(dovecot: Server, studio: Studio) -> None:
    said = trouble(mailbox(dovecot))
    assert said.startswith("The certificate of 127.0.0.1 cannot be trusted: self-signed certificate")
    assert "self-signed" in trouble(mailbox(dovecot, security=Security.STARTTLS, port=dovecot.port))


def test_a_certificate_for_another_name_is_not_believed(server: Server, studio: Studio) -> None:
    said = trouble(mailbox(server, host="127.0.0.2"))
    assert said.startswith(("The certificate of 127.0.0.2 cannot be trusted", "Nothing answers at 127.0.0.2"))


def test_each_other_trouble_has_its_sentence(server: Server, studio: Studio) -> None:
    assert trouble(mailbox(server, port=1)).startswith("Nothing answers at 127.0.0.1, port 1.")
    assert trouble(mailbox(server, host="no.such.server.invalid")).startswith("There is no server named no.such")
    assert "does not speak TLS" in trouble(mailbox(server, port=server.port))
    assert "did not answer as a mail server does" in trouble(
        mailbox(server, port=server.lmtp_port, security=Security.PLAIN)
    )
    with pytest.raises(Trouble, match="does not open a folder that was chosen"):
        try_out(mailbox(server, folders=["No such folder"]))


def test_a_key_that_is_lost_is_said(server: Server, studio: Studio, settings: Any) -> None:
    box = mailbox(server)
    settings.KEPT_SECRETS = ["another"]
    assert trouble(box).endswith("Give the password again.")


def test_a_members_own_mailbox_lies_on_a_public_server_or_on_ours(server: Server, studio: Studio) -> None:
    own = mailbox(server, kind=Kind.PERSONAL, member=studio.kit)
    assert trouble(own) == "127.0.0.1 is not a public mail server. Ask an owner to add a mailbox on it first."
    mailbox(server)
    assert try_out(own).messages == 0


@pytest.fixture
def token_server() -> Iterator[Server]:
    """A Dovecot that asks a server of tokens whether one holds."""

    class Tokens(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            good = self.path.endswith(TOKEN)
            answer = json.dumps({"email": "hello@larkfield.example"} if good else {"error": "invalid"}).encode()
            self.send_response(200 if good else 401)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Tokens) as tokens:
        threading.Thread(target=tokens.serve_forever, daemon=True).start()
        with mailserver.running(tokens=f"http://127.0.0.1:{tokens.server_port}/?t=") as server:
            yield server
        tokens.shutdown()


def test_a_token_lets_in_and_a_stale_one_does_not(token_server: Server, studio: Studio, settings: Any) -> None:
    settings.MAIL_CA = str(token_server.authority)
    box = mailbox(token_server, address="hello@larkfield.example", auth=Auth.TOKEN, secret=close(TOKEN))
    assert try_out(box).messages == 0
    box.secret = close("yesterdays")
    assert trouble(box) == "127.0.0.1 did not take the token of hello@larkfield.example. Give a fresh one."
