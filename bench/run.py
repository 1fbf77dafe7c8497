"""`bin/bench [--scale 1 10] [--database sqlite postgres]`: the firm's year built, every limit measured, one table."""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Measure each database at each scale in a process of its own, so that one cannot warm another."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--scale", nargs="+", type=int, default=[1, 10])
    words.add_argument("--database", nargs="+", default=["sqlite", "postgres"], choices=["sqlite", "postgres"])
    words.add_argument(
        "--here",
        action="store_true",
        help="measure in the installation that KEPT_HOME and DATABASE_URL name; a firm is built there if it has none",
    )
    words.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = words.parse_args()
    if options.inside or options.here:
        measure(options.scale[0], options.database[0])
        return
    for database in options.database:
        for scale in options.scale:
            outside(database, scale)


def outside(database: str, scale: int) -> None:
    """Start a measuring process over a fresh, empty installation."""
    with tempfile.TemporaryDirectory(prefix="kept-bench-") as home:
        environment = {**os.environ, "KEPT_HOME": home, "DJANGO_SETTINGS_MODULE": "kept.settings"}
        environment.pop("DATABASE_URL", None)
        server = None
        if database == "postgres":
            from tests import postgres

            server = postgres.start()
            environment["DATABASE_URL"] = server.url
        try:
            words = [sys.executable, "-m", "bench.run", "--inside", "--scale", str(scale), "--database", database]
            subprocess.run(words, env=environment, cwd=ROOT, check=True)
        finally:
            if server is not None:
                server.stop()


def measure(scale: int, database: str) -> None:
    """Build the firm and print its table."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kept.settings")
    django.setup()
    from django.core.management import call_command

    from bench import firm, imports, memory, pages, table
    from kept.kit import clock
    from kept.ledgers.team.links import make_link
    from kept.ledgers.team.models import Member

    for command in ("migrate", "createcachetable"):
        call_command(command, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    began = time.perf_counter()
    now, real = firm.moment(), clock.now
    clock.now = lambda: now  # the firm's morning, whatever the hour of the run
    if not Member.objects.exists():
        firm.build(firm.Size(scale), now=now, chance=random.Random(7))
        analyse()
    built = time.perf_counter() - began
    lead, owner = Member.objects.get(email="lead0@bench.example"), Member.objects.get(email="owner@bench.example")
    found = pages.timed(lead, pages.addresses(lead), "a lead") + pages.timed(owner, pages.addresses(lead), "the owner")
    brought = []
    if scale == 1:
        with tempfile.TemporaryDirectory() as folder:
            brought = [one(Path(folder), random.Random(7)) for one in (imports.mail, imports.hours)]
    table.show(
        f"{database}, {scale} x the firm, built in {built:.0f} s",
        found,
        brought,
        pages.bare_query(),
        memory.serving(make_link(owner, at=real()), pages.addresses(lead).values()),
    )


def analyse() -> None:
    """Let the database know its tables, as a server that has run for a year does."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main()
