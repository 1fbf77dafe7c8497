"""`kept import mail`: what it prints, what it keeps, what it cannot read, and the way back."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from kept.doors.post import importing
from kept.flows.receive_mail import Terms
from kept.ledgers.clients.models import Client
from kept.ledgers.conversations.models import Conversation, Message
from kept.ledgers.journal.models import Batch, Line
from kept.ledgers.team.models import Domain
from tests.ledgers.telling import everything
from tests.studio import NOW, Studio

BOX = """From cleo@borealis.example Tue Oct 20 08:00:00 2026
From: Cleo North <cleo@borealis.example>
To: Ada <ada@larkfield.example>
Subject: Drafts
Date: Tue, 20 Oct 2026 09:00:00 +0100
Message-ID: <one@borealis.example>

Could you send the drafts?

From noor@vela.example Tue Oct 20 08:10:00 2026
From: Noor <noor@vela.example>
To: Ada <ada@larkfield.example>
Subject: Hello
Date: Tue, 20 Oct 2026 09:10:00 +0100
Message-ID: <two@vela.example>

Do you take new clients?

From noreply@vela.example Tue Oct 20 08:11:00 2026
From: Vela <noreply@vela.example>
To: Ada <ada@larkfield.example>
Subject: Out of office
Date: Tue, 20 Oct 2026 09:11:00 +0100
Message-ID: <three@vela.example>
Auto-Submitted: auto-replied

I am away.

"""


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """Three letters: of a client, of a stranger, of a machine."""
    path = tmp_path / "letters.mbox"
    path.write_text(BOX)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one letter, and one that is none."""
    path = tmp_path / "folder"
    path.mkdir()
    (path / "good.eml").write_text(BOX.split("\n", 1)[1].split("\nFrom noor")[0])
    (path / "empty.eml").write_text("")
    return path


def run(*words: object) -> str:
    out = StringIO()
    call_command("import_mail", *map(str, words), stdout=out)
    return out.getvalue()


def told(*words: object) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(run(*words, "--json"))
    assert report["read"] == report["new"] + report["known"] + report["unreadable"]
    return report


def held() -> dict[str, list[object]]:
    """All ledgers but the batches."""
    return {name: rows for name, rows in everything().items() if name != "journal.Batch"}


def test_letters_are_counted_as_json_has_it(studio: Studio, box: Path) -> None:
    report = told(box)
    names = ("read", "new", "known", "automatic", "unreadable", "conversations", "clients", "strangers")
    assert [report[name] for name in names] == [3, 3, 0, 1, 0, 3, 0, 2]
    assert report["batch"] == Batch.objects.get().pk
    assert set(Message.objects.values_list("batch", flat=True)) == {report["batch"]}


def test_a_second_run_changes_nothing(studio: Studio, box: Path) -> None:
    told(box)
    before = everything()
    report = told(box)
    assert (report["new"], report["known"], report["batch"]) == (0, 3, None)
    assert everything() == before


def test_a_dry_run_tells_the_same_and_keeps_nothing(studio: Studio, box: Path) -> None:
    before, lines = everything(), Line.objects.count()
    dry = told(box, "--dry-run", "--ours", "vela.example", "--suggest-clients")
    assert (everything(), Line.objects.count()) == (before, lines)
    assert {**told(box, "--ours", "vela.example", "--suggest-clients"), "batch": None, "seconds": 0} == {
        **dry,
        "seconds": 0,
    }


def test_a_file_that_is_no_letter_is_named_and_the_rest_comes(studio: Studio, folder: Path) -> None:
    report = told(folder)
    assert (report["new"], report["unreadable"]) == (1, 1)
    [trouble] = report["unreadables"]
    assert "empty.eml" in trouble["source"]
    assert trouble["why"]
    assert trouble["remedy"]


@pytest.mark.parametrize("flags", [[], ["--json"]])
def test_no_file_name_steers_the_terminal(studio: Studio, tmp_path: Path, flags: list[str]) -> None:
    (tmp_path / "\x1b]0;mine\x07\x9b31m.eml").write_text("")
    said = StringIO()
    call_command("import_mail", str(tmp_path), *flags, stdout=said)
    assert "mine" in said.getvalue()
    assert all(each.isprintable() or each == "\n" for each in said.getvalue())


def test_it_is_told_in_sentences(studio: Studio, box: Path, folder: Path) -> None:
    said = run(box, folder, "--suggest-clients")
    assert "Brought in three letters of 5 read, in three conversations; 1 were known" in said
    assert "One new client, one for each firm that wrote." in said
    assert "empty.eml: The file is empty." in said
    assert f"`kept import undo {Batch.objects.get().pk}` takes it all back." in said


def test_whoever_writes_from_our_domain_is_one_of_us(studio: Studio, box: Path) -> None:
    run(box, "--ours", "vela.example")
    assert Domain.objects.filter(name="vela.example").exists()
    assert set(Message.objects.filter(direction="out").values_list("message_id", flat=True)) == {
        "two@vela.example",
        "three@vela.example",
    }


def test_a_client_for_each_firm_that_wrote(studio: Studio, box: Path) -> None:
    assert told(box, "--suggest-clients")["clients"] == 1
    assert Client.objects.get(name="vela.example").conversations.count() == 2


def test_mail_before_a_day_is_history(studio: Studio, box: Path) -> None:
    run(box, "--quiet-before", "2026-10-21")
    assert not Conversation.objects.exclude(their_last_at=None).exists()


@pytest.mark.parametrize("words", [["--quiet-before", "soon"], ["nowhere.mbox"]])
def test_what_cannot_be_is_said_before_anything_is_kept(studio: Studio, box: Path, words: list[str]) -> None:
    before = everything()
    with pytest.raises(CommandError, match="Nothing was imported"):
        run(box, *words)
    assert everything() == before


def test_it_is_taken_back_by_its_number(studio: Studio, box: Path) -> None:
    before = held()
    run(box, "--suggest-clients")
    out = StringIO()
    call_command("import_undo", str(Batch.objects.get().pk), stdout=out)
    assert "three messages" in out.getvalue()
    assert held() == before


def test_stopped_between_two_chunks_it_goes_on_where_it_stopped(
    studio: Studio, box: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "CHUNK", 1)
    seen: list[int] = []

    def stop(taken: int) -> None:
        seen.append(taken)
        if len(seen) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        importing.bring_in([box], terms=Terms(), at=NOW, on_progress=stop)
    kept = Message.objects.count()
    assert 0 < kept < 3
    assert Batch.objects.get().counts["new"] == kept
    again = told(box)
    assert (again["new"], again["known"]) == (3 - kept, kept)
