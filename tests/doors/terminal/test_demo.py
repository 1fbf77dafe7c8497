"""Making the demo: on any day, all or nothing, never over what is somebody's own, for this machine only."""

import re
import signal
import subprocess
from datetime import datetime
from typing import Any
from urllib.request import urlopen

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from kept.doors.terminal.demo import story
from kept.doors.terminal.demo.founding import found
from kept.doors.terminal.demo.letters import year
from kept.doors.terminal.demo.welcoming import welcome
from kept.ledgers.clients.models import Client
from kept.ledgers.conversations.models import Conversation, Message
from kept.ledgers.journal.models import Line
from kept.ledgers.team import verbs as team
from kept.ledgers.team.models import Firm, Member
from tests.doors.terminal.homes import KEPT, PATIENCE, Home, laid_out, with_static_files
from tests.doors.terminal.larkfield import A_TUESDAY, brief_of, happened_after
from tests.doors.terminal.test_serving import a_port, until


def test_the_same_day_gives_the_same_history(db: None) -> None:
    histories = []
    for hour in (0, 23):
        with transaction.atomic():
            stage = found(A_TUESDAY.replace(hour=hour))
            welcome(stage)
            histories.append(year(stage))
            transaction.set_rollback(True)
    assert histories[0] == histories[1]
    assert len(histories[0]) > 500


@pytest.mark.parametrize("at", ["2026-11-01T23:30+00:00", "2027-01-04T00:05+00:00"])
def test_it_looks_the_same_on_any_day_and_at_any_hour(db: None, at: str) -> None:
    moment = datetime.fromisoformat(at)
    story.tell(at=moment)
    today = brief_of("ada", moment)
    late = [item.who for item in today.items if item.kind in {"waiting", "stranger"} and item.late]
    assert sorted(late) == ["Delia Crane", "Jonas Rehm"]
    assert (today.counts["waiting"], today.counts["strangers"]) == (7, 2)
    assert sum(item.late for item in today.items if item.kind == "promise") == 2
    assert happened_after(moment) == {}


def test_a_firm_of_somebodys_own_is_not_touched(db: None, settings: Any) -> None:
    settings.STATIC_ROOT = laid_out()
    team.found(name="Somebody's Own", currency="EUR", at=A_TUESDAY)
    for words in ([], ["--reset"]):
        with pytest.raises(CommandError, match="Somebody's Own is here already"):
            call_command("demo", "--no-serve", *words)
    assert list(Firm.objects.values_list("name", "is_demo")) == [("Somebody's Own", False)]
    assert not Member.objects.filter(email__endswith="larkfield.example").exists()


def test_mail_imported_before_any_firm_is_not_touched(db: None, settings: Any) -> None:
    settings.STATIC_ROOT = laid_out()
    Conversation.objects.create(subject="Ours", started_at=A_TUESDAY, last_at=A_TUESDAY)
    with pytest.raises(CommandError, match="mail or clients are here already"):
        call_command("demo", "--no-serve")
    assert list(Conversation.objects.values_list("subject", flat=True)) == ["Ours"]


def test_a_crash_half_way_leaves_nothing_half(db: None) -> None:
    def crash(chapter: str) -> None:
        if chapter == story.CHAPTERS[3]:
            raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        story.tell(at=A_TUESDAY, progress=crash)
    assert not any(model.objects.exists() for model in (Firm, Member, Client, Message, Line))


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.4", "example.org", "::"])  # noqa: S104  # refused, not bound
def test_the_demo_serves_this_machine_only(db: None, host: str) -> None:
    with pytest.raises(CommandError, match="this machine only"):
        call_command("demo", "--host", host)


@pytest.mark.database
@pytest.mark.slow
def test_the_demo_is_served_with_a_link_that_lets_in_once_and_ctrl_c_ends_it(a_home: Home) -> None:
    port = a_port()
    with_static_files(a_home)
    said = a_home.path / "said"
    with said.open("w") as out:
        demo = subprocess.Popen([*KEPT, "demo", "--port", str(port)], env=a_home.environment, stdout=out, stderr=out)
    try:
        link = until(lambda: re.search(r"http://127\.0\.0\.1:\d+/enter/\S+", said.read_text()))
        assert link, said.read_text()
        with urlopen(link.group(), timeout=PATIENCE) as page:  # noqa: S310  # just matched: http, this machine
            assert "Ada" in page.read().decode()
        demo.send_signal(signal.SIGINT)
        assert demo.wait(PATIENCE) == 0
    finally:
        demo.kill()
        demo.wait()
    assert "The demo has ended" in said.read_text()
    assert "Traceback" not in said.read_text()
