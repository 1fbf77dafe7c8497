"""A letter over an encrypted line, and its copy in the sent mail of a real mailbox: once, and no second letter."""

import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kept.doors.post import sending, sending_tasks
from kept.doors.post.looking import look_into
from kept.doors.post.reading import read_arrivals
from kept.kit.secrets import close
from kept.ledgers.conversations.models import Direction, Message
from kept.ledgers.letters.models import Letter
from kept.ledgers.mailboxes.models import Auth, Mailbox, Security
from tests import mailserver, smtpserver
from tests.cast import NOW, Studio, wrote
from tests.doors.post.outbox import ADDRESS, Clock, clock, mailbox, on_its_way

__all__ = ["clock"]


def encrypted(folder: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem", folder / "server.key")
    return context


@pytest.fixture
def servers(settings: Any) -> Iterator[tuple[mailserver.Server, smtpserver.Server]]:
    with mailserver.running() as imap, smtpserver.running(tls=encrypted(imap.folder), password=True) as smtp:
        settings.MAIL_CA = str(imap.authority)
        yield imap, smtp


def box(servers: tuple[mailserver.Server, smtpserver.Server], **more: Any) -> Mailbox:
    imap, smtp = servers
    assert mailserver.PASSWORD == smtpserver.PASSWORD
    facts = {"host": "127.0.0.1", "port": imap.tls_port, "smtp_security": Security.STARTTLS}
    return mailbox(smtp, **(facts | more))


@mailserver.needs_dovecot
class TestWholeWay:
    def test_the_copy_is_put_there_once_and_is_no_second_letter(
        self, studio: Studio, clock: Clock, servers: tuple[mailserver.Server, smtpserver.Server]
    ) -> None:
        imap, smtp = servers
        row = box(servers)
        letter = on_its_way(studio, wrote(studio.borealis, by=studio.cleo))
        assert sending.send_due()["gone"] == 1
        assert (smtp.taken[0].encrypted, smtp.taken[0].user) == (True, ADDRESS)
        assert [sending_tasks.put_copy.func(letter.pk) for _ in range(2)] == [True, False]
        assert [b"\\Seen" in flags for flags in imap.flags(ADDRESS, "Gesendet")] == [True]
        while not look_into(row):
            pass
        read_arrivals(at=NOW)
        assert Message.objects.filter(direction=Direction.OUT).count() == 1

    def test_a_server_that_keeps_the_copy_itself_gets_no_second_one(
        self, studio: Studio, clock: Clock, servers: tuple[mailserver.Server, smtpserver.Server]
    ) -> None:
        imap, smtp = servers
        box(servers)
        letter = on_its_way(studio)
        sending.send_due()
        imap.put(ADDRESS, smtp.taken[0].content, folder="Gesendet")
        assert sending_tasks.put_copy.func(letter.pk) is False
        assert len(imap.flags(ADDRESS, "Gesendet")) == 1

    def test_a_token_lets_us_in(
        self, studio: Studio, clock: Clock, servers: tuple[mailserver.Server, smtpserver.Server]
    ) -> None:
        row = box(servers, auth=Auth.TOKEN, secret=close("an old token"))
        letter = on_its_way(studio)
        assert sending.send_due()["gone"] == 0
        letter.refresh_from_db()
        assert letter.trouble.startswith("127.0.0.1 did not let hello@larkfield.example in.")
        Mailbox.objects.filter(pk=row.pk).update(secret=close(smtpserver.TOKEN))
        clock.wait(minutes=1)
        assert sending.send_due()["gone"] == 1

    def test_a_server_that_cannot_prove_who_it_is_gets_nothing(
        self, studio: Studio, clock: Clock, servers: tuple[mailserver.Server, smtpserver.Server], settings: Any
    ) -> None:
        settings.MAIL_CA = ""
        box(servers)
        on_its_way(studio)
        assert sending.send_due()["gone"] == 0
        assert "certificate of 127.0.0.1 cannot be trusted" in Letter.objects.get().trouble
        assert not servers[1].taken
