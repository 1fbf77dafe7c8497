"""Servers that say what no mail server should: their mailbox says so, and every other one is read all the same."""

import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kept.doors.post import looking
from kept.doors.post.imap_trial import try_out
from kept.kit.secrets import close
from kept.ledgers.mailboxes.models import Mailbox, Security
from tests.studio import NOW, Studio

Serve = Callable[..., Mailbox]
USUAL = {"LIST": '* LIST () "/" "INBOX"', "EXAMINE": "* 3 EXISTS\r\n* OK [UIDVALIDITY 1] so it is"}


@pytest.fixture
def mailbox_on(studio: Studio) -> Iterator[Serve]:
    """A mailbox on a server that answers each command as told, and else only that it is done."""
    line = socket.create_server(("127.0.0.1", 0))

    def serve(**told: str) -> Mailbox:
        threading.Thread(target=_answer, args=[line, USUAL | told], daemon=True).start()
        facts: dict[str, Any] = {"host": "127.0.0.1", "port": line.getsockname()[1], "security": Security.PLAIN}
        facts |= {"username": "hello", "secret": close("x"), "added_at": NOW, "quiet_before": NOW}
        return Mailbox.objects.create(address="hello@larkfield.example", **facts)

    yield serve
    line.close()


def _answer(line: socket.socket, told: dict[str, str]) -> None:
    spoken, _ = line.accept()
    with spoken, spoken.makefile("rwb") as stream:
        stream.write(b"* OK Good morning\r\n")
        stream.flush()
        for asked in stream:
            tag, command, *_ = asked.decode().split()
            said = "* CAPABILITY IMAP4rev1" if command == "CAPABILITY" else told.get(command.upper(), "")
            stream.write(f"{said}\r\n".encode() if said else b"")
            stream.write(f"{tag} OK Done\r\n".encode())
            stream.flush()


def test_a_folder_whose_name_cannot_be_read_hides_no_other(mailbox_on: Serve) -> None:
    names = '* LIST () "/" "A & B"\r\n* LIST () "/" "INBOX"\r\n* LIST (\\Sent) "/" "Sent"\r\n* LIST () "/" "&2AA-"'
    found = try_out(mailbox_on(LIST=names))
    assert (found.folders, found.chosen) == (("INBOX", "Sent"), ("INBOX", "Sent"))


def test_numbers_too_large_for_any_column_are_the_mailboxs_own_trouble(mailbox_on: Serve) -> None:
    box = mailbox_on(EXAMINE=f"* 3 EXISTS\r\n* OK [UIDVALIDITY {2**80}] so it is")
    assert looking.look_into(box) is True
    box.refresh_from_db()
    assert "could not be understood" in box.trouble
