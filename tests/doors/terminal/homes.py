"""A home of its own for each test of a command: an empty KEPT_HOME, a fresh database, and Kept run as a program."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from kept.doors.terminal.archive import open_archive, rows
from tests.once import made_once

_numbers = count(1)
KEPT = [sys.executable, "-P", "-m", "kept"]
TABLES = "kept_tables"
START = "first-start.json"  # in the folder of the tables: how the two that made them ended, and what they said
PATIENCE = 300  # seconds until a program is stuck, and not only slow


@dataclass(frozen=True)
class Home:
    """Where one firm lives, and Kept as somebody there would type it."""

    path: Path
    environment: dict[str, str] = field(repr=False)

    def kept(self, *words: str, said: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run `kept words...`, with `said` typed in."""
        typed = {"input": said} if said is not None else {"stdin": subprocess.DEVNULL}
        return subprocess.run(  # type: ignore[call-overload,no-any-return]
            [*KEPT, *words],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            cwd=self.path,
            **typed,
        )

    def python(self, lines: str) -> str:
        """What these lines print when Kept's settings are this home's."""
        code = f"import django\ndjango.setup()\n{lines}"
        root = Path(__file__).resolve().parents[3]
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            cwd=root,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def sqlite_home(path: Path, *, tables: bool = False) -> Home:
    """A home on SQLite, as with no environment at all; empty, or with its `tables` and nothing in them."""
    path.mkdir(parents=True, exist_ok=True)
    if tables:
        shutil.copy(made_once("tables-on-sqlite", _make_tables) / "kept.sqlite3", path)
    return Home(path, _environment(path))


def with_static_files(home: Home) -> Home:
    """The home with its static files laid out already, where laying them out is not the point."""
    (home.path / "static").symlink_to(laid_out())
    return home


def laid_out() -> Path:
    """The static files as a start lays them out."""

    def make(path: Path) -> None:
        done = Home(path, _environment(path)).kept("prepare", "--only", "static")
        assert done.returncode == 0, done.stderr

    return made_once("static-files", make) / "static"


@contextmanager
def home(path: Path, *, tables: bool = True) -> Iterator[Home]:
    """A home on the database that this run is about, with nothing in its `tables`, or without them."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        yield sqlite_home(path, tables=tables)
        return
    path.mkdir(parents=True, exist_ok=True)
    if tables:
        tables_of_this_run()
    with _postgres_database(url, like=TABLES if tables else "template1") as own:
        yield Home(path, {**_environment(path), "DATABASE_URL": own})


def tables_of_this_run() -> Path:
    """The folder of the tables that are copied for each home; on PostgreSQL they are in the database `TABLES`."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return made_once("tables-on-sqlite", _make_tables)

    def make(path: Path) -> None:
        import psycopg

        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{TABLES}"')
            connection.execute(f'CREATE DATABASE "{TABLES}"')
        _make_tables(path, DATABASE_URL=urlunsplit(urlsplit(url)._replace(path=f"/{TABLES}")))

    return made_once("tables-on-postgres", make)


def _make_tables(path: Path, **more: str) -> None:
    """By the migrations, which takes longer than most tests, so two that start at once are seen to be right here."""
    path.chmod(0o755)
    both = [
        subprocess.Popen(
            [*KEPT, "worker", "--status"], env={**_environment(path), **more}, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    said = [process.communicate(timeout=PATIENCE)[1] for process in both]
    (path / START).write_text(json.dumps([[process.returncode for process in both], said]))
    assert (path / "kept.sqlite3").exists() or more, said


def everything(file: Path) -> dict[str, list[list[object]]]:
    """The rows of every table in a backup, by table, the columns first."""
    found = open_archive(file)
    return {table: list(rows(found, table)) for table in found.tables}


@contextmanager
def _postgres_database(url: str, *, like: str) -> Iterator[str]:
    import psycopg

    name = f"kept_home_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _environment(path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KEPT_", "DATABASE_URL"))}
    kept.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)
    return {**kept, "KEPT_HOME": str(path), "DJANGO_SETTINGS_MODULE": "kept.settings"}
