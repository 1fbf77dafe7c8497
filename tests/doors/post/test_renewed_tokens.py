"""OAuth2 mailboxes: a fresh access token is asked for before the last runs out, or once it is refused; never twice."""

import logging
import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from kept.doors.post.access import secret_for
from kept.doors.post.authorities import trusted
from kept.doors.post.imap_trial import try_out
from kept.doors.post.looking import look_into
from kept.doors.post.outgoing import NoWay, way_of
from kept.doors.post.smtp import connected
from kept.doors.post.smtp import said as smtp_said
from kept.doors.post.token_giver import Asking, NoToken, ask
from kept.doors.post.watching import _settled
from kept.kit import clock
from kept.kit.secrets import close, open_
from kept.ledgers.journal.models import Line
from kept.ledgers.mailboxes.models import Auth, Kind, Mailbox, Security
from kept.ledgers.mailboxes.renewing import Fresh
from tests import mailserver, smtpserver
from tests.doors.post.boxes import mailbox
from tests.mailserver import Server, needs_dovecot
from tests.mailserver_config import certify
from tests.studio import NOW, Studio, set_up_studio
from tests.tokengiver import CLIENT, CLIENT_SECRET, REFRESH, Giver, giving

HELLO = "hello@larkfield.example"
SECRETS = (REFRESH, CLIENT_SECRET, "token-1", "token-2")


@pytest.fixture
def giver() -> Iterator[Giver]:
    with giving(address=HELLO) as one:
        yield one


@pytest.fixture
def server(giver: Giver, settings: Any) -> Iterator[Server]:
    """A Dovecot that lets in by the tokens of the giver."""
    with mailserver.running(tokens=f"http://127.0.0.1:{giver.port}/?t=") as one:
        settings.MAIL_CA = str(one.authority)
        yield one


def facts(giver: Giver, **other: Any) -> dict[str, Any]:
    usual = {
        "address": HELLO, "username": HELLO, "auth": Auth.TOKEN, "secret": "", "token_url": giver.url,
        "client_id": CLIENT, "client_secret": close(CLIENT_SECRET), "refresh_token": close(REFRESH),
    }  # fmt: skip
    return usual | other


def box(giver: Giver, **other: Any) -> Mailbox:
    usual = {"host": "127.0.0.1", "port": 1, "added_at": NOW, "quiet_before": NOW, "security": Security.TLS}
    return Mailbox.objects.create(**(usual | facts(giver, **other)))


def asking(giver: Giver, **other: Any) -> Asking:
    usual = {"url": giver.url, "client_id": CLIENT, "client_secret": CLIENT_SECRET, "refresh_token": REFRESH}
    return Asking(**(usual | other))


def said(giver: Giver, **other: Any) -> str:
    with pytest.raises(NoToken) as told:
        ask(asking(giver, **other), at=NOW, trusted=trusted())
    assert not any(secret in str(told.value) for secret in SECRETS)
    return str(told.value)


# ------------------------------------------------------------ with a real mail server


@needs_dovecot
def test_a_mailbox_is_read_with_a_token_asked_for_with_its_refresh_token(
    server: Server, giver: Giver, studio: Studio
) -> None:
    row = mailbox(server, **facts(giver))
    assert try_out(row).messages == 0
    row.refresh_from_db()
    assert open_(row.secret) == "token-1"
    assert row.token_until is not None
    assert try_out(row).messages == 0
    assert len(giver.asked) == 1, "the token that stands is used again"


@needs_dovecot
def test_a_token_that_is_refused_is_replaced_once(server: Server, giver: Giver, studio: Studio) -> None:
    row = mailbox(server, **facts(giver))
    try_out(row)
    giver.forget()
    assert try_out(row).messages == 0
    assert open_(Mailbox.objects.get().secret) == "token-2"


@needs_dovecot
def test_where_a_fresh_one_is_refused_too_it_is_said_and_noted_and_asked_no_further(
    server: Server, giver: Giver, studio: Studio, caplog: pytest.LogCaptureFixture
) -> None:
    row = mailbox(server, **facts(giver))
    giver.address = "somebody.else@larkfield.example"
    with caplog.at_level(logging.DEBUG):
        look_into(row)
    row.refresh_from_db()
    assert row.trouble.startswith("127.0.0.1 did not take a fresh token of hello@larkfield.example either.")
    assert len(giver.asked) == 2
    assert not any(secret in caplog.text for secret in SECRETS)


