"""What a test run stands on, laid before Django reads its settings: an empty KEPT_HOME and one database.

Loaded by `-p tests.environment` in pyproject.toml, since a conftest comes too late for pytest-django.
The database is SQLite, or with KEPT_TEST_DATABASE=postgres PostgreSQL: a throw-away server, or the one
whose address KEPT_TEST_POSTGRES gives.
"""

import atexit
import gc
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

import pytest

from tests import postgres

DATABASES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
DATABASE = os.environ.get("KEPT_TEST_DATABASE", "sqlite")


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: that garbage is looked for in it again and again costs time."""
    gc.collect()
    gc.freeze()


def _lay() -> None:
    if DATABASE not in DATABASES:
        raise pytest.UsageError(f"KEPT_TEST_DATABASE is sqlite or postgres, not {DATABASE!r}")
    # the browser driver keeps an event loop running in the thread in which tests use the database
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        # the first process has made everything; a worker only keeps its files apart from the others'
        os.environ["KEPT_HOME"] = str(Path(os.environ["KEPT_HOME"]) / worker)
        return
    _forget_the_real_firm()
    home = tempfile.mkdtemp(prefix="kept-tests-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ["KEPT_HOME"] = home
    # a plain SIGTERM would skip the tidying up above and leave a server behind
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    if DATABASE == "postgres":
        os.environ["DATABASE_URL"] = os.environ.get("KEPT_TEST_POSTGRES") or _own_server()


def _forget_the_real_firm() -> None:
    """Whatever the caller's shell says about a firm in use must not reach the tests."""
    for name in list(os.environ):
        ours = name.startswith("KEPT_") and not name.startswith("KEPT_TEST_")
        if ours or name in {"DATABASE_URL", "DATABASE_URL_FILE"}:
            del os.environ[name]


def _own_server() -> str:
    try:
        server = postgres.start()
    except postgres.NoPostgresError as error:
        raise pytest.UsageError(f"No PostgreSQL could be started: {error}") from error
    atexit.register(server.stop)
    return server.url


_lay()
