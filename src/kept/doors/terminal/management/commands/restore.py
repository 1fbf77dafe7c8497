"""`kept restore FILE`: a firm back from its backup."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kept.doors.terminal.archive import Broken, open_archive, verify
from kept.doors.terminal.doctoring_mailboxes import locked
from kept.doors.terminal.progress import progress
from kept.doors.terminal.restoring import Refused, firm_is_here, keep_safe, restore
from kept.kit.clock import now


class Command(BaseCommand):
    help = (
        "Bring back everything from FILE, all of it or nothing, on SQLite or PostgreSQL, whichever it came from. "
        "Everybody signs in anew afterwards."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="written by `kept backup`")
        parser.add_argument("--over", action="store_true", help="replace the firm that is here, after backing it up")

    def handle(self, *args: Any, file: Path, over: bool, **options: Any) -> None:
        try:
            archive = open_archive(file)
            verify(archive)
            self._make_room(over)
            with progress("Restoring", total=archive.rows) as told:
                restore(archive, told=told)
        except (Broken, Refused) as fault:
            raise CommandError(str(fault)) from None
        except OSError as fault:
            raise CommandError(f"{fault.strerror}: {fault.filename}. Nothing was changed.") from None
        self.stdout.write(
            f"{archive.rows:,} rows are back, as of {archive.about['made_at'][:16].replace('T', ' ')} UTC."
        )
        self.stdout.write("Everybody signs in anew: by password or by a code sent by mail.")
        for mailbox in locked():
            self.stdout.write(
                f"{mailbox} is not read until its password is given again: `kept mailbox password {mailbox}`, "
                "or start with KEPT_SECRETS as they were where the backup was made."
            )

    def _make_room(self, over: bool) -> None:
        if not firm_is_here():
            return
        if not over:
            raise Refused(
                "There is a firm here already, and it was left as it is. Restore into an empty KEPT_HOME or database, "
                "or say --over to replace it; it is backed up first."
            )
        self.stdout.write(f"What was here is in {keep_safe(at=now())}.")
