"""The import commands: what they print, as words and as JSON, what they ask, and that nothing half is ever kept."""

import json
import signal
import subprocess
import sys
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from kept.flows.record_hours import CHUNK
from kept.ledgers.clients.models import Client, Contact
from kept.ledgers.engagements.models import Engagement
from kept.ledgers.hours.models import Entry
from kept.ledgers.journal.models import Batch, Line
from tests.doors.imports.conftest import Write
from tests.doors.terminal.homes import sqlite_home
from tests.environment import DATABASE
from tests.ledgers.telling import everything
from tests.studio import Studio

HOURS = """User,Email,Client,Project,Start date,Start time,End date,End time,Duration
Kit Marsh,kit@larkfield.example,Borealis,Website,2026-10-01,09:00:00,2026-10-01,10:30:00,01:30:00
Kit Marsh,kit@larkfield.example,Vela,Launch,2026-10-02,09:00:00,2026-10-02,09:20:00,00:20:00
Kit Marsh,kit@larkfield.example,,Lunch,2026-10-32,12:00:00,2026-10-31,13:00:00,01:00:00
"""
BUDGETS = """client,engagement,kind,starts,ends,hours,fee,currency
Borealis,Website,fixed,2026-09-01,2026-12-31,100,10000,GBP
Vela,Care,sometimes,2026-09-01,,10,1000,GBP
"""
CLIENTS = """Company name,Company domain name,First name,Last name,Email
Vela,vela.example,Noor,Adler,noor@vela.example
,,Zed,,zed@stranger.example
"""
PLAIN = "day,person,client,project,hours\n"


def run(name: str, *words: object) -> str:
    out = StringIO()
    call_command(name, *map(str, words), stdout=out)
    return out.getvalue()


def told(name: str, *words: object) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(run(name, *words, "--json"))
    assert report["read"] == report["new"] + report["known"] + report["rejected"]
    return report


def test_time_is_told_as_json(studio: Studio, write: Write) -> None:
    report = told("import_time", write(HOURS))
    counts = {name: report[name] for name in ("read", "new", "known", "rejected", "hours", "hours_known", "clients")}
    assert counts == {"read": 3, "new": 2, "known": 0, "rejected": 1, "hours": 1.8333, "hours_known": 0, "clients": 1}
    assert (report["format"], report["batch"], report["without_engagement"]) == ("toggl", Batch.objects.get().pk, 2)
    assert report["seconds"] > 0
    [rejection] = report["rejections"]
    assert rejection["line"] == 4
    assert "32" in rejection["why"]
    assert rejection["remedy"]
    assert Batch.objects.get().counts["new"] == 2


def test_time_again_is_known_and_leaves_no_trace(studio: Studio, write: Write) -> None:
    path = write(HOURS)
    run("import_time", path)
    lines, before = Line.objects.count(), everything()
    report = told("import_time", path)
    assert (report["new"], report["known"], report["hours"], report["hours_known"]) == (0, 2, 1.8333, 1.8333)
    assert report["batch"] is None
    assert (Line.objects.count(), everything()) == (lines, before)


@pytest.mark.parametrize(
    ("name", "text"), [("import_time", HOURS), ("import_budget", BUDGETS), ("import_clients", CLIENTS)]
)
def test_a_dry_run_tells_the_same_and_keeps_nothing(studio: Studio, write: Write, name: str, text: str) -> None:
    path, before, lines = write(text), everything(), Line.objects.count()
    dry = told(name, path, "--dry-run")
    assert (everything(), Line.objects.count(), dry["batch"]) == (before, lines, None)
    wet = told(name, path)
    assert {**wet, "batch": None, "seconds": 0} == {**dry, "seconds": 0}
    assert "dry run" in run(name, path, "--dry-run")


@pytest.mark.parametrize(
    ("name", "text"), [("import_time", HOURS), ("import_budget", BUDGETS), ("import_clients", CLIENTS)]
)
def test_any_import_is_taken_back_by_its_number(studio: Studio, write: Write, name: str, text: str) -> None:
    path, before = write(text), everything()
    said = run(name, path)
    batch = Batch.objects.get()
    assert f"`kept import undo {batch.pk}` takes it all back." in said
    assert f"  {path.name}:" in said
    run("import_undo", batch.pk)
    del before["journal.Batch"]
    assert {label: rows for label, rows in everything().items() if label != "journal.Batch"} == before


def test_a_table_of_ones_own_is_mapped_column_by_column(studio: Studio, write: Write) -> None:
    text = "Nr,When,Spent,For,Dev\n1,2026-10-01,2.5,Borealis,Kit Marsh\n1,2026-10-01,2.5,Borealis,Bo Field\n"
    mapped = [part for pair in ("Nr=id", "When=day", "Spent=hours", "For=client") for part in ("--map", pair)]
    report = told("import_time", write(text), *mapped, "--person-column", "Dev")
    assert (report["new"], report["known"], report["hours"], report["format"]) == (1, 1, 2.5, "csv")
    assert Entry.objects.get().member == studio.kit


