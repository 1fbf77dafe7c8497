"""`kept backup FILE`: everything, in one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kept.doors.terminal.archive import Broken
from kept.doors.terminal.backing_up import back_up, kept_models
from kept.doors.terminal.progress import progress
from kept.kit.clock import now


class Command(BaseCommand):
    help = (
        "Write everything into FILE, while Kept runs, as of one moment; any Kept of the same version restores it, on "
        "SQLite and on PostgreSQL. It holds every letter, also those of walled clients: keep it as you keep your mail. "
        "Only your account may read it. Not in it: who is signed in, and the key in KEPT_HOME, which a new "
        "installation makes for itself."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="where to; kept-2026-10-20.kept is a good name")
        parser.add_argument("--over", action="store_true", help="replace FILE if it is there")

    def handle(self, *args: Any, file: Path, over: bool, **options: Any) -> None:
        if file.exists() and not over:
            raise CommandError(f"{file} is there already, and was left as it is. Choose another name, or say --over.")
        if not file.parent.is_dir():
            raise CommandError(f"There is no folder {file.parent}. Make it, or choose another.")
        try:
            with progress("Backing up", total=sum(model._base_manager.count() for model in kept_models())) as told:
                made = back_up(file, at=now(), told=told)
        except (OSError, Broken) as fault:
            raise CommandError(f"The backup could not be written, and nothing of it was left: {fault}") from None
        size = file.stat().st_size / 1024 / 1024
        self.stdout.write(f"{file}: {made.rows:,} rows in {size:,.1f} MB, read back and compared.")
