"""What is wrong, and how to mend it."""

import io
import json
import socket
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from kept.doors.clock import leases
from kept.doors.terminal import doctoring, preparing
from kept.kit.clock import now
from kept.ledgers.conversations.models import Conversation
from kept.ledgers.hours.models import MonthTotal
from kept.ledgers.journal.models import Line
from kept.ledgers.promises import verbs as promises
from kept.ledgers.promises.models import Promise
from tests.acting import promised, worked, wrote
from tests.doors.clock import jobs
from tests.doors.terminal.homes import sqlite_home
from tests.studio import NOW, Studio

pytestmark = pytest.mark.django_db


def finding(what: str) -> doctoring.Finding:
    return next(one for one in doctoring.look() if one.what == what)


def examined(**flags: bool) -> tuple[int, dict[str, Any]]:
    """The command's exit code, and what it says as JSON."""
    said = io.StringIO()
    code = 0
    try:
        call_command("doctor", json=True, stdout=said, **flags)
    except SystemExit as end:
        code = int(end.code or 0)
    return code, json.loads(said.getvalue())


@pytest.fixture
def untrue(studio: Studio) -> None:
    """Sums that differ from the facts, in every ledger that keeps any."""
    letter = wrote(studio.borealis, by=studio.cleo)
    Conversation.objects.filter(pk=letter.conversation_id).update(their_last_at=None)
    worked(studio.borealis, member=studio.kit, day=NOW.date())
    MonthTotal.objects.update(seconds=1)
    moved = promised(studio.borealis, by=studio.bo, due=NOW + timedelta(days=1))
    promises.move(moved, to=NOW + timedelta(days=2), reason="ill", by=studio.bo, at=NOW)
    kept = promised(studio.borealis, by=studio.bo, due=NOW + timedelta(days=1))
    promises.keep(kept, by=studio.bo, at=NOW)
    Promise.objects.update(due=NOW, ended_at=None)


def test_a_thing_that_is_wrong_is_said_with_the_way_to_mend_it(studio: Studio) -> None:
    said = io.StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("doctor", stdout=said)
    assert end.value.code == 1
    assert "good  firm: Larkfield Studio" in said.getvalue()
    assert "mend  worker: none is alive" in said.getvalue()
    assert "`kept serve` starts one" in said.getvalue()


def test_sums_that_differ_are_counted_afresh_when_asked(untrue: None) -> None:
    sums = ["sums of conversations", "sums of hours", "sums of promises"]
    _, before = examined()
    assert [one["what"] for one in before["findings"] if one["what"] in sums and not one["good"]] == sums
    _, after = examined(mend=True)
    assert all(one["good"] for one in after["findings"] if one["what"] in sums)
    assert Line.objects.filter(verb="sums.mend").count() == len(sums)  # whoever keeps what they counted learns of it
    assert promises.untrue() == []
    assert set(Promise.objects.values_list("due", "ended_at")) == {
        (NOW + timedelta(days=2), None), (NOW + timedelta(days=1), NOW)
    }  # fmt: skip


def test_jobs_that_rest_are_named_with_why_and_how_to_run_them_again(studio: Studio) -> None:
    for _ in range(2):
        jobs.leave.enqueue()
    for job in DBTaskResult.objects.all():
        job.claim("one")
        leases.failed(job, SystemExit("enough"), at=now())
    jobs.dare.enqueue(1)
    found = finding("jobs")
    rests = DBTaskResult.objects.filter(status="FAILED")[0]
    assert not found.good
    assert found.said.startswith("1 waiting, 0 running, 2 rest as failed: leave ")
    assert f"leave {rests.pk} (SystemExit: enough)" in found.said
    assert "`kept worker --retry all-failed`" in found.how


def test_a_queue_that_nobody_takes_from_is_named(studio: Studio) -> None:
    jobs.dare.enqueue(1)
    assert finding("jobs").good
    DBTaskResult.objects.update(enqueued_at=now() - timedelta(minutes=16))
    assert "nobody takes what waits in mail" in finding("jobs").said
    # a queue in which work goes on is only long
    jobs.wait.enqueue(0)
    DBTaskResult.objects.exclude(task_path__endswith="dare").update(status="RUNNING", started_at=now())
    assert finding("jobs").good


def test_without_a_firm_it_says_how_to_found_one() -> None:
    assert finding("firm").how == "`kept setup`"


def test_a_key_others_can_read_is_closed_when_asked(settings: Any, tmp_path: Path) -> None:
    settings.KEPT_HOME = tmp_path
    (tmp_path / "secret_key").write_text("k")
    tmp_path.chmod(0o755)
    (tmp_path / "secret_key").chmod(0o644)
    wrong = finding("home")
    assert not wrong.good
    assert wrong.mend
    wrong.mend()
    assert finding("home").good
    assert tmp_path.stat().st_mode & 0o777 == 0o700


def test_little_room_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert finding("disk").good
    monkeypatch.setattr(doctoring, "ROOM", 1 << 60)
    assert not finding("disk").good


@pytest.mark.parametrize(
    ("address", "good"),
    [("https://kept.example", True), ("http://127.0.0.1:8000", True), ("http://kept.example", False)],
)
def test_an_address_without_a_certificate_is_good_on_this_machine_only(settings: Any, address: str, good: bool) -> None:
    settings.KEPT_URL = address
    assert finding("address").good is good


def test_a_mail_server_that_answers_is_good_and_one_that_does_not_is_named(settings: Any) -> None:
    settings.MAIL_IS_SET_UP = True
    with socket.create_server(("127.0.0.1", 0)) as server:
        host, port = server.getsockname()
        settings.MAIL_HOST, settings.MAIL_PORT = host, port
        smtp = "django.core.mail.backends.smtp.EmailBackend"
        options = {"host": host, "port": port, "timeout": 5}
        settings.MAILERS = {"default": {"BACKEND": smtp, "OPTIONS": options}}
        threading.Thread(target=_greet, args=[server], daemon=True).start()
        assert finding("mail").good
    gone = finding("mail")
    assert not gone.good
    assert f"{host} port {port} does not take our letters" in gone.said


def test_static_files_that_are_not_laid_out_are(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    assert not finding("static files").good
    preparing.do("static")
    assert finding("static files").good
    assert list((tmp_path / "static").glob("css/base.*.css.gz"))


@pytest.mark.slow
def test_an_empty_home_is_looked_at_without_making_anything_in_it(tmp_path: Path) -> None:
    home = sqlite_home(tmp_path / "home")
    done = home.kept("doctor")
    assert done.returncode == 1
    assert "database: there is none yet" in done.stdout
    assert not (home.path / "kept.sqlite3").exists()


def _greet(server: socket.socket) -> None:
    """As much of a mail server as a greeting takes."""
    line, _ = server.accept()
    with line:
        line.sendall(b"220 post.example\r\n")
        while said := line.recv(1024):
            line.sendall(b"221 bye\r\n" if said.upper().startswith(b"QUIT") else b"250 post.example\r\n")
