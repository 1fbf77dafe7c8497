"""What one types after `kept`: two words become one command, and what is half or wrong says what would do."""

import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from django.core.management import get_commands

from kept import cli
from kept.doors.terminal import entry
from tests.doors.terminal.homes import Home, sqlite_home

KNOWN = {"import_mail": "kept.doors.post", "import_undo": "kept.doors.terminal", "demo": "kept.doors.terminal"}
OTHERS = {"db_worker": "django_tasks_db", "migrate": "django.core"}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return sqlite_home(tmp_path / "home")


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        (["import", "mail", "a.mbox", "--json"], ["import_mail", "a.mbox", "--json"]),
        (["import_mail", "a.mbox"], ["import_mail", "a.mbox"]),
        (["demo", "--reset"], ["demo", "--reset"]),
        (["demo"], ["demo"]),
        (["nonsense", "mail"], ["nonsense", "mail"]),
        (["db", "worker"], ["db", "worker"]),
        (["--help"], ["--help"]),
        ([], []),
    ],
)
def test_two_words_that_name_a_command_are_joined(typed: list[str], command: list[str]) -> None:
    assert cli.joined(typed, known={**KNOWN, **OTHERS}) == command


@pytest.mark.parametrize("typed", [["import"], ["import", "pigeons"], ["import", "--json"]])
def test_half_a_command_says_what_may_follow(typed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.joined(typed, known={**KNOWN, **OTHERS})
    assert stopped.value.code == 2
    assert "Say what to import: mail, undo." in capsys.readouterr().err


def test_it_knows_its_own_version(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["kept", "--version"])
    cli.main()
    assert capsys.readouterr().out == f"Kept {version('kept')}\n"


@pytest.mark.parametrize("typed", [[], ["help"], ["--help"], ["-h"]])
def test_help_lists_the_commands(typed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    entry.run(cli.joined(typed, known={**KNOWN, **OTHERS}))
    assert "kept import mail|time|budget|clients PATH" in capsys.readouterr().out


def test_help_makes_nothing(home: Home) -> None:
    done = home.kept()
    assert (done.returncode, done.stdout) == (0, entry.WORDS)
    assert not (home.path / "kept.sqlite3").exists()


def test_help_names_every_command_that_a_person_types() -> None:
    of_machines = {"prepare"}
    ours = {name.split("_")[0] for name, home in get_commands().items() if home.startswith("kept.")} - of_machines
    assert [name for name in sorted(ours) if f"kept {name}" not in entry.WORDS] == []


def test_what_is_no_command_is_named(home: Home) -> None:
    done = home.kept("pigeons")
    assert done.returncode == 1
    assert "Unknown command: 'pigeons'" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("KEPT_SMTP_PORT", "mail", "should be a whole number, not 'mail'."),
        ("KEPT_DEBUG", "perhaps", "should be yes or no, not 'perhaps'."),
        ("KEPT_URL", "kept.example.com", "should be the address people type"),
        ("DATABASE_URL", "mysql://ada:sesame@db.example/studio", "should begin with postgres:// or sqlite://."),
        ("KEPT_SECRET_KEY_FILE", "/nowhere/at/all", "points to a file that cannot be read"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_sentence(home: Home, name: str, value: str, why: str) -> None:
    home.environment[name] = value
    done = home.kept("brief")
    assert done.returncode == 1
    assert done.stderr.startswith(f"Kept did not start: {name} {why}")
    assert len(done.stderr.splitlines()) == 1
    assert "sesame" not in done.stderr
