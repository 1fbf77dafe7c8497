"""Making the home ready before a command runs: tables up to date, static files laid out; fast when nothing is to do."""

import contextlib
import fcntl
import hashlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

KEPT = [sys.executable, "-P", "-m", "kept"]
MADE_FROM = ".made-from"  # in STATIC_ROOT: what its files were last laid out from
ADVISORY = 5_384_116  # an arbitrary number of ours; PostgreSQL holds it for one process at a time, on any host


def prepare(*, quiet: bool) -> None:
    """Bring tables and static files up to date; says what it does unless `quiet`. Harmless when two start at once.

    Raises CommandError, with what was said, when it cannot be done.
    """
    prepare_database(quiet=quiet)
    lay_out_static(quiet=quiet)


def prepare_database(*, quiet: bool) -> None:
    """Make or migrate the tables, the cache's too, where any is missing."""
    _keep_to_ourselves()
    _have_done("database", "Bringing the database up to date.", quiet=quiet, needed=_behind)


def lay_out_static(*, quiet: bool) -> None:
    """Copy the package's static files to STATIC_ROOT, named by content and compressed, when they have changed."""
    _have_done("static", "Laying out the static files.", quiet=quiet, needed=not_laid_out)


def do(part: str) -> None:
    """Do the "database" or the "static" part here and now."""
    if part == "database":
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    else:
        # old files stay: a page that is open in somebody's browser still asks for them
        call_command("collectstatic", interactive=False, verbosity=0)
        (settings.STATIC_ROOT / MADE_FROM).write_text(static_fingerprint())


def static_fingerprint() -> str:
    """A name for the static files as the package has them: how they are kept, each file's path, size and time."""
    parts = [settings.STORAGES["staticfiles"]["BACKEND"]]
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = Path(storage.path(path)).stat()
            parts.append(f"{path} {stat.st_size} {stat.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(parts)).encode()).hexdigest()


def unapplied() -> list[str]:
    """Migrations that the database has not seen, as "app.name"."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def not_laid_out() -> bool:
    """Whether STATIC_ROOT lacks the static files as the package has them."""
    made = settings.STATIC_ROOT / MADE_FROM
    return not settings.DEBUG and not (made.exists() and made.read_text() == static_fingerprint())


def _keep_to_ourselves() -> None:
    """Make the file of a new database readable by its owner only; SQLite gives its others the same mode."""
    if connection.vendor == "sqlite":
        # where it cannot be made the database says so itself
        with contextlib.suppress(OSError):
            settings.KEPT_HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
            Path(connection.settings_dict["NAME"]).touch(mode=0o600)


def _behind() -> bool:
    return bool(unapplied()) or settings.CACHES["default"]["LOCATION"] not in connection.introspection.table_names()


def _have_done(part: str, words: str, *, quiet: bool, needed: Callable[[], bool]) -> None:
    if not needed():
        return
    with _alone(part):
        if not needed():
            return
        if not quiet:
            sys.stderr.write(f"{words}\n")
        # another process gives the memory back that this takes; a server would keep it for good
        done = subprocess.run([*KEPT, "prepare", "--only", part], capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise CommandError(f"{words} That failed:\n{done.stderr.strip()}")


@contextlib.contextmanager
def _alone(what: str) -> Iterator[None]:
    """One process at a time: by a lock on a file in KEPT_HOME, for a shared PostgreSQL also in the database."""
    settings.KEPT_HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (settings.KEPT_HOME / f".preparing-{what}").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [ADVISORY])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY])