@needs_dovecot
def test_a_refresh_token_taken_no_longer_is_noted_on_the_mailbox_and_a_new_one_mends_it(
    server: Server, giver: Giver, studio: Studio
) -> None:
    row = mailbox(server, **facts(giver, refresh_token=close("refresh-of-last-year")))
    look_into(row)
    row.refresh_from_db()
    assert row.trouble == (
        "127.0.0.1 takes the refresh token no longer. Let Kept in there anew, and give the new one here."
    )
    Mailbox.objects.update(refresh_token=close(REFRESH))
    look_into(row)
    row.refresh_from_db()
    assert row.trouble == ""


# ------------------------------------------------------------ when it is asked for


def test_it_is_asked_for_shortly_before_it_runs_out(
    giver: Giver, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = box(giver)
    now = NOW
    monkeypatch.setattr(clock, "now", lambda: now)
    assert secret_for(row) == "token-1"
    now = NOW + timedelta(minutes=54)
    assert secret_for(row) == "token-1"
    now = NOW + timedelta(minutes=56)
    assert secret_for(row) == "token-2"
    assert giver.asked[0] == {
        "grant_type": "refresh_token", "refresh_token": REFRESH, "client_id": CLIENT, "client_secret": CLIENT_SECRET,
    }  # fmt: skip


@pytest.mark.parametrize("lasts", [None, "soon", -5, 1e300, [1]])
def test_one_of_which_nobody_says_how_long_it_lasts_is_used_until_it_is_refused(
    giver: Giver, studio: Studio, lasts: object
) -> None:
    giver.lasts = lasts
    row = box(giver)
    assert [secret_for(row), secret_for(row), secret_for(row, refused="token-1")] == ["token-1", "token-1", "token-2"]


def test_a_refresh_token_that_serves_once_is_replaced_by_the_next(giver: Giver, studio: Studio) -> None:
    giver.turning = True
    row = box(giver)
    assert [secret_for(row), secret_for(row, refused="token-1"), secret_for(row, refused="token-2")] == [
        "token-1", "token-2", "token-3",
    ]  # fmt: skip
    assert open_(Mailbox.objects.get().refresh_token) == "refresh-3"
    assert not Line.objects.filter(noun="mailboxes.Mailbox").exists(), "a fact of the connection"


@pytest.mark.django_db(transaction=True)
def test_of_several_threads_one_asks_and_all_go_on_with_the_same(giver: Giver) -> None:
    set_up_studio()
    box(giver)
    giver.turning = True

    def sign_in(_: int) -> str:
        try:
            return secret_for(Mailbox.objects.get())
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(sign_in, range(4))) == {"token-1"}
    assert len(giver.asked) == 1


