"""A home of its own for each test of a command: an empty KEPT_HOME, a fresh database, and Kept run as a program."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from kept.doors.terminal.archive import open_archive, rows

_numbers = count(1)
KEPT = [sys.executable, "-P", "-m", "kept"]


@dataclass(frozen=True)
class Home:
    """Where one firm lives, and Kept as somebody there would type it."""

    path: Path
    environment: dict[str, str] = field(repr=False)

    def kept(self, *words: str, said: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run `kept words...`, with `said` typed in."""
        typed = {"input": said} if said is not None else {"stdin": subprocess.DEVNULL}
        return subprocess.run(  # type: ignore[call-overload,no-any-return]
            [*KEPT, *words], env=self.environment, capture_output=True, text=True, timeout=120, cwd=self.path, **typed
        )

    def python(self, lines: str) -> str:
        """What these lines print when Kept's settings are this home's."""
        code = f"import django\ndjango.setup()\n{lines}"
        root = Path(__file__).resolve().parents[3]
        done = subprocess.run(
            [sys.executable, "-c", code], env=self.environment, capture_output=True, text=True, timeout=120, cwd=root
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def sqlite_home(path: Path) -> Home:
    """A home on SQLite, as with no environment at all."""
    path.mkdir(parents=True, exist_ok=True)
    return Home(path, _environment(path))


@contextmanager
def home(path: Path) -> Iterator[Home]:
    """A home on the database that this run is about, its tables there and empty."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        made = sqlite_home(path)
        shutil.copy(_tables_on_sqlite(), path)
        yield made
        return
    path.mkdir(parents=True, exist_ok=True)
    with _postgres_database(url, like=_tables_on_postgres(url)) as own:
        yield Home(path, {**_environment(path), "DATABASE_URL": own})


@cache
def _tables_on_sqlite() -> Path:
    """The file of a home that has its tables, and nothing in them: making them takes longer than most tests."""
    made = sqlite_home(Path(tempfile.mkdtemp(prefix="kept-tables-")))
    done = made.kept("prepare", "--only", "database")
    assert done.returncode == 0, done.stderr
    return made.path / "kept.sqlite3"


@cache
def _tables_on_postgres(url: str) -> str:
    """The same as a database to be copied; it ends with the server."""
    import psycopg

    name, path = f"kept_tables_{os.getpid()}", Path(tempfile.mkdtemp(prefix="kept-tables-"))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    own = urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    done = Home(path, {**_environment(path), "DATABASE_URL": own}).kept("prepare", "--only", "database")
    assert done.returncode == 0, done.stderr
    return name


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
