"""`kept worker`: queued and recurring work; `kept serve` starts one, further ones may run on any host."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kept.doors.clock.worker import alive, end_with_parent, work
from kept.kit.clock import now


class Command(BaseCommand):
    help = "Run queued and recurring work. `kept serve` starts a worker of its own; run more where one is not enough."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--status", action="store_true", help="say which workers are alive; exit 1 if none is")
        parser.add_argument("--with-parent", action="store_true", help="end when standard input closes")

    def handle(self, *args: Any, status: bool, with_parent: bool, **options: Any) -> None:
        if status:
            self._status()
            return
        if with_parent:
            end_with_parent()
        work()

    def _status(self) -> None:
        workers = alive(at=now())
        if not workers:
            raise CommandError("No worker is alive. `kept serve` starts one, as does `kept worker`.")
        for worker in workers:
            self.stdout.write(worker)