def test_who_asked_at_the_same_moment_as_another_process_goes_on_with_its_token(
    giver: Giver, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = box(giver)

    def ask_second(one: Asking, **how: Any) -> Fresh:
        giver.refresh = "refresh-9"
        Mailbox.objects.update(refresh_token=close("refresh-9"), secret=close("token-9"))
        return ask(one, **how)

    monkeypatch.setattr("kept.doors.post.access.ask", ask_second)
    assert secret_for(row) == "token-9"
    assert open_(Mailbox.objects.get().refresh_token) == "refresh-9"


def test_a_refresh_token_that_somebody_gives_meanwhile_stands(
    giver: Giver, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = box(giver)
    giver.turning = True

    def ask_while_it_is_given(one: Asking, **how: Any) -> Fresh:
        Mailbox.objects.update(refresh_token=close("given by Ada"), secret="")
        return ask(one, **how)

    monkeypatch.setattr("kept.doors.post.access.ask", ask_while_it_is_given)
    assert secret_for(row) == "token-1"
    row.refresh_from_db()
    assert (open_(row.refresh_token), row.secret) == ("given by Ada", "")


def test_a_watcher_does_not_begin_anew_because_a_token_was_renewed(giver: Giver, studio: Studio) -> None:
    row = box(giver)
    before = _settled(Mailbox.objects.get())
    secret_for(row)
    assert _settled(Mailbox.objects.get()) == before
    Mailbox.objects.update(client_id="another")
    assert _settled(Mailbox.objects.get()) != before


# ------------------------------------------------------------ letters out


@pytest.fixture
def smtp(settings: Any, tmp_path: Path) -> Iterator[smtpserver.Server]:
    """A server for letters that lets in by one token alone."""
    certify(tmp_path)
    settings.MAIL_CA = str(tmp_path / "authority.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "server.pem", tmp_path / "server.key")
    with smtpserver.running(tls=context, password=True) as server:
        yield server


def test_letters_go_with_a_fresh_token_where_the_last_is_refused(
    giver: Giver, smtp: smtpserver.Server, studio: Studio
) -> None:
    giver.tokens = ["token of yesterday", smtpserver.TOKEN]
    way = way_of(box(giver, smtp_host="127.0.0.1", smtp_port=smtp.port, smtp_security=Security.STARTTLS))
    connected(way).close()
    assert len(giver.asked) == 2
    assert "token of yesterday" not in repr(way)
    Mailbox.objects.update(secret=close("token of yesterday"))
    with pytest.raises(smtplib.SMTPAuthenticationError):
        connected(way)
    assert len(giver.asked) == 3


def test_a_letter_waits_while_no_token_is_given_and_says_why(giver: Giver, studio: Studio) -> None:
    row = box(giver, smtp_host="127.0.0.1", smtp_security=Security.STARTTLS)
    giver.says = (400, b'{"error": "invalid_grant"}')
    with pytest.raises(NoWay, match="takes the refresh token no longer"):
        way_of(row)


def test_a_fault_while_a_token_is_asked_for_is_said_in_its_own_words(
    giver: Giver, smtp: smtpserver.Server, studio: Studio
) -> None:
    way = way_of(box(giver, smtp_host="127.0.0.1", smtp_port=smtp.port, smtp_security=Security.STARTTLS))
    giver.says = (503, b"")
    with pytest.raises(NoToken) as fault:
        connected(way)
    assert smtp_said(fault.value, way) == "127.0.0.1 gives no tokens at the moment. Kept goes on trying."


# ------------------------------------------------------------ what is in the way


@pytest.mark.parametrize(
    ("status", "body", "why"),
    [
        (200, b"<html>Sign in</html>", "did not answer with a token"),
        (200, b"[" * 50_000, "did not answer with a token"),
        (200, b'{"access_token": ["x"]}', "did not answer with a token"),
        (200, b'{"access_token": "a\\r\\nb"}', "did not answer with a token"),
        (200, b'{"access_token": "' + b"x" * 70_000 + b'"}', "in time"),
        (404, b"", "did not answer with a token"),
        (400, b'{"error": "unauthorized_client"}', "does not know Kept by this client id and secret"),
        (503, b"", "gives no tokens at the moment"),
        (429, b"", "gives no tokens at the moment"),
    ],
)
def test_whatever_it_answers_has_its_sentence(giver: Giver, status: int, body: bytes, why: str) -> None:
    giver.says = (status, body)
    assert why in said(giver)


def test_one_that_drips_its_answer_keeps_nobody_for_longer_than_it_may_take(
    giver: Giver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kept.doors.post.token_giver.TIMEOUT", 0.5)
    with dripping(each=0.1, many=100) as port:
        began = time.monotonic()
        assert "gave no fresh token in time" in said(giver, url=f"http://127.0.0.1:{port}/token")
        assert time.monotonic() - began < 5, "ten seconds, had it been heard out"


@contextmanager
def dripping(*, each: float, many: int) -> Iterator[int]:
    """The port of one that answers whoever comes first a byte at a time, in a head that has no end."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def drip() -> None:
            line, _ = door.accept()
            with line, suppress(OSError):
                line.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
                for _ in range(many):
                    time.sleep(each)
                    line.sendall(b"x")

        thread = threading.Thread(target=drip)
        thread.start()
        yield door.getsockname()[1]
        thread.join()


def test_a_wrong_client_is_said(giver: Giver) -> None:
    assert "does not know Kept by this client id and secret" in said(giver, client_secret="wrong")


def test_no_secret_follows_where_it_leads(giver: Giver) -> None:
    with giving() as other:
        giver.leads, giver.says = other.url, (307, b"")
        assert "elsewhere, where Kept does not follow" in said(giver)
        assert other.asked == []


def test_nobody_there_and_no_name_are_said(giver: Giver) -> None:
    assert "cannot be reached" in said(giver, url="http://127.0.0.1:1/token")
    assert "cannot be reached" in said(giver, url="https://no.such.giver.invalid/token")


def test_by_https_it_must_prove_who_it_is(settings: Any, tmp_path: Path) -> None:
    certify(tmp_path)
    with giving(certificate=tmp_path) as giver:
        assert "certificate of 127.0.0.1 cannot be trusted" in said(giver)
        assert giver.asked == []
        settings.MAIL_CA = str(tmp_path / "authority.pem")
        fresh = ask(asking(giver), at=NOW, trusted=trusted())
    assert (fresh.token, fresh.until) == ("token-1", NOW + timedelta(hours=1))
    assert "token-1" not in repr(fresh)


def test_for_a_mailbox_of_ones_own_no_machine_inside_is_asked(giver: Giver, studio: Studio) -> None:
    own = box(giver, kind=Kind.PERSONAL, member=studio.kit)
    with pytest.raises(NoToken, match="public server only"):
        secret_for(own)
    assert giver.asked == []
    box(giver, address="all@larkfield.example")
    assert secret_for(own) == "token-1", "the owner asks there for a shared one"
