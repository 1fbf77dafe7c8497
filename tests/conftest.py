"""Fixtures and rules for every test: which run on which database, and where the browser is."""

import os
import shutil
from collections import Counter
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.environment import DATABASE, DATABASES

pytest_plugins = ["tests.cast"]
# how long one example takes is a matter of how busy the machine is; bench measures what must be fast
settings.register_profile("kept", deadline=None)
settings.load_profile("kept")
ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER_FIXTURES = {"page", "context", "browser", "browser_type", "playwright"}
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server", "django_db_setup"}
EMPTYING = {"transactional_db", "django_db_reset_sequences", "live_server"}  # all tables, after each test


def system_browser() -> str | None:
    """Path of this machine's Chromium, or the one KEPT_TEST_BROWSER names; None when there is none."""
    named = os.environ.get("KEPT_TEST_BROWSER")
    return named or next(filter(None, map(shutil.which, BROWSERS)), None)


def pytest_report_header() -> str:
    return f"database: {DATABASES[DATABASE]}; browser: {system_browser() or 'none found'}"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Generator[None]:
    """Mark what touches the database and the browser; on PostgreSQL run only what touches the database."""
    left_out = pytest.mark.skip(reason="no Chromium on this machine: install Debian's package chromium")
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES:
            item.add_marker(pytest.mark.database)
        if item.get_closest_marker("browser") or fixtures & BROWSER_FIXTURES:
            item.add_marker(pytest.mark.browser)
            if not system_browser():
                item.add_marker(left_out)
    if DATABASE == "postgres":
        # a page looks the same over either database: browser tests run once
        once = [item for item in items if not item.get_closest_marker("browser")]
        here = [item for item in once if item.get_closest_marker("database")]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(here)])
        items[:] = here
    yield
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    """When its turn comes.

    As Django has it, what empties all tables comes after what does not. What is slow mostly waits: nothing of that at
    the very end, where no other test has use for the processor meanwhile.
    """
    fixtures, marked = set(getattr(item, "fixturenames", ())), item.get_closest_marker("django_db")
    slow = item.get_closest_marker("slow") is not None
    if fixtures & EMPTYING or (marked and marked.kwargs.get("transaction")):
        return 2 if slow else 3
    if marked or "db" in fixtures:
        return 1
    return 0 if slow else 4


@pytest.fixture(autouse=True)
def forget_forecasts() -> None:
    """Rows of the test before are gone, so what a process keeps of them must go too."""
    from kept.readings import (
        brief_alarms,
        budgets,
        client_known,
        kept_lately,
        overservice,
        pledge,
        pledge_held,
        promises_open,
        review_pledge,
        rhythm,
        standing,
        waiting_written,
    )

    brief_alarms._kept.cache_clear()
    budgets._kept.cache_clear()
    client_known.forget()
    overservice._kept.cache_clear()
    kept_lately._kept.cache_clear()
    pledge._kept.cache_clear()
    pledge_held.forget()
    promises_open.forget()
    review_pledge._by_pledge.cache_clear()
    standing._kept.cache_clear()
    waiting_written.forget()
    rhythm.forget()


@pytest.fixture(autouse=True)
def forget_feelings() -> None:
    """As `forget_forecasts`, for how it felt."""
    from kept.readings import felt_page

    felt_page._felt.cache_clear()
    felt_page._firm.cache_clear()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Give SQLite a real file: in memory it locks differently, and a live server shares it by threads."""
    from django.db import connections

    settings = connections["default"].settings_dict
    if settings["ENGINE"].endswith("sqlite3"):
        settings["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Note the migrations as applied: the tables come from the models, which takes a tenth of the time.

    That both make the same tables `bin/check` sees; homes of commands are made by the migrations themselves.
    """
    from django.conf import settings as kept
    from django.contrib.auth.management import create_permissions
    from django.contrib.contenttypes.management import create_contenttypes
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.recorder import MigrationRecorder
    from django.db.models.signals import post_migrate

    # nobody asks for these rows; after each test that empties all tables they would be made anew
    post_migrate.disconnect(create_permissions, dispatch_uid="django.contrib.auth.management.create_permissions")
    post_migrate.disconnect(create_contenttypes)
    kept.MIGRATION_MODULES = {}  # pytest-django hid them all
    with django_db_blocker.unblock():
        # a process asks SQLite this once; which test came first must not decide how many queries it counts
        assert connection.features.supports_json_field
        recorder = MigrationRecorder(connection)
        recorder.ensure_schema()
        for app, name in MigrationLoader(None).disk_migrations or {}:
            recorder.record_applied(app, name)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the system's Chromium, with nothing that calls home or needs a sandbox the container lacks."""
    quiet = ["background-networking", "component-update", "default-apps", "gpu", "sync"]
    arguments = ["--no-sandbox", "--no-first-run", *(f"--disable-{name}" for name in quiet)]
    return {**browser_type_launch_args, "executable_path": system_browser(), "args": arguments}


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Leave the counts, and why tests were left out, in the file that bin/test names to add them up."""
    tally = os.environ.get("KEPT_TEST_TALLY")
    if not tally or os.environ.get("PYTEST_XDIST_WORKER"):
        return
    stats = terminalreporter.stats
    words = [word for word in ("failed", "error", "passed", "skipped") if stats.get(word)]
    counts = [f"{len(stats[word])} {word}" for word in words]
    skips = [str(report.longrepr[2]) for report in stats.get("skipped", [])]
    reasons = Counter(reason.removeprefix("Skipped: ") for reason in skips)
    lines = [f"{DATABASES[DATABASE]}: {', '.join(counts) or 'no test ran'}"]
    lines += [f"    left out {count}: {reason}" for reason, count in reasons.most_common()]
    with Path(tally).open("a") as file:
        file.write("\n".join(lines) + "\n")
