"""`kept worker`: queued and recurring work; `kept serve` starts one, further ones may run on any host."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from kept.doors.clock import leases
from kept.doors.clock.worker import end_with_parent, every_queue, work
from kept.kit import words
from kept.kit.clock import now

ALL = "all-failed"


class Command(BaseCommand):
    help = "Run queued and recurring work. `kept serve` starts a worker of its own; run more where one is not enough."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--queues", help=f"only these, separated by commas (all: {','.join(every_queue())})")
        parser.add_argument("--status", action="store_true", help="say which workers are alive; exit 1 if none is")
        parser.add_argument("--retry", metavar="ID", help=f"run a job that failed again, or `{ALL}` of them")
        parser.add_argument("--with-parent", action="store_true", help="end when standard input closes")

    def handle(self, *args: Any, queues: str | None, **options: Any) -> None:
        if options["status"]:
            self._status()
        elif options["retry"]:
            self._retry(options["retry"])
        else:
            known = chosen(queues)
            if options["with_parent"]:
                end_with_parent()
            work(queues=known)

    def _status(self) -> None:
        workers = leases.alive(at=leases.shared_time())
        if not workers:
            raise CommandError("No worker is alive. `kept serve` starts one, as does `kept worker`.")
        for worker in workers:
            self.stdout.write(worker)

    def _retry(self, which: str) -> None:
        try:
            jobs = leases.run_again(None if which == ALL else UUID(which), at=now())
        except ValueError:
            raise CommandError(f"{which} is no job's number. `kept doctor` names the jobs that failed.") from None
        if not jobs and which != ALL:
            raise CommandError(f"No failed job has the number {which}. `kept doctor` names those that failed.")
        self.stdout.write(f"{words.count(jobs, 'job')} will run again." if jobs else "No job has failed.")


def chosen(queues: str | None) -> list[str]:
    """The queues that were typed, or all of them. Raises CommandError, with a sentence, for one there is not."""
    wanted = [name.strip() for name in (queues or "").split(",") if name.strip()]
    unknown = [name for name in wanted if name not in every_queue()]
    if unknown:
        raise CommandError(f"There is no queue named {unknown[0]}; there are {', '.join(every_queue())}.")
    return wanted or every_queue()
