"""`kept mailbox ...` as somebody types it, against a real server; no password ever stands on the line or is shown."""

import io
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from kept.doors.post.looking import look_into
from kept.doors.terminal.backing_up import back_up
from kept.doors.terminal.doctoring import look
from kept.kit.secrets import open_
from kept.ledgers.mailboxes.models import Arrival, Kind, Mailbox, Security
from tests import mailserver
from tests.doors.post.boxes import HELLO, an_address, mail, mailbox
from tests.doors.terminal.homes import everything
from tests.mailserver import FOREIGN, PASSWORD, Server, needs_dovecot
from tests.studio import NOW, Studio
from tests.tokengiver import CLIENT, CLIENT_SECRET, REFRESH, giving

pytestmark = needs_dovecot


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What is piped into the command."""

    def pipe(words: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO(words + "\n"))

    return pipe


def said(*words: str, **options: Any) -> str:
    out = io.StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue()


def test_a_mailbox_is_tried_out_and_read_from_now_on(server: Server, studio: Studio, typed: Any) -> None:
    address = an_address()
    server.deliver(address, mail())
    typed(PASSWORD)
    told = said("mailbox_add", address, "--host", "127.0.0.1", "--port", str(server.tls_port))
    assert told == f"{address} is read from now on. It answers; one mail in INBOX and Gesendet.\n"
    box = Mailbox.objects.get()
    assert (box.kind, box.security, open_(box.secret)) == (Kind.SHARED, Security.TLS, PASSWORD)


def test_one_that_does_not_answer_is_not_kept(server: Server, studio: Studio, typed: Any) -> None:
    typed("wrong")
    with pytest.raises(CommandError, match=r"did not let .* in.*Nothing was kept"):
        said("mailbox_add", HELLO, "--host", "127.0.0.1", "--port", str(server.tls_port))
    assert not Mailbox.objects.exists()


@pytest.mark.parametrize(
    ("words", "why"),
    [(["--of", "zed@stranger.example"], "Nobody here"), (["--quiet-before", "soon"], "not a day"),
     (["--security", "plain", "--host", "imap.elsewhere.example"], "in the clear")],
)  # fmt: skip
def test_what_cannot_be_is_said(server: Server, studio: Studio, typed: Any, words: list[str], why: str) -> None:
    typed(PASSWORD)
    with pytest.raises(CommandError, match=why):
        said("mailbox_add", HELLO, "--host", "127.0.0.1", *words)
    assert not Mailbox.objects.exists()


def test_a_members_own_is_theirs(server: Server, studio: Studio, typed: Any) -> None:
    mailbox(server)
    typed(PASSWORD)
    where = ["--host", "127.0.0.1", "--port", str(server.tls_port)]
    said("mailbox_add", studio.bo.email, *where, "--of", studio.bo.email)
    assert Mailbox.objects.get(kind=Kind.PERSONAL).member == studio.bo


def test_the_list_says_how_each_stands_and_what_could_not_be_read(server: Server, studio: Studio) -> None:
    assert "No mailbox is read yet" in said("mailbox_list")
    box, lost = mailbox(server), mailbox(server, port=1)
    server.put(box.address, b"%PDF-1.7\nno mail at all\n")
    look_into(box)
    look_into(lost)
    told = said("mailbox_list")
    assert f"{lost.address}  everybody’s, 127.0.0.1 port 1: not reached since" in told
    assert "Nothing answers at 127.0.0.1, port 1." in told
    assert "not read: INBOX, number 1. It is a PDF." in told
    facts = {one["address"]: one for one in json.loads(said("mailbox_list", "--json"))}
    assert facts[box.address]["troubled"][0]["why"].startswith("It is a PDF.")
    assert facts[lost.address]["trouble_since"]
    assert datetime.fromisoformat(facts[box.address]["added_at"]) == box.added_at
    assert not any(row.secret in told for row in (box, lost))


def test_the_doctor_names_what_cannot_be_reached(server: Server, studio: Studio) -> None:
    lost = mailbox(server, port=1)
    look_into(lost)
    finding = next(one for one in look() if one.what == "mailboxes")
    assert not finding.good
    assert f"{lost.address}: Nothing answers" in finding.said
    assert "kept mailbox test" in finding.how


def test_one_is_tested_paused_resumed_and_removed(server: Server, studio: Studio) -> None:
    box = mailbox(server)
    assert "Folders: INBOX, Gesendet." in said("mailbox_test", box.address)
    said("mailbox_pause", box.address.upper())
    assert "paused since" in said("mailbox_list")
    said("mailbox_resume", box.address)
    assert list(Mailbox.objects.running()) == [box]
    said("mailbox_remove", box.address)
    with pytest.raises(CommandError, match="There is: none yet"):
        said("mailbox_pause", box.address)


def test_another_password_is_tried_before_it_is_kept(server: Server, studio: Studio, typed: Any) -> None:
    box = mailbox(server)
    typed("wrong")
    with pytest.raises(CommandError, match="before is kept"):
        said("mailbox_password", box.address)
    typed(FOREIGN)
    said("mailbox_password", box.address)
    box.refresh_from_db()
    assert open_(box.secret) == FOREIGN


def test_keys_are_turned_over(server: Server, studio: Studio, settings: Any) -> None:
    mailbox(server)
    assert said("mailbox_rekey") == "All are closed with the newest key.\n"
    settings.KEPT_SECRETS = ["new", *settings.KEPT_SECRETS]
    assert said("mailbox_rekey") == "One password turned over.\n"
    settings.KEPT_SECRETS = ["lost"]
    with pytest.raises(CommandError, match="KEPT_SECRETS"):
        said("mailbox_rekey")


def test_what_others_wrote_cannot_steer_the_terminal(server: Server, studio: Studio) -> None:
    box = mailbox(server)
    Arrival.objects.create(
        mailbox=box, folder="IN\x1b[2JBOX", uidvalidity=1, uid=1, zipped=b"", size=0, arrived_at=NOW, trouble="No\x1b."
    )
    assert "\x1b" not in said("mailbox_list")


def test_a_backup_holds_the_password_encrypted_only(server: Server, studio: Studio, tmp_path: Path) -> None:
    box = mailbox(server)
    back_up(tmp_path / "firm.kept", at=NOW)
    held = repr(everything(tmp_path / "firm.kept"))
    assert box.secret in held
    assert PASSWORD not in held


def test_a_refresh_token_and_a_client_secret_are_piped_in_and_never_on_the_line(
    studio: Studio, typed: Any, settings: Any
) -> None:
    with giving(address=HELLO) as giver, mailserver.running(tokens=f"http://127.0.0.1:{giver.port}/?t=") as server:
        settings.MAIL_CA = str(server.authority)
        where = ["--host", "127.0.0.1", "--port", str(server.tls_port)]
        typed(f"{REFRESH}\nwrong")
        with pytest.raises(CommandError, match=r"does not know Kept by this client id.*Nothing was kept"):
            said("mailbox_add", HELLO, *where, "--token-url", giver.url, "--client-id", CLIENT)
        typed(f"{REFRESH}\n{CLIENT_SECRET}")
        told = said("mailbox_add", HELLO, *where, "--token-url", giver.url, "--client-id", CLIENT)
        assert told.startswith(f"{HELLO} is read from now on. It answers")
        typed("refresh-unknown")
        with pytest.raises(CommandError, match=r"no longer.*The refresh token before is kept"):
            said("mailbox_password", HELLO)
        giver.refresh = "refresh-anew"
        typed("refresh-anew")
        assert said("mailbox_password", HELLO) == f"{HELLO} is read with the new refresh token.\n"
    box = Mailbox.objects.get()
    assert (box.auth, open_(box.refresh_token), open_(box.client_secret)) == ("token", "refresh-anew", CLIENT_SECRET)