def test_rows_without_a_client_go_where_their_owner_says(studio: Studio, write: Write) -> None:
    path = write(f"{PLAIN}2026-10-01,Kit Marsh,,Lunch,1\n")
    assert "--client NAME says whose they are" in run("import_time", path, "--dry-run")
    run("import_time", path, "--client", "borealis")
    assert Entry.objects.get().client == studio.borealis


def test_numbers_of_two_tools_are_told_apart_by_name(studio: Studio, write: Write) -> None:
    text = f"id,{PLAIN}1,2026-10-0{{}},Kit Marsh,Borealis,Website,1\n"
    one, other = write(text.format(1), name="one.csv"), write(text.format(2), name="two.csv")
    run("import_time", one)
    assert "--from NAME" in told("import_time", other)["rejections"][0]["remedy"]
    assert told("import_time", other, "--from", "tracker")["new"] == 1


@pytest.mark.parametrize("name", ["import_time", "import_budget"])
def test_what_reads_both_ways_is_asked_and_not_guessed(studio: Studio, write: Write, name: str) -> None:
    rows = {"import_time": f"{PLAIN}03/04/2026,Kit,Borealis,Website,1\n",
            "import_budget": "client,engagement,kind,starts,hours\nBorealis,Website,fixed,03/04/2026,9\n"}  # fmt: skip
    path, before, out = write(rows[name]), everything(), StringIO()
    with pytest.raises(CommandError, match="day or the month first") as raised:
        call_command(name, str(path), "--json", stdout=out)
    assert raised.value.returncode == 2
    asked = json.loads(out.getvalue())
    assert asked["answers"] == ["--day-first", "--month-first"]
    assert "03/04/2026" in asked["question"]
    assert everything() == before
    assert told(name, path, "--day-first")["new"] == 1


def test_the_answer_decides_the_month(studio: Studio, write: Write) -> None:
    path = write(f"{PLAIN}03/04/2026,Kit,Borealis,Website,1\n")
    run("import_time", path, "--month-first")
    assert Entry.objects.get().day == date(2026, 3, 4)


@pytest.mark.parametrize("name", ["import_time", "import_budget", "import_clients"])
def test_a_file_that_is_none_of_these_is_said_plainly(studio: Studio, write: Write, name: str) -> None:
    out = StringIO()
    with pytest.raises(CommandError, match=r"Nothing was imported|columns are") as raised:
        call_command(name, str(write("colour,shape\nred,round\n")), "--json", stdout=out)
    assert raised.value.returncode == 1
    assert set(json.loads(out.getvalue())) == {"fault", "remedy"}
    with pytest.raises(CommandError, match="could not be opened"):
        run(name, "nowhere.csv")


def test_budgets_and_hours_meet(studio: Studio, write: Write) -> None:
    run("import_time", write(HOURS))
    report = told("import_budget", write(BUDGETS, name="budgets.csv"))
    assert (report["new"], report["rejected"], report["engagements"], report["gathered"]) == (1, 1, 1, 1)
    assert Engagement.objects.get().hours.get().seconds == 5400


def test_clients_and_their_people_are_met(studio: Studio, write: Write) -> None:
    report = told("import_clients", write(CLIENTS))
    assert (report["clients"], report["contacts"], report["domains"], report["rejected"]) == (1, 1, 1, 1)
    assert Contact.objects.get(addresses__email="noor@vela.example").client == Client.objects.get(name="Vela")


def test_cards_are_met(studio: Studio, write: Write) -> None:
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:Noor Adler\nORG:Vela;Brand\nEMAIL:noor@vela.example\nEND:VCARD\n"
    assert told("import_clients", write(card, name="people.vcf"))["contacts"] == 1


KILLED = """
import os, signal, sys
from pathlib import Path
import django
django.setup()
from kept.doors.imports.time_import import Asked, bring_in
from kept.kit import clock
bring_in(Path(sys.argv[1]), asked=Asked(), at=clock.now(), on_progress=lambda *_: os.kill(os.getpid(), signal.SIGKILL))
"""


@pytest.mark.skipif(DATABASE != "sqlite", reason="it needs a database of its own, which on PostgreSQL costs a server")
def test_killed_in_the_middle_nothing_is_there(tmp_path: Path) -> None:
    path = tmp_path / "hours.csv"
    many = CHUNK + 200  # killed when the first of two chunks is written
    path.write_text(PLAIN + "".join(f"2026-10-01,Kit,Client {n % 50},Project {n},{n % 9 + 1}\n" for n in range(many)))
    place = sqlite_home(tmp_path / "home", tables=True).environment

    def kept(*words: str) -> str:
        command = [sys.executable, "-m", "kept", *words]
        return subprocess.run(command, env=place, check=True, capture_output=True, text=True).stdout

    assert subprocess.run([sys.executable, "-c", KILLED, path], env=place).returncode == -signal.SIGKILL
    assert "Nothing was imported yet" in kept("import", "list")
    assert json.loads(kept("import", "time", str(path), "--json"))["new"] == many
